// What the instruction rules share: words as Docker reads them, and places in paths.
#pragma once
#include <algorithm>
#include <cstdint>
#include <string_view>

#include "parse/dockerfile/tree.h"

namespace plimsoll::rules::instructions {

using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;

inline std::string_view unquoted(std::string_view word) {
  while (!word.empty() && (word.front() == '"' || word.front() == '\'')) word.remove_prefix(1);
  while (!word.empty() && (word.back() == '"' || word.back() == '\'')) word.remove_suffix(1);
  return word;
}

// `/x`, `C:\x`, or a variable, which may hold either.
inline bool may_be_absolute(std::string_view path) {
  path = unquoted(path);
  const bool drive =
      path.size() >= 2 && path[1] == ':' && ((path[0] | 0x20) >= 'a' && (path[0] | 0x20) <= 'z');
  return drive || path.starts_with('/') || path.starts_with('$');
}

inline bool same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::ranges::equal(a, b, {}, lower, lower);
}

// The command of CMD, ENTRYPOINT, RUN and `HEALTHCHECK CMD` in shell form; null: exec form, or
// nothing is there.
inline const parse::dockerfile::Word* shell_form(const Instruction& i) {
  if (i.exec_form) return nullptr;
  if (i.keyword == Keyword::healthcheck)
    return i.words.size() > 1 && same_name(i.words[0].text, "CMD") ? &i.words[1] : nullptr;
  const bool program =
      i.keyword == Keyword::cmd || i.keyword == Keyword::entrypoint || i.keyword == Keyword::run;
  return program && !i.words.empty() && !i.words[0].text.empty() ? &i.words[0] : nullptr;
}

// Text that is meant as a JSON array. A shell's `[ -f x ]` needs a blank behind the bracket, and
// has no commas.
inline bool looks_like_exec_form(std::string_view text) {
  if (!text.starts_with('[') || text.starts_with("[[")) return false;
  const std::size_t first = text.find_first_not_of(" \t", 1);
  if (first == std::string_view::npos) return true;
  const bool quote = text[first] == '"' || text[first] == '\'';
  if (first == 1) return quote || text.ends_with(']');
  return quote &&
         (text.find("\",") != std::string_view::npos || text.find("',") != std::string_view::npos);
}

}  // namespace plimsoll::rules::instructions
