// Which commands surely write a program that needs a C library when it runs.
#pragma once
#include <initializer_list>
#include <string_view>

#include "facts/build.h"

namespace plimsoll::rules::stages {

// Does the command write a dynamically linked program to `path`? False where that is not certain.
// The image that its stage starts from is known. `ships` is the stage that the program is copied
// to.
bool links_dynamically(const facts::Command& command, std::string_view path,
                       const facts::Stage& ships);

// Does the stage, or one that it is built from, install one of the packages?
bool installs(const facts::Stage& stage, std::initializer_list<std::string_view> names);

}  // namespace plimsoll::rules::stages
