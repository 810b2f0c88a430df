// Which instruction a word names, and which one was probably meant.
#pragma once
#include <span>
#include <string_view>

#include "parse/dockerfile/tree.h"

namespace plimsoll::parse::dockerfile {

// In any mix of cases; Keyword::unknown for what Docker does not know.
Keyword find_keyword(std::string_view text);

// The option that is at most two edits away from a misspelt word; empty: none, or the word is one
// of them. Source: BuildKit util/suggest.
std::string_view nearest(std::string_view word, std::span<const std::string_view> options);
// The same among the names of all instructions.
std::string_view nearest_keyword(std::string_view word);

}  // namespace plimsoll::parse::dockerfile
