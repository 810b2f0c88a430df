// What each byte may mean inside an unquoted word, as one table: the inner loop of the parser asks
// it per byte.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace plimsoll::parse::shell {

enum class CharClass : std::uint8_t {
  plain,      // stands for itself
  delimiter,  // blank, newline or the start of an operator: ends an unquoted word (XCU 2.3)
  special,    // quotes, starts an expansion or a pattern
};

constexpr std::array<CharClass, 256> make_char_classes() {
  std::array<CharClass, 256> classes{};
  for (char c : std::string_view(" \t\n;&|()<>")) {
    classes[static_cast<unsigned char>(c)] = CharClass::delimiter;
  }
  for (char c : std::string_view("'\"`$\\*?[+@!")) {
    classes[static_cast<unsigned char>(c)] = CharClass::special;
  }
  return classes;
}

inline constexpr std::array<CharClass, 256> kCharClasses = make_char_classes();

inline CharClass char_class(char c) {
  return kCharClasses[static_cast<unsigned char>(c)];
}
inline bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
inline bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
inline bool is_name_char(char c) {
  return is_name_start(c) || is_digit(c);
}
// XCU 2.5.2 "Special Parameters", positional ones aside.
inline bool is_special_parameter(char c) {
  return c == '@' || c == '*' || c == '#' || c == '?' || c == '-' || c == '$' || c == '!';
}

}  // namespace plimsoll::parse::shell
