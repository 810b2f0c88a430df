// What the environment says to all commands that judge.
#pragma once
#include <string>

#include "engine/shellcheck/shellcheck.h"

namespace plimsoll::cli {

// Empty: it is not set.
std::string environment(const char* name);

// Where ShellCheck and its kept answers are. PLIMSOLL_SHELLCHECK names the program, or says "off".
void plan_shellcheck(bool off, engine::ShellCheckSettings& s);

}  // namespace plimsoll::cli
