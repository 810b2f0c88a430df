// invalid-image-name: what FROM names can be no image.
#include <algorithm>

#include "base/ascii.h"
#include "base/concat.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::image::invalid_image_name {

static constexpr Alias kAliases[] = {
    {"buildkit", "InvalidDefaultArgInFrom"},
    {"tally", "buildkit/InvalidDefaultArgInFrom"},
};

static bool has_upper_case(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    const facts::Base& base = stage.base;
    // What depends on variables is invalid-default-image.
    if (base.stage != nullptr || base.scratch || base.uses_variable || base.parts.valid) continue;
    if (!base.reference.known() || stage.from->broken) continue;
    const std::string_view image = base.reference.value;
    const bool case_alone = has_upper_case(image) && parse::imageref::parse(lower(image)).valid;
    out.push_back(
        {.where = build.place(base.span),
         .message = concat({image, case_alone ? " is no image, for its name is not in lower case"
                                              : " is no name of an image"})});
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM Alpine:3.22\n", .flagged = true},
    {.text = "FROM debian:%%SUITE%%\n", .flagged = true},
    {.text = "FROM registry.example.com:5000/team/app:V2\n"},
};

extern constinit const Rule rule = described({
    .name = "invalid-image-name",
    .severity = Severity::high,
    .category = Category::syntax,
    .summary = "FROM names no possible image",
    .why = "Names of images are in lower case, and a tag has letters, digits, `_`, `.` and `-`. "
           "The engine refuses anything else as\n"
           "\"invalid reference format\". A placeholder that nobody replaced looks like this too.",
    .remedy = "Correct the name.",
    .source = "The distribution project, reference grammar",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::image::invalid_image_name
