// Columns as other programs count them: SARIF viewers and editors count UTF-16 code units.
#pragma once
#include <cstdint>

#include "text/source.h"

namespace plimsoll::text {

// Converts places of one source. It remembers the last one, so that findings told in order cost one
// walk over a line in all, however long the line is. Not thread-safe.
class Utf16Columns {
 public:
  explicit Utf16Columns(const Source& source) : source_(&source) {}

  // Line and column from 1, the column in UTF-16 code units. A malformed sequence counts as the one
  // U+FFFD that readers make of it; an offset within a character gives the character's start.
  [[nodiscard]] Position position(std::uint32_t offset);

 private:
  const Source* source_;
  std::uint32_t line_ = 0, offset_ = 0,
                column_ = 1;  // what `column_` says about `offset_`, in `line_`
};

// Of the begins and ends of findings, which each come in rising order, nearly: so each has a memory
// of its own.
struct Utf16Bounds {
  explicit Utf16Bounds(const Source& source) : begins(source), ends(source) {}
  Utf16Columns begins, ends;
};

}  // namespace plimsoll::text
