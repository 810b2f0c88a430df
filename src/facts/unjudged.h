// Tells files that have a Dockerfile's or Compose file's name but not its grammar.
#pragma once
#include <string_view>

#include "parse/compose/load.h"
#include "parse/dockerfile/tree.h"
#include "text/source.h"

namespace plimsoll::facts {

// Why the file is not judged: a template that another program fills in, or a frontend with a
// grammar of its own. Empty: it is a Dockerfile, perhaps a broken one.
std::string_view why_unjudged(const text::Source& source, const parse::dockerfile::Tree& tree);

// The same of a Compose project and its first file: a template, or the first version of the format,
// whose services stand at the top.
std::string_view why_unjudged(const text::Source& source, const parse::compose::Project& project);

}  // namespace plimsoll::facts
