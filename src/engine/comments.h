// The comments of files that are no Dockerfiles: Compose and CI files, scripts, Makefiles, texts.
#pragma once
#include <vector>

#include "engine/pragmas/pragma.h"
#include "text/source.h"

namespace plimsoll::engine {

// Those that may speak to a tool. One above a line stands above that line and what belongs to it:
// in YAML the lines below that are indented further, in a script those that continue it. One behind
// something speaks of its own line. In the order of the text.
std::vector<pragmas::Comment> comments_of(const text::Source& source);

}  // namespace plimsoll::engine
