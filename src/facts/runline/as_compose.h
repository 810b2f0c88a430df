// A run line as the Compose file that starts the same container.
#pragma once
#include <string>

#include "facts/container.h"
#include "parse/runline/tree.h"

namespace plimsoll::facts {

// A Compose file with one service. What Compose has no key for, and what only a shell can fill in,
// is told in comments at its head. `container` is the line's, as lower_run_line gave it.
std::string as_compose(const parse::runline::RunLine& line, const Container& container);

}  // namespace plimsoll::facts
