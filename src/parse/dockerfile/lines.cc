// Lines as BuildKit's scanner gives them. A single line is never copied: its joined text is a view
// of the source. Source: BuildKit frontend/dockerfile/parser/parser.go (Parse,
// trimContinuationCharacter, scanLines).
#include "parse/dockerfile/lines.h"

#include <cstring>

#include "parse/dockerfile/characters.h"

namespace plimsoll::parse::dockerfile {
namespace {

constexpr std::uint32_t kLongestLine =
    65535;  // bufio.MaxScanTokenSize - 1: what fits Docker's buffer

// Offset of the escape character that continues the line [begin, end), or `end`. The character
// before it must not be the escape character: so `\\` at the end does not continue, and neither
// does `\\\`.
std::uint32_t continuation(std::string_view bytes, std::uint32_t begin, std::uint32_t end,
                           char escape) {
  std::uint32_t at = end;
  while (at > begin && (bytes[at - 1] == ' ' || bytes[at - 1] == '\t')) --at;
  if (at == begin || bytes[at - 1] != escape) return end;
  if (at - 1 > begin && bytes[at - 2] == escape) return end;
  return at - 1;
}

text::Joined join_segments(Reading& reading) {
  std::vector<text::Span>& segments = reading.segments;
  reading.pieces.clear();
  std::uint32_t size = 0;
  for (const text::Span segment : segments) {
    if (segment.size() == 0) continue;
    reading.pieces.push_back({size, segment.begin});
    size += segment.size();
  }
  if (reading.pieces.size() < 2) {
    const text::Piece only =
        reading.pieces.empty() ? text::Piece{0, segments.front().begin} : reading.pieces.front();
    return {reading.bytes.substr(only.source, size), {reading.arena.make(only), 1}};
  }
  char* text = static_cast<char*>(reading.arena.allocate(size, 1));
  char* to = text;
  for (const text::Span segment : segments) {
    std::memcpy(to, reading.bytes.data() + segment.begin, segment.size());
    to += segment.size();
  }
  return {{text, size}, reading.arena.copy(reading.pieces)};
}

}  // namespace

bool Lines::next(Line& line) {
  const auto size = static_cast<std::uint32_t>(reading_.bytes.size());
  if (at_ >= size) return false;
  const char* begin = reading_.bytes.data() + at_;
  const auto* newline = static_cast<const char*>(std::memchr(begin, '\n', size - at_));
  std::uint32_t end = newline == nullptr ? size : at_ + static_cast<std::uint32_t>(newline - begin);
  line.begin = at_;
  line.next = newline == nullptr ? size : end + 1;
  if (end - at_ > kLongestLine)
    reading_.problem({at_, end}, {"a line may have at most 65535 bytes, this one has ",
                                  std::to_string(end - at_)});
  while (end > at_ && reading_.bytes[end - 1] == '\r') --end;
  line.end = end;
  at_ = line.next;
  return true;
}

bool is_comment(std::string_view line) {
  return trim_left(line).starts_with('#');
}

LogicalLine join_lines(Reading& reading, Lines& lines, const Line& first) {
  LogicalLine result;
  reading.inner_comments.clear();
  reading.segments.clear();

  const std::string_view text = reading.bytes.substr(first.begin, first.end - first.begin);
  const std::uint32_t begin = first.end - static_cast<std::uint32_t>(trim_left(text).size());
  std::uint32_t stop = continuation(reading.bytes, begin, first.end, reading.escape);
  reading.segments.push_back({begin, stop});
  bool continued = stop != first.end;
  Line last = first;
  while (continued && lines.next(last)) {
    const std::string_view line = reading.bytes.substr(last.begin, last.end - last.begin);
    const std::string_view trimmed = trim_left(line);
    if (trimmed.empty()) {
      result.empty_continuation = {last.begin, last.end};
      // The header's promise is a span that is not empty: the newline stands in for a line of no
      // bytes.
      if (last.begin == last.end) result.empty_continuation.end = last.next;
    } else if (trimmed.front() == '#') {
      reading.inner_comments.push_back(
          {last.end - static_cast<std::uint32_t>(trimmed.size()), last.end});
    } else {
      // Blanks that begin a continued line are kept: BuildKit keeps them.
      stop = continuation(reading.bytes, last.begin, last.end, reading.escape);
      reading.segments.push_back({last.begin, stop});
      continued = stop != last.end;
    }
  }
  result.joined = join_segments(reading);
  result.lines = {first.begin, last.next};
  result.end = last.end;
  return result;
}

}  // namespace plimsoll::parse::dockerfile
