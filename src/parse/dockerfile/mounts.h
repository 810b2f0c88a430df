// Reads the values of `RUN --mount` and `RUN --device`.
#pragma once
#include "parse/dockerfile/reading.h"

namespace plimsoll::parse::dockerfile {

// Fills instruction.mounts from its flags. Says nothing: check_mounts does.
void read_mounts(Reading& reading, Instruction& instruction);

// What BuildKit refuses before it knows any variable. Types, keys and sizes it checks only once it
// builds.
void check_mount(Reading& reading, const Flag& flag);
void check_device(Reading& reading, const Flag& flag);

}  // namespace plimsoll::parse::dockerfile
