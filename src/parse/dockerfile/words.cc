// Words are views of the joined text, so that each of them knows where it was written.
// Source: BuildKit frontend/dockerfile/parser/line_parsers.go (parseWords,
// parseStringsWhitespaceDelimited).
#include "parse/dockerfile/words.h"

#include "parse/dockerfile/characters.h"

namespace plimsoll::parse::dockerfile {

void split_words(Reading& reading, const text::Joined& joined, std::string_view rest) {
  std::size_t at = 0;
  while (at < rest.size()) {
    const std::size_t begin = at;
    while (at < rest.size() && !is_blank(rest[at])) ++at;
    const std::string_view word = rest.substr(begin, at - begin);
    if (!word.empty()) reading.words.push_back({word, joined.where(word)});
    while (at < rest.size() && is_blank(rest[at])) ++at;
  }
}

std::string_view next_quoted_word(std::string_view text, char escape, std::size_t& at) {
  while (at < text.size()) {
    const Rune rune = decode_rune(text, at);
    if (!is_space(rune.value)) break;
    at += rune.size;
  }
  const std::size_t begin = at;
  std::size_t end =
      at;  // differs from `at` behind an escape character at the end of the text, which is left out
  char quote = 0;
  while (at < text.size()) {
    const Rune rune = decode_rune(text, at);
    if (quote == 0 && is_space(rune.value)) break;
    const char c = rune.size == 1 ? text[at] : '\0';
    if (quote != 0 && c == quote) {
      quote = 0;
    } else if (quote == 0 && (c == '"' || c == '\'')) {
      quote = c;
    } else if (c == escape && quote != '\'') {
      if (at + 1 == text.size()) {
        ++at;
        break;
      }
      ++at;
      at += decode_rune(text, at).size;
      end = at;
      continue;
    }
    at += rune.size;
    end = at;
  }
  if (end == begin) return {};
  return text.substr(begin, end - begin);
}

}  // namespace plimsoll::parse::dockerfile
