// A text that was put together from ranges of a source, and the way back to where each byte stands.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "text/place.h"

namespace plimsoll::text {

// From offset `joined` of the text on, bytes stand in the source from offset `source` on.
struct Piece {
  std::uint32_t joined, source;
};

// An instruction whose lines were continued, or the body of a here-document. Words found in it are
// views of `text`; `where` turns such a view into the range of the source that it was written in.
struct Joined {
  std::string_view text;
  std::span<const Piece> pieces;  // by rising `joined`, the first one 0; never empty

  // Offset in the source of the byte at `offset` of the text. The end of the text maps to the end
  // of its last byte.
  [[nodiscard]] std::uint32_t source_offset(std::uint32_t offset) const;

  // `part` must lie within `text`. A part that runs across a joint covers what lies between as
  // well.
  [[nodiscard]] Span where(std::string_view part) const;
};

}  // namespace plimsoll::text
