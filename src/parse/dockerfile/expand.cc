// Most words hold nothing to replace; they are returned as they are.
// Source: BuildKit frontend/dockerfile/shell/lex.go (ProcessWord, ProcessWords).
#include "parse/dockerfile/expand.h"

#include "parse/dockerfile/lex.h"

namespace plimsoll::parse::dockerfile {
namespace {

bool means_itself(std::string_view word, char escape) {
  for (const char c : word)
    if (c == '$' || c == '\'' || c == '"' || c == escape || static_cast<unsigned char>(c) >= 0x80)
      return false;
  return true;
}

}  // namespace

Expansion expand(std::string_view word, char escape, const Variables& variables, Arena& arena,
                 Quotes quotes) {
  Expansion result;
  result.text = word;
  if (means_itself(word, escape)) return result;
  Lex lex(word, {.escape = escape, .plain_quotes = quotes == Quotes::keep}, variables, arena);
  if (!lex.run_word())
    result.error = arena.copy(lex.error());
  else
    result.text = arena.copy(lex.text());
  const Lex::Knowledge& knowledge = lex.knowledge();
  result.complete = knowledge.complete;
  result.unknown = knowledge.unknown;
  result.unset = knowledge.unset;
  return result;
}

Words expand_words(std::string_view text, char escape, const Variables& variables, Arena& arena) {
  Lex lex(text, {.escape = escape}, variables, arena);
  Words result;
  if (!lex.run_words()) {
    result.error = arena.copy(lex.error());
  } else {
    std::vector<std::string_view> words;
    for (const LexWord& word : lex.words()) words.push_back(word.text);
    result.words = arena.copy(words);
  }
  const Lex::Knowledge& knowledge = lex.knowledge();
  result.complete = knowledge.complete;
  result.unknown = knowledge.unknown;
  result.unset = knowledge.unset;
  return result;
}

}  // namespace plimsoll::parse::dockerfile
