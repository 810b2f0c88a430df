// What is known of other tools.
#pragma once
#include <string_view>

namespace plimsoll::data {

// The level that hadolint gives a code by itself: "error", "warning", "info", "style", or "ignore"
// for one that is off. Of ShellCheck's codes only "style" is known; the others have the level that
// a finding brings. From data/hadolint_levels.json.
std::string_view hadolint_level(std::string_view code);

}  // namespace plimsoll::data
