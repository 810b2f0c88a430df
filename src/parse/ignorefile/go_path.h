// What Go's path/filepath and strings make of a text: Docker's ignore files are defined by them.
// Source: go 1.25, path/filepath/match.go and internal/filepathlite/path.go, for Unix.
#pragma once
#include <string>
#include <string_view>

namespace plimsoll::parse::ignorefile {

// strings.TrimSpace: Unicode's white space, not only ASCII's.
std::string_view trim_space(std::string_view text);

// filepath.Clean: "./a//b/../c/" is "a/c", nothing is ".", "/.." is "/".
std::string clean_path(std::string_view path);

// Whether filepath.Match(pattern, ".") gives no error. It does not read all of the pattern: `a*[`
// is well formed.
bool well_formed_pattern(std::string_view pattern);

// filepath.Match; a malformed pattern matches nothing. Sources of COPY are looked up by it.
bool match_path(std::string_view pattern, std::string_view path);

}  // namespace plimsoll::parse::ignorefile
