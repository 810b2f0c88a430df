// Text of unknown origin made fit for a terminal: nothing in it can move the cursor, hide or
// reorder what is shown.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll::report {

// What the terminal shows for one character, and how many columns and source bytes it takes.
struct Glyph {
  std::string text;
  std::uint32_t columns = 1, bytes = 1;
};

// The first character of `rest`, which must not be empty, as it is shown in column `column` (from
// 0). Tabs become spaces up to the next multiple of 4; controls and characters that are invisible
// or turn the direction of text become \x1b or \u{202e}, malformed bytes \xff.
Glyph first_glyph(std::string_view rest, std::uint32_t column = 0);

// The same for a whole text; line breaks become \n and the like. Always valid UTF-8.
void append_visible(std::string& to, std::string_view text);
std::string visible(std::string_view text);

// All characters are shown as they are and take a column each: what nearly every line of code is.
bool is_printable_ascii(std::string_view text);

// Columns that visible(text) takes.
std::uint32_t shown_columns(std::string_view text);

// Appends the words of `text`, made visible, breaking lines before `width`. `column` is where the
// first line stands already; later lines begin with `indent`, which takes `indent_columns`.
struct Wrap {
  std::uint32_t width = 100, column = 0, indent_columns = 0;
  std::string_view indent{};
};
// Returns the column in which the text ends.
std::uint32_t append_wrapped(std::string& to, std::string_view text, const Wrap& wrap);

}  // namespace plimsoll::report
