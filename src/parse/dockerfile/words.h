// Splits the rest of an instruction into words, in the two ways that BuildKit has.
#pragma once
#include <string_view>

#include "parse/dockerfile/reading.h"

namespace plimsoll::parse::dockerfile {

// At blanks alone, quotes being ordinary characters. Appends to reading.words.
void split_words(Reading& reading, const text::Joined& joined, std::string_view rest);

// At spaces outside of quotes; quotes and escapes stay in the words. Calls `take(word)` for each.
template <class Take>
void split_quoted_words(std::string_view rest, char escape, Take take);

// The next such word of `text` from `at` on; `at` moves behind it. Empty data(): there is none.
std::string_view next_quoted_word(std::string_view text, char escape, std::size_t& at);

template <class Take>
void split_quoted_words(std::string_view rest, char escape, Take take) {
  std::size_t at = 0;
  for (std::string_view word = next_quoted_word(rest, escape, at); word.data() != nullptr;
       word = next_quoted_word(rest, escape, at))
    take(word);
}

}  // namespace plimsoll::parse::dockerfile
