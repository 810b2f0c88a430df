// `plimsoll check --run LINE --show-hardened` and `--as-compose`: a run line written anew.
#pragma once
#include <string_view>

#include "cli/command_line.h"

namespace plimsoll::cli {

// On standard output the line with the hardening that it lacks, and in comments what is left to
// people. `usage` if the text holds no run line, or one that is refused.
int print_hardened(std::string_view line);

// On standard output the Compose file that starts the same container.
int print_as_compose(std::string_view line);

}  // namespace plimsoll::cli
