// Takes the joined line of an instruction apart.
#pragma once
#include <string_view>

#include "parse/dockerfile/reading.h"

namespace plimsoll::parse::dockerfile {

// Keyword, flags and words of `text`, a part of joined.text. Adds the problems that BuildKit's
// parser has with it; arguments and flags are judged by check_instruction. Here-documents, comments
// and span.end are left to the caller.
Instruction read_instruction(Reading& reading, const text::Joined& joined, std::string_view text);

// The instruction, or the one that ONBUILD holds, is ADD, COPY or RUN in other than exec form.
bool may_hold_heredocs(const Instruction& instruction);

}  // namespace plimsoll::parse::dockerfile
