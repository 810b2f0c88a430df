// Paths as URIs, for the formats that ask for them.
#pragma once
#include <string>
#include <string_view>

namespace plimsoll::report {

// A relative path gives a relative reference ("a b/x" -> "a%20b/x", "./x" -> "x"), an absolute one
// a file: URI. Bytes outside ASCII are encoded one by one, so that any path can be told (RFC 3986,
// section 2.1).
std::string uri_of(std::string_view path);

}  // namespace plimsoll::report
