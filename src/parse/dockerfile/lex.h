// BuildKit's shell lexer: replaces variables, removes quotes, splits into words.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "parse/dockerfile/characters.h"
#include "parse/dockerfile/expand.h"

namespace plimsoll::parse::dockerfile {

// Stands for the end of the text; no character.
constexpr char32_t kEnd = 0xFFFFFFFF;

// The switches of BuildKit's shell.Lex.
struct LexMode {
  char escape = '\\';
  bool raw_quotes = false;    // quotes stay in the text
  bool raw_escapes = false;   // escape characters stay in the text
  bool plain_quotes = false;  // quotes are ordinary characters
  bool keep_unset = false;    // `$x` stays as it is if x is not set
};

// A word of the result, and the range of the input that it was read from.
struct LexWord {
  std::string_view text;
  std::uint32_t begin, end;
};

// One run over one text. Made anew for each.
class Lex {
 public:
  Lex(std::string_view input, LexMode mode, const Variables& variables, Arena& arena);

  // The whole text as one word. False: error() says why.
  bool run_word();
  // Split at blanks into words().
  bool run_words();

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const std::vector<LexWord>& words() const { return words_; }
  [[nodiscard]] const std::string& error() const { return error_; }

  // What the result rests on.
  struct Knowledge {
    bool complete = true;
    std::string_view unknown, unset;  // views of the input
  };
  [[nodiscard]] const Knowledge& knowledge() const { return knowledge_; }

 private:
  // `${name:-word}`, read up to the word.
  struct Modifier {
    std::string_view name;
    char32_t sign = 0;
    bool null_is_unset = false;
    std::string text;  // as written, e.g. ":-"
  };
  // How a nested word is read: where it stops, and what is kept for a pattern.
  struct Nested {
    char32_t stop;
    bool raw_escapes = false, pattern = false;
  };

  [[nodiscard]] char32_t peek() const;
  char32_t next();
  bool fail(std::string message);
  Variable look_up(std::string_view name);
  std::string_view read_name();

  bool read(std::string& out, Nested how);
  bool read_special(char32_t c, std::string& out, bool pattern);
  void read_plain(std::string& out);
  bool single_quoted(std::string& out, bool pattern);
  bool double_quoted(std::string& out, bool pattern);
  void escape_in_quotes(std::string& out, bool pattern);
  void heredoc_sign(std::string& out);

  bool dollar(std::string& out);
  bool braces(std::string& out);
  void plain_variable(std::string_view name, std::string_view before, std::string_view behind,
                      std::string& out);
  bool modified(const Modifier& modifier, std::string& out);
  bool apply(const Modifier& modifier, const std::string& word, const Knowledge& before,
             std::string& out);
  bool required(const Modifier& modifier, const std::string& word, const Variable& value,
                std::string& out);
  bool trimmed(const Modifier& modifier, std::string_view word, const Variable& value,
               std::string& out);
  bool replaced(std::string_view name, std::string& out);
  void unset(std::string_view name);

  void add_char(char32_t c);
  void add_raw(std::string_view text);
  void add_value(std::string_view text);
  void end_word();

  std::string_view input_;
  LexMode mode_;
  const Variables& variables_;
  Arena& arena_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool raw_escapes_, split_ = false;
  Knowledge knowledge_{};
  std::string text_, error_;

  std::string word_;  // the word being read
  bool in_word_ = false;
  std::size_t word_begin_ = 0, sign_begin_ = 0;
  std::vector<LexWord> words_;
};

}  // namespace plimsoll::parse::dockerfile
