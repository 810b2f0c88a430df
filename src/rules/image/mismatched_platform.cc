// mismatched-platform: the image's own name says that it is for another architecture than
// --platform asks for.
#include "base/concat.h"
#include "rules/image/_base.h"
#include "rules/image/_platform.h"
#include "rules/rule.h"

namespace plimsoll::rules::image::mismatched_platform {

static constexpr Alias kAliases[] = {
    {"buildkit", "InvalidBaseImagePlatform"},
    {"tally", "buildkit/InvalidBaseImagePlatform"},
    {"tally", "tally/platform-mismatch"},
};

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    const parse::dockerfile::Flag* flag = stage.base.platform;
    if (flag == nullptr || flag->value.empty() || !names_image(stage.base)) continue;
    if (flag->value.find('$') != std::string_view::npos) continue;
    const std::string_view asked = read_platform(flag->value).architecture;
    const std::string_view has = architecture_of_owner(stage.base.parts);
    if (asked.empty() || has.empty() || asked == has) continue;
    out.push_back({.where = build.place(flag->value_span),
                   .message = concat({stage.base.reference.value, " is for ", has,
                                      " only, and --platform asks for ", asked})});
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM --platform=linux/amd64 arm64v8/alpine:3.22\n", .flagged = true},
    {.text = "FROM --platform=linux/arm64 arm64v8/alpine:3.22\n"},
    {.text = "FROM --platform=linux/arm64 alpine:3.22\n"},
};

extern constinit const Rule rule = described({
    .name = "mismatched-platform",
    .severity = Severity::high,
    .category = Category::reliability,
    .summary = "Image is for another platform than --platform says",
    .why = "There is no such image: depending on its version, the engine fails, or takes the "
           "image of the other architecture\n"
           "with no more than a warning, and its programs do not start.",
    .remedy = "Take the image without an architecture in its name, and let the platform choose.",
    .source = "BuildKit, build checks, InvalidBaseImagePlatform",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::image::mismatched_platform
