// Reads UTF-8 that may be malformed: files come as they are, reports must be valid.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll {

inline constexpr char32_t kReplacementCharacter = 0xFFFD;

struct Utf8Character {
  char32_t code = kReplacementCharacter;
  std::uint8_t size_bytes = 1;
  bool valid = false;
};

// The first character of `text`, which must not be empty. Malformed bytes give one U+FFFD for each
// maximal subpart, `size_bytes` long, as browsers do (WHATWG Encoding, "UTF-8 decoder"; Unicode 15,
// section 3.9).
Utf8Character first_character(std::string_view text);

// Appends a character that is not a surrogate.
void append_utf8(std::string& to, char32_t code);

// How many of the first bytes are ASCII that can stand in a JSON string as it is: no control, quote
// or backslash.
std::size_t plain_prefix(std::string_view text);

}  // namespace plimsoll
