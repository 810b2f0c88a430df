// Quotes and escapes are removed here and not later: BuildKit does so before it looks at a flag.
// Source: BuildKit frontend/dockerfile/parser/split_command.go, extractBuilderFlags. It reads
// bytes, not characters; beyond ASCII it then garbles the value, which we do not.
#include "parse/dockerfile/flags.h"

#include "parse/dockerfile/characters.h"

namespace plimsoll::parse::dockerfile {
namespace {

bool blank_at(std::string_view text, std::size_t at) {
  return is_space_byte(static_cast<unsigned char>(text[at]));
}

// One word: where it ends, and its text without quotes and escapes if that differs from what is
// written.
struct FlagWord {
  std::size_t end = 0;
  std::size_t equals = std::string_view::npos;  // offset of the "=" as written
  std::size_t decoded_equals = std::string_view::npos;
  bool plain = true;  // as written; else the text is in reading.scratch
};

FlagWord scan_word(Reading& reading, std::string_view rest, std::size_t begin) {
  FlagWord word;
  std::string& decoded = reading.scratch;
  decoded.clear();
  char quote = 0;
  std::size_t at = begin;
  for (; at < rest.size(); ++at) {
    const char c = rest[at];
    if (quote == 0 && blank_at(rest, at)) break;
    const bool opens = quote == 0 && (c == '"' || c == '\'');
    const bool closes = quote != 0 && c == quote;
    if (opens || closes) {
      quote = opens ? c : char{0};
      word.plain = false;
      continue;
    }
    if (c == reading.escape) {
      word.plain = false;
      if (at + 1 == rest.size()) continue;  // an escape character at the very end is left out
      ++at;
    }
    if (rest[at] == '=' && word.equals == std::string_view::npos) {
      word.equals = at;
      word.decoded_equals = decoded.size();
    }
    decoded += rest[at];
  }
  word.end = at;
  return word;
}

Flag make_flag(Reading& reading, const text::Joined& joined, std::string_view written,
               const FlagWord& word) {
  const std::string_view text = word.plain ? written : reading.arena.copy(reading.scratch);
  Flag flag;
  flag.span = joined.where(written);
  flag.has_value = word.equals != std::string_view::npos;
  if (!flag.has_value) {
    flag.name = text.substr(2);
    flag.value_span = {flag.span.end, flag.span.end};
    return flag;
  }
  flag.name = text.substr(2, word.decoded_equals - 2);
  flag.value = text.substr(word.decoded_equals + 1);
  const auto offset = static_cast<std::size_t>(written.data() - joined.text.data());
  flag.value_span =
      joined.where(joined.text.substr(word.equals + 1, offset + written.size() - word.equals - 1));
  return flag;
}

}  // namespace

std::string_view take_flags(Reading& reading, const text::Joined& joined, std::string_view rest) {
  reading.flags.clear();
  const auto offset = static_cast<std::size_t>(rest.data() - joined.text.data());
  const std::size_t end = offset + rest.size();
  const std::string_view text =
      joined.text.substr(0, end);  // so that offsets are those of the joined text
  std::size_t at = offset;
  while (true) {
    while (at < end && blank_at(text, at)) ++at;
    if (at == end) return text.substr(end);
    if (!text.substr(at).starts_with("--")) return trim(text.substr(at));
    const FlagWord word = scan_word(reading, text, at);
    if (reading.scratch == "--") return trim(text.substr(word.end));  // ends the flags
    reading.flags.push_back(make_flag(reading, joined, text.substr(at, word.end - at), word));
    at = word.end;
  }
}

}  // namespace plimsoll::parse::dockerfile
