// Replaces variables in a word of a Dockerfile as BuildKit's shell.Lex does.
// Source: Dockerfile reference, "Environment replacement"; BuildKit
// frontend/dockerfile/shell/lex.go.
#pragma once
#include <span>
#include <string_view>

#include "base/arena.h"

namespace plimsoll::parse::dockerfile {

// What is known of a variable where the word stands.
struct Variable {
  enum class State : unsigned char { unset, known, unknown } state = State::unset;
  std::string_view text{};
};

// Looks a variable up by name.
class Variables {
 public:
  [[nodiscard]] virtual Variable find(std::string_view name) const = 0;

 protected:
  ~Variables() = default;
};

struct Expansion {
  std::string_view text;  // quotes and escapes removed; meaningful if complete and error is empty
  bool complete = true;   // false: it depends on an unknown variable
  std::string_view unknown;  // the name of the first unknown variable
  std::string_view unset;    // the name of the first variable that is not set and has no default
  std::string_view error;    // e.g. "bad substitution"; empty: none
};

// keep: quotes are ordinary characters, as in the body of a here-document (BuildKit:
// SkipProcessQuotes, used with the escape character `\`).
enum class Quotes : unsigned char { remove, keep };

// One word, never split. `escape` is the file's escape character.
Expansion expand(std::string_view word, char escape, const Variables& variables, Arena& arena,
                 Quotes quotes = Quotes::remove);

struct Words {
  std::span<const std::string_view> words;
  bool complete = true;
  std::string_view unknown, unset, error;
};

// Split at blanks outside of quotes, also at those that an unquoted variable's value brings.
Words expand_words(std::string_view text, char escape, const Variables& variables, Arena& arena);

}  // namespace plimsoll::parse::dockerfile
