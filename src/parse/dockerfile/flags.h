// Takes `--name=value` words from the head of an instruction.
#pragma once
#include <string_view>

#include "parse/dockerfile/reading.h"

namespace plimsoll::parse::dockerfile {

// `rest` is a part of joined.text behind the keyword. Fills reading.flags and returns what follows
// them, trimmed.
std::string_view take_flags(Reading& reading, const text::Joined& joined, std::string_view rest);

}  // namespace plimsoll::parse::dockerfile
