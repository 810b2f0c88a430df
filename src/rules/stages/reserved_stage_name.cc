// reserved-stage-name: a stage is named as something that Docker knows by that name already.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::stages::reserved_stage_name {

using instructions::same_name;

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3063"},
    {"buildkit", "ReservedStageName"},
    {"tally", "buildkit/ReservedStageName"},
};

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    const bool scratch = same_name(stage.name, "scratch");
    if (!scratch && !same_name(stage.name, "context")) continue;
    out.push_back({.where = build.place(stage.name_span),
                   .message = scratch ? "scratch is the name of the empty image"
                                      : "context is the name of the build's own files"});
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22 AS scratch\n", .flagged = true},
    {.text = "FROM alpine:3.22 AS context\n", .flagged = true},
    {.text = "FROM alpine:3.22 AS contexts\n"},
    {.text = "FROM scratch AS empty\n"},
};

extern constinit const Rule rule = described({
    .name = "reserved-stage-name",
    .severity = Severity::medium,
    .category = Category::reliability,
    .summary = "Stage has a reserved name",
    .why = "`FROM scratch` and `COPY --from=context` mean something else to each reader, and to "
           "different versions of Docker.",
    .remedy = "Give the stage another name.",
    .source = "BuildKit, build checks, ReservedStageName",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::stages::reserved_stage_name
