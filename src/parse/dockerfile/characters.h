// What counts as a blank, and as a letter: BuildKit asks Go's unicode package, so bytes alone do
// not answer.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll::parse::dockerfile {

// One code point of a text. A byte that is not UTF-8 reads as U+FFFD of size 1, as in Go.
struct Rune {
  char32_t value;
  std::uint32_t size;
};
inline constexpr char32_t kInvalidRune = 0xFFFD;

Rune decode_long_rune(std::string_view text, std::size_t at);  // of what is not ASCII
// `at` must be below text.size(). Inline, as is_space: nearly all is ASCII, and every word asks.
inline Rune decode_rune(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  return first < 0x80 ? Rune{first, 1} : decode_long_rune(text, at);
}
void append_rune(std::string& out, char32_t rune);

bool is_long_space(char32_t rune);  // of what is not ASCII
// Go's unicode.IsSpace.
inline bool is_space(char32_t rune) {
  return rune < 0x80 ? rune == ' ' || (rune >= '\t' && rune <= '\r') : is_long_space(rune);
}
// Go's unicode.IsLetter, exact for ASCII; beyond it by blocks, which errs for rare signs only.
bool is_letter(char32_t rune);

// Go's `unicode.IsSpace(rune(byte))`: BuildKit reads flags by bytes, so parts of UTF-8 sequences
// count as blanks.
constexpr bool is_space_byte(unsigned char c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0;
}
// The blanks that part the words of an instruction: BuildKit parser.go, reWhitespace.
constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\v' || c == '\f' || c == '\r';
}
constexpr bool is_digit(char32_t c) {
  return c >= '0' && c <= '9';
}

// Go's strings.TrimSpace and its halves: views of the same bytes.
std::string_view trim_left(std::string_view text);
std::string_view trim_right(std::string_view text);
inline std::string_view trim(std::string_view text) {
  return trim_right(trim_left(text));
}

// Compares a text with a word in lower-case ASCII as Go does after ToLower: U+212A is a k, U+0130
// an i.
bool lowers_to(std::string_view text, std::string_view lower);

}  // namespace plimsoll::parse::dockerfile
