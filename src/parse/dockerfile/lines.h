// Splits a Dockerfile into lines and puts continued ones together.
#pragma once
#include <cstdint>

#include "parse/dockerfile/reading.h"

namespace plimsoll::parse::dockerfile {

// A line of the file: [begin, end) without the "\r"s and "\n" that end it, `next` the offset of the
// line after it.
struct Line {
  std::uint32_t begin = 0, end = 0, next = 0;
};

// Hands out the lines one after the other; a line that is too long for Docker becomes a problem.
class Lines {
 public:
  Lines(Reading& reading, std::uint32_t begin) : reading_(reading), at_(begin) {}
  bool next(Line& line);
  [[nodiscard]] std::uint32_t at() const { return at_; }

 private:
  Reading& reading_;
  std::uint32_t at_;
};

// An instruction's lines, joined as BuildKit joins them.
struct LogicalLine {
  text::Joined joined;
  text::Span lines;                 // newline included, here-documents not
  std::uint32_t end = 0;            // of the last line, without its newline
  text::Span empty_continuation{};  // the last blank line that was left out
};

bool is_comment(std::string_view line);

// `first` is neither blank nor a comment. Takes the lines that continue it. Comment lines within go
// to reading.inner_comments.
LogicalLine join_lines(Reading& reading, Lines& lines, const Line& first);

}  // namespace plimsoll::parse::dockerfile
