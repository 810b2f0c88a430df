// Reads the `KEY=value` pairs of ENV, LABEL and ARG.
#pragma once
#include "parse/dockerfile/reading.h"

namespace plimsoll::parse::dockerfile {

// Fill instruction.pairs from instruction.rest, and legacy_pair. What the parser refuses becomes a
// problem.
void read_pairs(Reading& reading, Instruction& instruction);
void read_arguments(Reading& reading, Instruction& instruction);

}  // namespace plimsoll::parse::dockerfile
