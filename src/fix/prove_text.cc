// What holds for files of all kinds.
#include <algorithm>

#include "fix/prove.h"

namespace plimsoll::fix {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";

struct LineEnds {
  std::size_t plain = 0, with_return = 0;
};

LineEnds line_ends(std::string_view bytes) {
  LineEnds ends;
  for (std::size_t at = bytes.find('\n'); at != std::string_view::npos;
       at = bytes.find('\n', at + 1))
    ++(at > 0 && bytes[at - 1] == '\r' ? ends.with_return : ends.plain);
  return ends;
}

// `text` is what the change has put in or taken away.
bool runs_into(text::Span change, std::string_view text, text::Span range) {
  if (change.end < range.begin || change.begin > range.end) return false;
  if (change.begin == range.end) return !text.starts_with('\n') && !text.starts_with("\r\n");
  if (change.end == range.begin) return !text.ends_with('\n');
  return true;
}

}  // namespace

bool Pair::meets(text::Span range, text::Span text::Change::*side) const {
  const auto all = changes.all();
  auto at = std::ranges::lower_bound(all, range.begin, {},
                                     [side](const text::Change& c) { return (c.*side).end; });
  for (; at != all.end() && ((*at).*side).begin <= range.end; ++at) {
    const std::string_view taken = before.at(at->before), put = after.at(at->after);
    if (!taken.empty() && runs_into((*at).*side, taken, range)) return true;
    if (!put.empty() && runs_into((*at).*side, put, range)) return true;
  }
  return false;
}

std::string damaged_text(const Pair& pair) {
  const std::string_view before = pair.before.bytes(), after = pair.after.bytes();
  if (before.starts_with(kMark) != after.starts_with(kMark))
    return "the byte order mark would not be kept";
  const LineEnds old_ends = line_ends(before), new_ends = line_ends(after);
  if ((old_ends.plain == 0 && old_ends.with_return > 0 && new_ends.plain > 0) ||
      (old_ends.with_return == 0 && new_ends.with_return > 0))
    return "the file's line ends would not be kept";
  return {};
}

}  // namespace plimsoll::fix
