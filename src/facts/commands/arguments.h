// Takes the words behind a program's name apart as getopt would: options, their values, and
// operands.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "parse/shell/tree.h"

namespace plimsoll::facts {

// Which of a program's options take a value. All others are taken to be switches.
struct Options {
  std::string_view letters{};                 // of short options
  std::span<const std::string_view> words{};  // long options without dashes, sorted
  bool single_dash = false;                   // `-word` is a long option: Go, Java, find
};

struct Argument {
  enum class Kind : std::uint8_t { operand, letter, word } kind = Kind::operand;
  const parse::shell::Word* at = nullptr;  // the word that it stands in
  std::string_view name{};  // "y", "assume-yes"; operand: its text, as written if it isn't known
  std::string_view
      raw{};  // as written: the whole word, or the letter alone in a cluster of several
  bool has_value = false;
  const parse::shell::Word* value_at = nullptr;  // the word that holds the value, maybe `at`
  std::string_view value{};                      // as written if it isn't known
  bool value_known = false;

  [[nodiscard]] bool is(std::string_view letter, std::string_view word) const {
    return kind == Kind::letter ? name == letter : kind == Kind::word && name == word;
  }
};

class Arguments {
 public:
  Arguments(std::span<const parse::shell::Word> words, const Options& options)
      : words_(words), options_(options) {}

  // False: there are no more. Behind `--` all words are operands.
  bool next(Argument& argument);
  [[nodiscard]] bool ended() const { return ended_; }  // `--` was passed

 private:
  void long_option(Argument& argument, std::string_view text);
  void letter(Argument& argument);
  void take_value(Argument& argument, std::string_view attached);

  std::span<const parse::shell::Word> words_{};
  const Options& options_;
  std::size_t index_ = 0;
  std::string_view cluster_{};  // letters of the word before `index_` that are still to come
  bool ended_ = false;
};

// "python3.11" -> "python", "pip3" -> "pip".
std::string_view without_version(std::string_view name);

}  // namespace plimsoll::facts
