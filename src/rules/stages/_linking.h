// What the programs need that compilers write: a C library, an architecture.
#pragma once
#include <cstdint>
#include <string_view>

#include "facts/build.h"

namespace plimsoll::rules::stages {

// likely: only what the program itself holds could make it otherwise.
enum class Linking : std::uint8_t { unknown, likely, dynamic };

// How the program is linked that the command writes to `path`; unknown: it writes none there, or
// the program is linked statically, or that can't be told. The image that its stage starts from is
// known. `ships` is the stage that the program is copied to.
Linking linking_of(const facts::Command& command, std::string_view path, const facts::Stage& ships);

// Does the command write a program to `path` that runs on the platform of its own stage only?
// False where an option or a variable may say otherwise.
bool builds_natively(const facts::Command& command, std::string_view path);

}  // namespace plimsoll::rules::stages
