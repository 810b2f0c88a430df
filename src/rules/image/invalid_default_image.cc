// invalid-default-image: without --build-arg, FROM names no image.
#include <algorithm>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::image::invalid_default_image {

static constexpr Alias kAliases[] = {
    {"buildkit", "InvalidDefaultArgInFrom"},
    {"tally", "buildkit/InvalidDefaultArgInFrom"},
};

static bool names_something(const facts::Build& build, std::string_view image) {
  if (image.empty()) return false;
  return parse::imageref::parse(image).valid ||
         std::ranges::any_of(build.stages, [&](const facts::Stage& stage) {
           return instructions::same_name(stage.name, image);
         });
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    const facts::Base& base = stage.base;
    if (!base.uses_variable || !base.by_default.known()) continue;
    const std::string_view image = base.by_default.value;
    if (names_something(build, image)) continue;
    const std::string_view written = build.source->at(base.span);
    out.push_back({.where = build.place(base.span),
                   .message = image.empty()
                                  ? concat({"without --build-arg, ", written, " is empty"})
                                  : concat({"without --build-arg, ", written, " is ", image,
                                            ", which is no image"})});
  }
}

static constexpr Example kExamples[] = {
    {.text = "ARG VERSION\nFROM alpine:${VERSION}\n", .flagged = true},
    {.text = "ARG BASE\nFROM ${BASE}\n", .flagged = true},
    {.text = "ARG VERSION=3.22\nFROM alpine:${VERSION}\n"},
    {.text = "ARG VERSION\nFROM alpine:${VERSION:-3.22}\n"},
};

extern constinit const Rule rule = described({
    .name = "invalid-default-image",
    .severity = Severity::low,
    .category = Category::reliability,
    .preset = Preset::all,
    .summary = "FROM needs a --build-arg to name an image",
    .why = "`docker build .` fails then, and so does each tool that reads the file without knowing "
           "how it is called. A project that\n"
           "builds with the same script everywhere may want it so.",
    .remedy = "Give the ARG a default that works: `ARG VERSION=3.22`.",
    .source = "BuildKit, build checks, InvalidDefaultArgInFrom",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::image::invalid_default_image
