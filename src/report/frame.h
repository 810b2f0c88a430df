// The code frame of the text report: the lines that a finding speaks of, with marks under the exact
// text.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/verdict.h"
#include "report/theme.h"

namespace plimsoll::report {

struct Frame {
  const engine::Verdict& verdict;
  text::Place where{};
  std::uint32_t gutter = 2;  // columns of the line numbers
  std::string_view style{};  // colour of the marks
  char underline = '^';
  std::string_view message{};  // stands behind the marks; need not be visible yet
};

// Appends whole lines: one line of code and one of marks; or, where the span runs over several
// lines, at most 5 lines of code with a bar at their side. Long lines are cut to the theme's width
// around the span.
void append_frame(std::string& out, const Frame& frame, const Theme& theme);

// The beginning of a line: the number (0: none) right-aligned, and the bar.
void append_gutter(std::string& out, std::uint32_t gutter, std::uint32_t line, const Theme& theme);

// The last line that the span touches: one that it only reaches with its end, behind a newline,
// does not count.
std::uint32_t last_line(const text::Source& source, text::Span span);

}  // namespace plimsoll::report
