// The patterns of `${x#p}`, `${x%p}` and `${x/p/r}`.
#pragma once
#include <string>
#include <string_view>

namespace plimsoll::parse::dockerfile {

// Where a pattern matches, in code points of the text.
enum class Trim : unsigned char {
  shortest_prefix,
  longest_prefix,
  shortest_suffix,
  longest_suffix
};

// Each returns false, and leaves `value` alone, if the pattern is wrong: a backslash in front of
// anything but
// `*`, `?`, `\`, `/` and `}`.
bool trim_pattern(std::string& value, std::string_view pattern, Trim how);
// The first match, or all of them. For all, `$` is special in the replacement, as BuildKit hands it
// to Go's regexp.
bool replace_pattern(std::string& value, std::string_view pattern, std::string_view replacement,
                     bool all);

}  // namespace plimsoll::parse::dockerfile
