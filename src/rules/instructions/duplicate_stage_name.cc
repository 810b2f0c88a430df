// duplicate-stage-name: two stages have one name, so that later lines mean the second without
// saying so.
#include <string_view>
#include <unordered_set>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::duplicate_stage_name {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3024"},
    {"buildkit", "DuplicateStageName"},
    {"tally", "buildkit/DuplicateStageName"},
    {"trivy", "DS-0012"},
    {"checkov", "CKV_DOCKER_11"},
    {"kics", "f2daed12-c802-49cd-afed-fe41d0b82fed"},
    {"semgrep", "generic.dockerfile.correctness.alias-must-be-unique.alias-must-be-unique"},
};

static void check(const facts::Build& build, Findings& out) {
  std::unordered_set<std::string_view> seen;
  for (const facts::Stage& stage : build.stages) {
    if (stage.name.empty()) continue;
    // Docker doesn't tell upper from lower case; hadolint does.
    const bool theirs = !seen.insert(stage.name).second;
    const facts::Stage* first = facts::stages_named(build, stage.name).front();
    if (first == &stage) continue;
    out.push_back({.where = build.place(stage.name_span),
                   .message = concat({"an earlier stage is named ", first->name, " too"}),
                   .aliases = theirs ? ~0U : without(kAliases, "hadolint"),
                   .related = {{build.place(first->name_span), "the first of that name"}}});
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22 AS build\nFROM alpine:3.22 AS build\n", .flagged = true},
    {.text = "FROM alpine:3.22 AS build\nFROM alpine:3.22 AS Build\n", .flagged = true},
    {.text = "FROM alpine:3.22 AS build\nFROM alpine:3.22 AS run\n"},
};

extern constinit const Rule rule = described({
    .name = "duplicate-stage-name",
    .severity = Severity::medium,
    .category = Category::reliability,
    .summary = "Two stages have one name",
    .why = "`COPY --from`, `FROM` and `--target` take the last stage of that name that stands "
           "before them. Move a line, and\n"
           "it means another stage.",
    .remedy = "Give each stage a name of its own; Docker does not tell upper from lower case.",
    .source = "BuildKit, build checks, DuplicateStageName",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::duplicate_stage_name
