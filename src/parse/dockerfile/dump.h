// Writes a tree as BuildKit's parser does in its own test files.
#pragma once
#include <string>
#include <vector>

#include "parse/dockerfile/tree.h"

namespace plimsoll::parse::dockerfile {

// One parenthesised list for each instruction and line: its keyword in lower case, flags, and
// arguments in quotes. Source: BuildKit frontend/dockerfile/parser/parser.go, Node.Dump.
std::string dump(const Tree& tree);

// The arguments of an instruction as BuildKit's tree has them: of a pair its name, value and "="
// ("" in the legacy form), of ONBUILD and of an unknown instruction one empty text.
std::vector<std::string> arguments(const Instruction& instruction);

}  // namespace plimsoll::parse::dockerfile
