// SHA-256, for names of things that are the same if their bytes are.
#pragma once
#include <string>
#include <string_view>

namespace plimsoll {

// 64 hexadecimal digits. Source: FIPS 180-4, section 6.2.
std::string sha256(std::string_view bytes);

}  // namespace plimsoll
