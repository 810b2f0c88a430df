// The part of Go's regular expressions that a pattern can become, matched in bounded time.
// Alternatives and `{2,3}` are part of it: see wildcard.cc.
// Source: go 1.25, regexp/syntax, with its Perl flags.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"

namespace plimsoll::parse::ignorefile {

// As Go decodes: each malformed byte is one U+FFFD. `text` must not be empty.
inline Utf8Character go_character(std::string_view text) {
  Utf8Character c = first_character(text);
  if (!c.valid) c.size_bytes = 1;
  return c;
}

struct CharacterRange {
  char32_t low = 0, high = 0;
};
struct CharacterSet {
  bool negated = false;
  std::vector<CharacterRange> ranges{};
  [[nodiscard]] bool has(char32_t c) const;
};

class Regexp {
 public:
  // False: it is not well formed, or too large.
  bool read(std::string_view expression);
  // Adds about the number of comparisons to `steps`.
  [[nodiscard]] bool matches(std::string_view text, std::uint64_t& steps) const;

 private:
  friend class RegexpReader;
  friend class RegexpRun;
  enum class Kind : std::uint8_t {
    character,
    set,
    folders,         // `(.*/)?`: goes on behind the next element, or into it
    inside_folders,  // any characters, until a slash
    begin,
    end,
    word_boundary,
    no_word_boundary,
    accept,  // of an alternative
  };
  struct Element {
    Kind kind = Kind::character;
    bool repeated = false;   // any number of times, none too
    bool optional = false;   // once or not at all
    char32_t character = 0;  // or, of a set, its number
  };
  void find_ends();

  std::vector<Element> elements_;
  std::vector<CharacterSet> sets_;
  std::vector<std::uint32_t> starts_;  // the first element of each alternative
  bool anchored_ = true;               // each of them begins with `^`
  std::string prefix_, suffix_;        // what each text that matches begins and ends with
};

}  // namespace plimsoll::parse::ignorefile
