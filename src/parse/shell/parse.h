// Reads a shell script: POSIX sh and the bash that people write.
#pragma once
#include "base/arena.h"
#include "parse/shell/tree.h"

namespace plimsoll::parse::shell {

// Never fails: what a shell would refuse becomes a Problem, and what stands before it (and, where
// it is clear where to go on, after it) is read. Bounded: nesting deeper than 100 levels is a
// Problem. Linear in the script's size. The tree lives as long as the text and the arena.
Script parse(const text::Joined& text, Arena& arena);

}  // namespace plimsoll::parse::shell
