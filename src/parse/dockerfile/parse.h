// Reads a Dockerfile as BuildKit does.
#pragma once
#include "base/arena.h"
#include "parse/dockerfile/tree.h"
#include "text/source.h"

namespace plimsoll::parse::dockerfile {

// Never fails: what Docker would refuse becomes a Problem, and reading goes on with the next
// instruction. Time and memory are linear in the size of the source. The tree lives as long as both
// arguments. Checks what BuildKit's parser.Parse and instructions.Parse check: words, flags and
// their values, argument counts, stage names, mounts, here-documents.
Tree parse(const text::Source& source, Arena& arena);

// "RUN", "COPY" …; "" for Keyword::unknown.
std::string_view name(Keyword keyword);

}  // namespace plimsoll::parse::dockerfile
