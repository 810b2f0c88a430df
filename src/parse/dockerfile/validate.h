// What Docker refuses once an instruction is read: wrong flags, missing or wrong arguments.
#pragma once
#include "parse/dockerfile/reading.h"

namespace plimsoll::parse::dockerfile {

// Adds the problems of an instruction whose here-documents were read. What ONBUILD holds is not
// looked into: Docker does that only when an image is built from this one.
void check_instruction(Reading& reading, const Instruction& instruction);

// The flags alone; validate_flags.cc.
void check_flags(Reading& reading, const Instruction& instruction);

// Arguments and flag values of HEALTHCHECK; validate_healthcheck.cc.
void check_healthcheck(Reading& reading, const Instruction& instruction);

}  // namespace plimsoll::parse::dockerfile
