// Looks for the forms of known credentials: fixed beginnings from a sorted table, then runs of a
// charset and length.
#include <bitset>
#include <optional>

#include "base/ascii.h"
#include "data/lookup.h"
#include "data/names.h"
#include "data/tables.h"

namespace plimsoll::data {
namespace {

bool belongs(char c, Charset charset) {
  using enum Charset;
  switch (charset) {
    case literal:
      return false;
    case digit:
      return is_digit(c);
    case hex:
      return is_lower_hex(c);
    case hex_upper:
      return is_digit(c) || (c >= 'A' && c <= 'F');
    case lower:
      return is_lower(c);
    case upper_digit:
      return is_upper(c) || is_digit(c);
    case alnum:
      return is_alnum(c);
    case word:
      return is_word_char(c);
    case url:
      return is_word_char(c) || c == '-';
    case base64:
      return is_alnum(c) || c == '+' || c == '/';
    case base32:
      return is_upper(c) || (c >= '2' && c <= '7');
  }
  return false;
}

// The length that the parts cover at the start of `text`. Runs take all they may: no shape needs to
// give some back.
std::optional<std::size_t> match(std::span<const ShapePart> parts, std::string_view text) {
  std::size_t at = 0;
  for (const ShapePart& part : parts) {
    if (part.charset == Charset::literal) {
      if (!text.substr(at).starts_with(part.literal)) return std::nullopt;
      at += part.literal.size();
      continue;
    }
    const std::size_t start = at;
    while (at < text.size() && at - start < part.max && belongs(text[at], part.charset)) ++at;
    if (at - start < part.min) return std::nullopt;
  }
  // A longer run than the form allows is something else: a digest, a blob.
  if (!parts.empty() && at < text.size() && belongs(text[at], parts.back().charset))
    return std::nullopt;
  return at;
}

// Documentation's tokens: ghp_xxxxxxxx…, AKIAIOSFODNN7EXAMPLE.
bool is_placeholder(std::string_view random_part) {
  if (lower(random_part).find("example") != std::string::npos) return true;
  return std::ranges::any_of(random_part, [&](char c) {
    return random_part.size() >= 12 &&
           static_cast<std::size_t>(std::ranges::count(random_part, c)) > random_part.size() / 2;
  });
}

bool starts_inside_word(std::string_view text, std::size_t at) {
  return at > 0 && (is_alnum(text[at]) && (is_alnum(text[at - 1]) || text[at - 1] == '_'));
}

std::string_view first_char(const SecretShape& shape) {
  return shape.prefix.substr(0, 1);
}

}  // namespace

std::string_view secret_shape(std::string_view text) {
  // Every word of every command is asked about, and hardly any byte begins a form.
  static const std::bitset<256> beginnings = [] {
    std::bitset<256> set;
    for (const SecretShape& shape : kSecretShapes)
      set.set(static_cast<unsigned char>(shape.prefix.front()));
    return set;
  }();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!beginnings[static_cast<unsigned char>(text[i])] || starts_inside_word(text, i)) continue;
    const auto shapes = std::ranges::equal_range(kSecretShapes, text.substr(i, 1), {}, first_char);
    for (const SecretShape& shape : shapes) {
      if (!text.substr(i).starts_with(shape.prefix)) continue;
      const std::string_view after = text.substr(i + shape.prefix.size());
      const std::optional<std::size_t> length = match(shape.rest, after);
      if (length && !is_placeholder(after.substr(0, *length))) return shape.kind;
    }
  }
  return {};
}

}  // namespace plimsoll::data
