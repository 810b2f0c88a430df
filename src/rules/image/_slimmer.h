// The same image without what only builds need.
#pragma once
#include <optional>
#include <string>

#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::image {

// The tag of the smaller variant that the image has: "16-slim" for "16", "slim" for none.
std::string smaller_tag(const facts::Base& base);

// FROM, or the default of the ARG that it names, moved to that variant: of the same distribution,
// where all that the stage calls is there or installed. None for images that keep data.
std::optional<Fix> slimmed(const facts::Build& build);

}  // namespace plimsoll::rules::image
