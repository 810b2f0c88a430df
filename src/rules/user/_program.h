// What a container starts.
#pragma once
#include <string_view>

#include "facts/container.h"

namespace plimsoll::rules::user {

// The first word of a program, without an init process before it; empty: it is in a script.
std::string_view main_program(const facts::Program& program);

// It runs an application as whom it was started: an interpreter, or a server in one's language.
bool is_runner(std::string_view program);

}  // namespace plimsoll::rules::user
