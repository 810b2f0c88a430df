// Finds the piece of a byte by binary search: most texts have one piece, the longest a few hundred.
#include "text/joined.h"

#include <algorithm>

#include "base/check.h"

namespace plimsoll::text {

std::uint32_t Joined::source_offset(std::uint32_t offset) const {
  PLIMSOLL_CHECK(!pieces.empty() && offset <= text.size());
  auto after = std::ranges::upper_bound(pieces, offset, {}, &Piece::joined);
  const Piece& piece = after[-1];
  return piece.source + (offset - piece.joined);
}

Span Joined::where(std::string_view part) const {
  PLIMSOLL_CHECK(part.data() >= text.data() &&
                 part.data() + part.size() <= text.data() + text.size());
  const auto begin = static_cast<std::uint32_t>(part.data() - text.data());
  if (part.empty()) {
    // An empty part at a joint stands behind what precedes it, not in front of the next line.
    const std::uint32_t at = begin == 0 ? source_offset(0) : source_offset(begin - 1) + 1;
    return {at, at};
  }
  const auto last = static_cast<std::uint32_t>(begin + part.size() - 1);
  return {source_offset(begin), source_offset(last) + 1};
}

}  // namespace plimsoll::text
