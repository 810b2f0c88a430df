// Splits a stage that builds and ships into two, where its steps are those of a documented recipe.
#pragma once
#include <optional>
#include <string>

#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::image {

// What the last stage would be: an image, and the lines behind its FROM.
struct SplitRecipe {
  std::string image, lines;
  bool drops_command = false;  // the image's own command takes the place of the one written
};

// A Go program that is linked statically, built from nothing but Go files: on distroless/static.
std::optional<SplitRecipe> go_recipe(const facts::Stage& stage);

// A site that `npm run build` makes and `serve` serves: on nginx, at the same port.
std::optional<SplitRecipe> static_site_recipe(const facts::Stage& stage);

// The fix for a file of this one stage; none unless one of the recipes matches it exactly.
std::optional<Fix> split(const facts::Build& build);

}  // namespace plimsoll::rules::image
