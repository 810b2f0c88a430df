// Decides for each character whether it is shown as it is, and how wide it is.
#include "report/visible.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/utf8.h"

namespace plimsoll::report {
namespace {

constexpr std::uint32_t kTabStop = 4;

struct Range {
  char32_t first, last;
};

// Characters without a shape of their own that could deceive a reader: controls, format characters
// (Unicode's Cf: zero-width, bidirectional overrides, tags), line and paragraph separators, private
// use and noncharacters at the end.
constexpr Range kHidden[] = {
    {0x00, 0x1F},     {0x7F, 0x9F},       {0xAD, 0xAD},        {0x61C, 0x61C},   {0x180E, 0x180E},
    {0x200B, 0x200F}, {0x2028, 0x202E},   {0x2060, 0x206F},    {0xFEFF, 0xFEFF}, {0xFFF0, 0xFFFB},
    {0xFFFE, 0xFFFF}, {0xE0000, 0xE0FFF}, {0xF0000, 0x10FFFF},
};

// Marks that are drawn onto the character before them; blocks in full, which errs by a column in
// rare scripts.
constexpr Range kCombining[] = {
    {0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},   {0x610, 0x61A},   {0x64B, 0x65F},
    {0x93C, 0x93C},   {0x941, 0x948},   {0x94D, 0x94D},   {0xE31, 0xE31},   {0xE34, 0xE3A},
    {0xE47, 0xE4E},   {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20F0}, {0x302A, 0x302D},
    {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
};

// Two columns: East Asian wide and full-width forms, and pictographs (Unicode's EastAsianWidth W
// and F, merged).
constexpr Range kWide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x23E9, 0x23EC},   {0x2614, 0x2615},
    {0x267F, 0x267F},   {0x26A1, 0x26A1},   {0x2705, 0x2705},   {0x274C, 0x274C},
    {0x2753, 0x2755},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xA960, 0xA97C},
    {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},
    {0xFFE0, 0xFFE6},   {0x17000, 0x18CFF}, {0x1B000, 0x1B2FF}, {0x1F18E, 0x1F19A},
    {0x1F200, 0x1F320}, {0x1F32D, 0x1F64F}, {0x1F680, 0x1F6FC}, {0x1F7E0, 0x1F7EB},
    {0x1F90C, 0x1FAFF}, {0x20000, 0x3FFFD},
};

template <std::size_t size>
bool contains(const Range (&ranges)[size], char32_t code) {
  const Range* found = std::ranges::lower_bound(ranges, code, {}, &Range::last);
  return found != std::end(ranges) && found->first <= code;
}

void append_hex(std::string& to, std::uint32_t value, int least_digits) {
  constexpr std::string_view kHex = "0123456789abcdef";
  int digits = least_digits;
  while (digits < 8 && (value >> (4 * digits)) != 0) ++digits;
  while (digits-- > 0) to += kHex[(value >> (4 * digits)) & 15];
}

// "\n", "\x1b", "\u{202e}".
std::string escaped(char32_t code) {
  if (code == '\n') return "\\n";
  if (code == '\r') return "\\r";
  if (code == '\t') return "\\t";
  std::string result = code < 0x80 ? "\\x" : "\\u{";
  append_hex(result, code, 2);
  if (code >= 0x80) result += '}';
  return result;
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

bool is_printable_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
}

Glyph first_glyph(std::string_view rest, std::uint32_t column) {
  const Utf8Character c = first_character(rest);
  Glyph glyph{.text = {}, .columns = 1, .bytes = c.size_bytes};
  if (!c.valid) {
    for (char byte : rest.substr(0, c.size_bytes)) {
      glyph.text += "\\x";
      append_hex(glyph.text, static_cast<unsigned char>(byte), 2);
    }
  } else if (c.code == '\t') {
    glyph.text.assign(kTabStop - column % kTabStop, ' ');
  } else if (contains(kHidden, c.code)) {
    glyph.text = escaped(c.code);
  } else {
    glyph.text = rest.substr(0, c.size_bytes);
    glyph.columns = contains(kWide, c.code) ? 2 : contains(kCombining, c.code) ? 0 : 1;
    return glyph;
  }
  glyph.columns = static_cast<std::uint32_t>(glyph.text.size());
  return glyph;
}

void append_visible(std::string& to, std::string_view text) {
  if (is_printable_ascii(text)) {
    to += text;
    return;
  }
  while (!text.empty()) {
    const Glyph glyph = first_glyph(text);
    to += text.front() == '\t' ? "\\t" : glyph.text;
    text.remove_prefix(glyph.bytes);
  }
}

std::string visible(std::string_view text) {
  std::string result;
  append_visible(result, text);
  return result;
}

std::uint32_t shown_columns(std::string_view text) {
  if (is_printable_ascii(text)) return static_cast<std::uint32_t>(text.size());
  std::uint32_t columns = 0;
  while (!text.empty()) {
    const Glyph glyph = first_glyph(text);
    columns += text.front() == '\t' ? 2 : glyph.columns;
    text.remove_prefix(glyph.bytes);
  }
  return columns;
}

std::uint32_t append_wrapped(std::string& to, std::string_view text, const Wrap& wrap) {
  std::uint32_t column = wrap.column;
  bool first = true;
  for (;;) {
    text.remove_prefix(
        static_cast<std::size_t>(std::ranges::find_if_not(text, is_space) - text.begin()));
    if (text.empty()) return column;
    const std::string_view word(
        text.data(), static_cast<std::size_t>(std::ranges::find_if(text, is_space) - text.begin()));
    const std::uint32_t columns = shown_columns(word);
    if (!first && column + 1 + columns > wrap.width) {
      to += '\n';
      to += wrap.indent;
      column = wrap.indent_columns;
    } else if (!first) {
      to += ' ';
      ++column;
    }
    append_visible(to, word);
    column += columns;
    first = false;
    text.remove_prefix(word.size());
  }
}

}  // namespace plimsoll::report
