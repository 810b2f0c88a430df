// A decoder by ranges of the second byte, and a scan of eight bytes at a time for what needs no
// decoding.
#include "base/utf8.h"

#include <bit>
#include <cstring>

namespace plimsoll {
namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101;
constexpr std::uint64_t kHighBits = 0x8080808080808080;

// What a leading byte promises: how many bytes follow, and between which values the first of them
// lies.
struct Lead {
  unsigned following = 0;
  unsigned char lowest = 0x80, highest = 0xBF;
};

Lead lead_of(unsigned char byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return {.following = 1};
  if (byte == 0xE0) return {.following = 2, .lowest = 0xA0};   // not overlong
  if (byte == 0xED) return {.following = 2, .highest = 0x9F};  // no surrogates
  if (byte >= 0xE1 && byte <= 0xEF) return {.following = 2};
  if (byte == 0xF0) return {.following = 3, .lowest = 0x90};
  if (byte == 0xF4) return {.following = 3, .highest = 0x8F};  // up to U+10FFFF
  if (byte >= 0xF1 && byte <= 0xF3) return {.following = 3};
  return {};
}

bool is_plain(unsigned char c) {
  return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

// The high bit of each byte that is not plain. Above the lowest such byte a borrow may set bits in
// error, so only the lowest counts.
std::uint64_t special_bytes(std::uint64_t word) {
  const std::uint64_t control = word - kOnes * 0x20;
  const std::uint64_t quote = (word ^ (kOnes * '"')) - kOnes;
  const std::uint64_t backslash = (word ^ (kOnes * '\\')) - kOnes;
  return (word | control | quote | backslash) & kHighBits;
}

}  // namespace

Utf8Character first_character(std::string_view text) {
  const auto byte = static_cast<unsigned char>(text[0]);
  if (byte < 0x80) return {byte, 1, true};
  Lead lead = lead_of(byte);
  if (lead.following == 0) return {};
  char32_t code = byte & (0x3FU >> lead.following);
  for (std::size_t i = 1; i <= lead.following; ++i) {
    const auto next =
        i < text.size() ? static_cast<unsigned char>(text[i]) : static_cast<unsigned char>(0);
    if (next < lead.lowest || next > lead.highest)
      return {kReplacementCharacter, static_cast<std::uint8_t>(i), false};
    code = (code << 6) | (next & 0x3FU);
    lead.lowest = 0x80;
    lead.highest = 0xBF;
  }
  return {code, static_cast<std::uint8_t>(lead.following + 1), true};
}

void append_utf8(std::string& to, char32_t code) {
  const auto tail = [&](unsigned shift) {
    to += static_cast<char>(0x80U | ((code >> shift) & 0x3FU));
  };
  if (code < 0x80) {
    to += static_cast<char>(code);
  } else if (code < 0x800) {
    to += static_cast<char>(0xC0U | (code >> 6));
    tail(0);
  } else if (code < 0x10000) {
    to += static_cast<char>(0xE0U | (code >> 12));
    tail(6);
    tail(0);
  } else {
    to += static_cast<char>(0xF0U | (code >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

std::size_t plain_prefix(std::string_view text) {
  std::size_t at = 0;
  if constexpr (std::endian::native == std::endian::little) {
    for (; at + 8 <= text.size(); at += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data() + at, 8);
      const std::uint64_t special = special_bytes(word);
      if (special != 0) return at + static_cast<std::size_t>(std::countr_zero(special)) / 8;
    }
  }
  while (at < text.size() && is_plain(static_cast<unsigned char>(text[at]))) ++at;
  return at;
}

}  // namespace plimsoll
