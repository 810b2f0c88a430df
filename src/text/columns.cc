// Walks a line's characters once, from where the last question ended.
#include "text/columns.h"

#include <algorithm>

#include "base/utf8.h"

namespace plimsoll::text {

Position Utf16Columns::position(std::uint32_t offset) {
  const std::string_view bytes = source_->bytes();
  offset = std::min(offset, static_cast<std::uint32_t>(bytes.size()));
  const std::uint32_t line = source_->position(offset).line;
  if (line != line_ || offset < offset_) {
    line_ = line;
    offset_ = source_->line_start(line);
    column_ = 1;
  }
  while (offset_ < offset) {
    const Utf8Character c = first_character(bytes.substr(offset_));
    if (offset_ + c.size_bytes > offset) break;
    offset_ += c.size_bytes;
    column_ += c.code >= 0x10000 ? 2 : 1;
  }
  return {line, column_};
}

}  // namespace plimsoll::text
