// How the text report looks: its colours and the marks that it draws, in Unicode or in plain ASCII.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "report/report.h"

namespace plimsoll::report {

// Parameters of ANSI's SGR sequence ("ESC [ … m").
namespace style {
inline constexpr std::string_view kBold = "1", kDim = "2", kGutter = "34", kError = "1;31",
                                  kGood = "1;32", kNote = "1;36", kFix = "1;32";
}

struct Marks {
  std::string_view rule, bar, place, related, gap, first, middle, last, ellipsis, dot, pass, fail;
};
inline constexpr Marks kUnicodeMarks = {.rule = "─",
                                        .bar = "│",
                                        .place = "┌─",
                                        .related = "├─",
                                        .gap = "┆",
                                        .first = "╭",
                                        .middle = "│",
                                        .last = "╰",
                                        .ellipsis = "…",
                                        .dot = "·",
                                        .pass = "✓ ",
                                        .fail = "✗ "};
inline constexpr Marks kAsciiMarks = {.rule = "-",
                                      .bar = "|",
                                      .place = "-->",
                                      .related = ":::",
                                      .gap = ":",
                                      .first = "/",
                                      .middle = "|",
                                      .last = "\\",
                                      .ellipsis = "...",
                                      .dot = "-",
                                      .pass = "",
                                      .fail = ""};

// Chosen once for a report.
struct Theme {
  bool colour;
  std::uint32_t width;
  const Marks& marks;

  explicit Theme(const Options& options)
      : colour(options.colour),
        width(options.width < 40 ? 40 : options.width),
        marks(options.unicode ? kUnicodeMarks : kAsciiMarks) {}

  void on(std::string& out, std::string_view style) const {
    if (colour) out.append("\x1b[").append(style).append("m");
  }
  void off(std::string& out) const {
    if (colour) out += "\x1b[0m";
  }
  // `text` must be fit for a terminal already: ours, or made visible.
  void paint(std::string& out, std::string_view style, std::string_view text) const {
    on(out, style);
    out += text;
    off(out);
  }
};

inline std::string_view severity_style(rules::Severity severity) {
  constexpr std::string_view kStyles[] = {"1;36", "1;34", "1;33", "1;31", "1;35"};
  return kStyles[static_cast<std::size_t>(severity)];
}

}  // namespace plimsoll::report
