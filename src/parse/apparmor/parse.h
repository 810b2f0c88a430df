// Reads AppArmor profiles with places.
#pragma once
#include <string_view>

#include "base/arena.h"
#include "parse/apparmor/tree.h"

namespace plimsoll::parse::apparmor {

// Views are of `text`. Never fails: what can't be read becomes a problem, and the rest is read.
// Blocks deeper than 16 in each other are read as if they stood in the sixteenth.
Tree parse(std::string_view text, Arena& arena);

}  // namespace plimsoll::parse::apparmor
