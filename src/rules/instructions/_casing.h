// How the keywords of a file are written.
#pragma once
#include <string>
#include <string_view>

#include "facts/build.h"

namespace plimsoll::rules::instructions {

inline bool is_upper(std::string_view word) {
  return word.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
}
inline bool is_lower(std::string_view word) {
  return word.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
}

inline std::string in_case(std::string_view word, bool upper) {
  std::string result(word);
  for (char& c : result) {
    if (upper && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (!upper && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

// True if most keywords are in upper case, or as many as in lower case. Mixed ones have no vote.
inline bool prefers_upper(const facts::Build& build) {
  std::ptrdiff_t lead = 0;
  for (const parse::dockerfile::Instruction& i : build.tree->instructions) {
    if (is_upper(i.keyword_text))
      ++lead;
    else if (is_lower(i.keyword_text))
      --lead;
  }
  return lead >= 0;
}

// The word of `FROM image AS name`; null: there is none.
inline const parse::dockerfile::Word* as_of(const parse::dockerfile::Instruction& i) {
  return i.keyword == parse::dockerfile::Keyword::from && i.words.size() == 3 ? &i.words[1]
                                                                              : nullptr;
}

}  // namespace plimsoll::rules::instructions
