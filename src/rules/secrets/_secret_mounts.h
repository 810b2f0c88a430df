// Secrets that a build is given by ARG or ENV, handed by a mount to the RUNs that read them.
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::secrets {

// Takes away all that sets the variable of this pair in its stage, and mounts a secret of its name
// for each RUN that reads it. None if no RUN does so, or something else reads it as well.
std::optional<Fix> mounted(const facts::Build& build,
                           const parse::dockerfile::Instruction& instruction,
                           const parse::dockerfile::Pair& pair);

// How often `$NAME` or `${NAME…}` stands in the text.
std::size_t uses(std::string_view text, std::string_view name);

// The same for the pair that stands at this place of the file.
std::optional<Fix> mounted(const facts::Build& build, text::Place where);

}  // namespace plimsoll::rules::secrets
