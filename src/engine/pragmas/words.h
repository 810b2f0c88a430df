// The small words that suppression comments are made of.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace plimsoll::engine::pragmas {

// Without blanks and line ends around it.
std::string_view trimmed(std::string_view text);

// Takes `word` from the front of `text`.
bool take(std::string_view& text, std::string_view word);

// `word` followed by at least one blank, which is taken too.
bool take_word(std::string_view& text, std::string_view word);

// An equals sign, with blanks around it.
bool take_equals(std::string_view& text);

// The names of a list with commas; those that are empty are left out.
std::vector<std::string_view> split_names(std::string_view list);

// "2026-11-24" and what follows: 20261124. 0: no date.
std::uint32_t read_date(std::string_view text);

}  // namespace plimsoll::engine::pragmas
