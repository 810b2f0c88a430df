// One text that was read: it owns the bytes, and knows its lines.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/place.h"

namespace plimsoll::text {

// Both count from 1; the column counts bytes.
struct Position {
  std::uint32_t line = 1, column = 1;
  friend bool operator==(const Position&, const Position&) = default;
};

// Bytes never change, so views and Spans stay valid as long as the Source. At most 4 GiB.
class Source {
 public:
  Source(std::string path, std::string bytes);

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  [[nodiscard]] std::string_view at(Span span) const {
    return std::string_view(bytes_).substr(span.begin, span.size());
  }

  // A newline belongs to the line that it ends. Offsets past the end give the end.
  [[nodiscard]] Position position(std::uint32_t offset) const;
  [[nodiscard]] std::uint32_t line_count() const;
  // The text of a line (1-based) without its "\n" or "\r\n"; empty past the end.
  [[nodiscard]] std::string_view line(std::uint32_t line_1based) const;
  [[nodiscard]] std::uint32_t line_start(std::uint32_t line_1based) const;

 private:
  std::string path_, bytes_;
  std::vector<std::uint32_t> line_starts_;  // offset of each line's first byte
};

}  // namespace plimsoll::text
