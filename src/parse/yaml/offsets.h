// Which bytes of a text YAML can read, and where its characters begin: libyaml counts characters,
// spans count bytes.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace plimsoll::parse::yaml {

class Offsets {
 public:
  // Reads `text` up to the first thing that YAML forbids everywhere: bytes that are no UTF-8, and
  // control characters. Source: YAML 1.2.2, 5.1, as libyaml has it.
  explicit Offsets(std::string_view text);

  // As many first bytes can be read.
  [[nodiscard]] std::uint32_t readable() const { return readable_; }
  // Why it is not more; empty: it is all of the text.
  [[nodiscard]] std::string_view why() const { return why_; }

  // The byte at which the character of this number, counted from 0, begins; past the end: the end.
  [[nodiscard]] std::uint32_t byte_of(std::size_t character) const;

 private:
  static constexpr std::size_t kStep = 64;

  std::string_view text_;
  std::uint32_t readable_ = 0;
  std::uint32_t ascii_ = 0;  // as many first bytes are one character each
  // Of each kStep-th character after those, where it begins.
  std::vector<std::uint32_t> steps_;
  std::string_view why_;
};

}  // namespace plimsoll::parse::yaml
