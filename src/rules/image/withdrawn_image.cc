// withdrawn-image: the whole repository is given up, so that no tag of it gets fixes.
#include "base/concat.h"
#include "data/base_image.h"
#include "rules/image/_base.h"
#include "rules/rule.h"

namespace plimsoll::rules::image::withdrawn_image {

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    if (!names_image(stage.base)) continue;
    const std::string image = repository(stage.base);
    const data::Withdrawn* withdrawn = data::find_withdrawn(image);
    if (withdrawn == nullptr) continue;
    std::string message =
        withdrawn->since.empty()
            ? concat({image, " is no longer maintained"})
            : concat({image, " has not been maintained since ", withdrawn->since});
    if (!withdrawn->replacement.empty()) message += concat({"; use ", withdrawn->replacement});
    out.push_back({.where = build.place(stage.base.span), .message = std::move(message)});
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM openjdk:17\n", .flagged = true},
    {.text = "FROM docker.io/library/openjdk:17\n", .flagged = true},
    {.text = "FROM eclipse-temurin:21\n"},
    {.text = "FROM registry.example.com/openjdk:17\n"},
};

extern constinit const Rule rule = described({
    .name = "withdrawn-image",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "Image is no longer maintained",
    .why = "Its tags can still be pulled, but they are never rebuilt: each hole found in the "
           "distribution or the software\n"
           "below stays in them.",
    .remedy = "Move to the image that the finding names.",
    .source = "The repositories' own notices on Docker Hub; see data/",
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::image::withdrawn_image
