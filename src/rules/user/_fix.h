// A fix that the user rules share: the shipped stage ends as an account other than root.
#pragma once
#include <optional>

#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::user {

// By the number of an account that the Dockerfile creates, or of one that the image is known to
// have; else by a new one, if the Dockerfile says what is started. It is given what the build makes
// for root to write. None if the image isn't known well enough, the container listens below 1024
// with a server that may count on being root, or the stage isn't read from the file.
std::optional<Fix> end_as_another_user(const facts::Container& c);

}  // namespace plimsoll::rules::user
