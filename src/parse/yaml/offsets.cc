// Finds the byte at which a character begins by a sparse table: nothing for ASCII, a number for 64
// characters after the first one that is not.
#include "parse/yaml/offsets.h"

#include <algorithm>

#include "base/utf8.h"

namespace plimsoll::parse::yaml {
namespace {

bool is_readable(char32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0x7E) || c == 0x85 ||
         (c >= 0xA0 && c <= 0xFFFD) || c >= 0x10000;
}

}  // namespace

Offsets::Offsets(std::string_view text) : text_(text) {
  std::size_t at = 0;
  const auto is_plain = [](unsigned char c) { return c < 0x80 && is_readable(c); };
  while (at < text.size() && is_plain(static_cast<unsigned char>(text[at]))) ++at;
  ascii_ = static_cast<std::uint32_t>(at);
  for (std::size_t n = 0; at < text.size(); ++n) {
    const Utf8Character c = first_character(text.substr(at));
    if (!c.valid || !is_readable(c.code)) {
      why_ = c.valid ? "control characters are not allowed" : "bytes that are not UTF-8";
      break;
    }
    if (n % kStep == 0) steps_.push_back(static_cast<std::uint32_t>(at));
    at += c.size_bytes;
  }
  readable_ = static_cast<std::uint32_t>(at);
}

std::uint32_t Offsets::byte_of(std::size_t character) const {
  if (character <= ascii_) return static_cast<std::uint32_t>(character);
  std::size_t behind = character - ascii_;
  if (behind / kStep >= steps_.size()) {
    if (steps_.empty()) return readable_;
    behind = std::min(behind, steps_.size() * kStep);
  }
  const std::size_t step = std::min(behind / kStep, steps_.size() - 1);
  std::size_t at = steps_[step];
  // All bytes here are well-formed: a character is one that is no continuation, and those after it.
  for (std::size_t left = behind - step * kStep; left > 0 && at < readable_; --left)
    for (++at; at < readable_ && (static_cast<unsigned char>(text_[at]) & 0xC0U) == 0x80U;) ++at;
  return static_cast<std::uint32_t>(at);
}

}  // namespace plimsoll::parse::yaml
