// Tells files that have a Dockerfile's name but not its grammar.
#pragma once
#include <string_view>

#include "parse/dockerfile/tree.h"
#include "text/source.h"

namespace plimsoll::facts {

// Why the file is not judged: a template that another program fills in, or a frontend with a
// grammar of its own. Empty: it is a Dockerfile, perhaps a broken one.
std::string_view why_unjudged(const text::Source& source, const parse::dockerfile::Tree& tree);

}  // namespace plimsoll::facts
