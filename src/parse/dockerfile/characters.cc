// ASCII is answered at once; the rest follows Go's unicode/utf8 and unicode packages.
#include "parse/dockerfile/characters.h"

#include <algorithm>
#include <array>

namespace plimsoll::parse::dockerfile {
namespace {

struct Range {
  char32_t first, last;
};

// Blocks without letters, by rising code point. A full table of categories would be 650 ranges for
// a question that is only asked of `$name` directly followed by a character beyond ASCII.
constexpr std::array<Range, 18> kNotLetters{{
    {0x80, 0xA9},
    {0xAB, 0xB4},
    {0xB6, 0xB9},
    {0xBB, 0xBF},
    {0xD7, 0xD7},
    {0xF7, 0xF7},
    {0x300, 0x36F},
    {0x2000, 0x2070},
    {0x2072, 0x207E},
    {0x2080, 0x208F},
    {0x20A0, 0x2101},
    {0x2190, 0x2BFF},
    {0x2E00, 0x2E2E},
    {0x3000, 0x3004},
    {0x3007, 0x3030},
    {0xD800, 0xF8FF},
    {0xFE00, 0xFE6F},
    {0xFEFF, 0xFF20},
}};

bool is_continuation(unsigned char c) {
  return (c & 0xC0) == 0x80;
}

}  // namespace

Rune decode_long_rune(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char first = byte(0);
  const std::size_t left = text.size() - at;
  const std::uint32_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || left < size) return {kInvalidRune, 1};
  char32_t value = first & (0xFFU >> (size + 1));
  for (std::uint32_t i = 1; i < size; ++i) {
    if (!is_continuation(byte(i))) return {kInvalidRune, 1};
    value = value << 6 | (byte(i) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
  if (value < kSmallest[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
    return {kInvalidRune, 1};
  return {value, size};
}

void append_rune(std::string& out, char32_t rune) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (rune < 0x80) return put(rune);
  if (rune > 0x10FFFF || (rune >= 0xD800 && rune <= 0xDFFF)) rune = kInvalidRune;
  if (rune < 0x800) {
    put(0xC0 | rune >> 6);
  } else {
    if (rune < 0x10000) {
      put(0xE0 | rune >> 12);
    } else {
      put(0xF0 | rune >> 18);
      put(0x80 | (rune >> 12 & 0x3F));
    }
    put(0x80 | (rune >> 6 & 0x3F));
  }
  put(0x80 | (rune & 0x3F));
}

bool is_long_space(char32_t rune) {
  if (rune < 0x100) return is_space_byte(static_cast<unsigned char>(rune));
  return rune == 0x1680 || (rune >= 0x2000 && rune <= 0x200A) || rune == 0x2028 || rune == 0x2029 ||
         rune == 0x202F || rune == 0x205F || rune == 0x3000;
}

bool is_letter(char32_t rune) {
  if (rune < 0x80) return (rune >= 'a' && rune <= 'z') || (rune >= 'A' && rune <= 'Z');
  if (rune == kInvalidRune || (rune >= 0x1F000 && rune <= 0x1FAFF) || rune >= 0xE0000) return false;
  const auto after = std::ranges::upper_bound(kNotLetters, rune, {}, &Range::first);
  return after == kNotLetters.begin() || rune > after[-1].last;
}

std::string_view trim_left(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const Rune rune = decode_rune(text, at);
    if (!is_space(rune.value)) break;
    at += rune.size;
  }
  return text.substr(at);
}

std::string_view trim_right(std::string_view text) {
  while (!text.empty()) {
    std::size_t at = text.size() - 1;
    while (at > 0 && text.size() - at < 4 && is_continuation(static_cast<unsigned char>(text[at])))
      --at;
    const Rune rune = decode_rune(text, at);
    if (at + rune.size != text.size() || !is_space(rune.value)) break;
    text.remove_suffix(rune.size);
  }
  return text;
}

bool lowers_to(std::string_view text, std::string_view lower) {
  std::size_t at = 0;
  for (const char want : lower) {
    if (at == text.size()) return false;
    const Rune rune = decode_rune(text, at);
    at += rune.size;
    char32_t c = rune.value;
    if (c >= 'A' && c <= 'Z') c |= 0x20;
    if (c == 0x212A) c = 'k';
    if (c == 0x130) c = 'i';
    if (c != static_cast<unsigned char>(want)) return false;
  }
  return at == text.size();
}

}  // namespace plimsoll::parse::dockerfile
