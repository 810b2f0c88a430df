// Matches names against patterns with `*` and `?`.
#pragma once
#include <string_view>

namespace plimsoll {

// `*` stands for any run of characters, "/" included; `?` for one. Time is at most the product of
// both lengths.
bool glob_match(std::string_view pattern, std::string_view text);

}  // namespace plimsoll
