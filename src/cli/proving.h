// `plimsoll fix --prove`: finds the engine, and leaves nothing behind there, interrupted or not.
#pragma once
#include "base/fs.h"
#include "base/result.h"
#include "cli/command_line.h"
#include "fix/fix.h"

namespace plimsoll::cli {

// Fails where no engine can be asked; nothing was fixed then. An interruption ends the program once
// what was made is removed.
Result<fix::Outcome> prove_fixes(const FixArguments& arguments, const fix::Settings& settings,
                                 const Fs& fs);

}  // namespace plimsoll::cli
