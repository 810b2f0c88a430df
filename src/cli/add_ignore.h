// `plimsoll check --add-ignore`: accepts findings by comments, in place.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/verdict.h"

namespace plimsoll::cli {

// Writes the comments for the findings that go by one of `names` ("all": every one that counts)
// into their files, tells what was done, and returns the exit status.
int add_ignores(const engine::Verdict& verdict, const std::vector<std::string>& names,
                std::string_view reason);

}  // namespace plimsoll::cli
