// Creating an account in another distribution's words.
#pragma once
#include <optional>
#include <string>

#include "data/base_image.h"
#include "facts/command.h"

namespace plimsoll::rules::commands {

// What `useradd`, `groupadd`, `adduser` or `addgroup` is to do, said with the programs that the
// image has: commands joined by `&&`. None: an option has no counterpart there, or something is
// not understood.
std::optional<std::string> in_words_of(const data::BaseImage& image, const facts::Command& command);

}  // namespace plimsoll::rules::commands
