// A validating walk with a stack of open brackets, and the decoding of strings.
// Source: RFC 8259; Go encoding/json (scanner.go: nesting of at most 10000; decode.go:
// convertNumber, unquote).
#include "parse/dockerfile/json.h"

#include <array>
#include <cmath>
#include <cstdlib>

#include "parse/dockerfile/characters.h"

namespace plimsoll::parse::dockerfile {
namespace {

constexpr std::size_t kDeepestJson =
    9999;  // of Go's 10000; both callers have already opened one bracket

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The code unit of the four digits behind `\u`.
char32_t code_unit(std::string_view text, std::size_t at) {
  char32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value = value << 4 | static_cast<char32_t>(hex_digit(text[at + i]));
  return value;
}

}  // namespace

void Json::skip_blanks() {
  while (at_ < text_.size() &&
         (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
    ++at_;
}

bool Json::take(char c) {
  if (at_ == text_.size() || text_[at_] != c) return false;
  ++at_;
  return true;
}

bool Json::finished() {
  skip_blanks();
  return at_ == text_.size();
}

bool Json::string() {
  if (!take('"')) return false;
  while (at_ < text_.size()) {
    const char c = text_[at_++];
    if (c == '"') return true;
    if (static_cast<unsigned char>(c) < 0x20) return false;
    if (c != '\\') continue;
    if (at_ == text_.size()) return false;
    const char escaped = text_[at_++];
    if (escaped != 'u') {
      if (std::string_view("\"\\/bfnrt").find(escaped) == std::string_view::npos) return false;
      continue;
    }
    for (int i = 0; i < 4; ++i, ++at_)
      if (at_ == text_.size() || hex_digit(text_[at_]) < 0) return false;
  }
  return false;
}

bool Json::number() {
  const std::size_t begin = at_;
  const auto digits = [this] {
    const std::size_t first = at_;
    while (at_ < text_.size() && is_digit(static_cast<unsigned char>(text_[at_]))) ++at_;
    return at_ > first;
  };
  take('-');
  if (!take('0') && !digits()) return false;
  if (take('.') && !digits()) return false;
  if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
    ++at_;
    if (!take('+')) take('-');
    if (!digits()) return false;
  }
  const std::string digits_text(text_.substr(begin, at_ - begin));
  if (std::isinf(std::strtod(digits_text.c_str(), nullptr))) overflowed_ = true;
  return true;
}

JsonKind Json::scalar() {
  if (at_ == text_.size()) return JsonKind::invalid;
  if (text_[at_] == '"') return string() ? JsonKind::string : JsonKind::invalid;
  for (const std::string_view literal : {"true", "false", "null"}) {
    if (!text_.substr(at_).starts_with(literal)) continue;
    at_ += literal.size();
    return JsonKind::literal;
  }
  return number() ? JsonKind::number : JsonKind::invalid;
}

// Takes what may stand behind a value: closing brackets, then a comma if something is still open.
bool Json::after_value(std::string& open) {
  while (!open.empty()) {
    skip_blanks();
    if (take(',')) return true;
    if (!take(open.back())) return false;
    open.pop_back();
  }
  return true;
}

// An array or object with all that it holds. `open` holds the brackets that still have to close.
bool Json::nested() {
  std::string open;
  do {
    skip_blanks();
    if (!open.empty() && open.back() == '}') {
      if (!string()) return false;
      skip_blanks();
      if (!take(':')) return false;
      skip_blanks();
    }
    const bool array = at_ < text_.size() && text_[at_] == '[';
    if (array || (at_ < text_.size() && text_[at_] == '{')) {
      ++at_;
      open += array ? ']' : '}';
      if (open.size() > kDeepestJson) return false;
      skip_blanks();
      if (!take(open.back())) continue;
      open.pop_back();
    } else if (scalar() == JsonKind::invalid) {
      return false;
    }
    if (!after_value(open)) return false;
  } while (!open.empty());
  return true;
}

JsonKind Json::value() {
  skip_blanks();
  if (at_ == text_.size()) return JsonKind::invalid;
  const char first = text_[at_];
  if (first != '[' && first != '{') return scalar();
  if (!nested()) return JsonKind::invalid;
  return first == '[' ? JsonKind::array : JsonKind::object;
}

bool is_plain_json(std::string_view inside) {
  for (std::size_t at = 0; at < inside.size();) {
    if (inside[at] == '\\') return false;
    const Rune rune = decode_rune(inside, at);
    if (rune.value == kInvalidRune && rune.size == 1) return false;
    at += rune.size;
  }
  return true;
}

void append_json(std::string& out, std::string_view inside) {
  constexpr std::string_view kEscapes = "bfnrt", kMeant = "\b\f\n\r\t";
  for (std::size_t at = 0; at < inside.size();) {
    if (inside[at] != '\\') {
      const Rune rune = decode_rune(inside, at);
      append_rune(out, rune.value);
      at += rune.size;
      continue;
    }
    const char escaped = inside[at + 1];
    at += 2;
    if (escaped != 'u') {
      const std::size_t which = kEscapes.find(escaped);
      out += which == std::string_view::npos ? escaped : kMeant[which];
      continue;
    }
    char32_t unit = code_unit(inside, at);
    at += 4;
    const bool high = unit >= 0xD800 && unit < 0xDC00;
    if (high && inside.substr(at).starts_with("\\u")) {
      const char32_t low = code_unit(inside, at + 2);
      if (low >= 0xDC00 && low < 0xE000) {
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        at += 6;
      }
    }
    append_rune(out, unit);
  }
}

}  // namespace plimsoll::parse::dockerfile
