// What a .dockerignore would have to say for one context: a whole file, or what one lacks.
#pragma once
#include <optional>

#include "facts/context.h"
#include "rules/rule.h"

namespace plimsoll::rules::context {

// A file for a context that has none: what is known to lie there for no image, what installs and
// builds of its languages leave, and all that was found unwanted. Never what the Dockerfile names.
// Safe if nothing that it keeps out can be missed: see data/ignore_lines.json. None: the folder is
// not known, or its listing not complete.
std::optional<Fix> new_ignore_file(const facts::Context& context);

// Lines at the end of the file in force for what it lets through: secrets, or clutter. Nothing that
// a `!` of it lets in. None: there is no such file, or nothing to say.
std::optional<Fix> more_ignore_lines(const facts::Context& context, bool secrets);

}  // namespace plimsoll::rules::context
