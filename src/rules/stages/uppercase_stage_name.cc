// uppercase-stage-name: a stage's name has capital letters, which Docker doesn't tell from small
// ones.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/instructions/_casing.h"
#include "rules/rule.h"

namespace plimsoll::rules::stages::uppercase_stage_name {

static constexpr Alias kAliases[] = {{"buildkit", "StageNameCasing"},
                                     {"tally", "buildkit/StageNameCasing"}};

// Those who name the stage find it under either name, so they stay as they are.
static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    if (instructions::is_lower(stage.name)) continue;
    const text::Place where = build.place(stage.name_span);
    const std::string name = instructions::in_case(stage.name, false);
    Finding finding{.where = where,
                    .message = concat({"the stage ", stage.name, " has capital letters"})};
    if (!stage.from->broken)
      finding.fix = Fix{.title = concat({"write ", name}), .edits = {{where, name}}};
    out.push_back(std::move(finding));
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM golang:1.26 AS Build\nFROM scratch\nCOPY --from=Build /app /\n",
     .flagged = true,
     .fixed = "FROM golang:1.26 AS build\nFROM scratch\nCOPY --from=Build /app /\n"},
    {.text = "FROM golang:1.26 AS build-1.2_x\n"},
};

extern constinit const Rule rule = described({
    .name = "uppercase-stage-name",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::all,
    .summary = "Stage name has capital letters",
    .why = "Docker compares names of stages without regard to case: `Build` and `build` are one "
           "stage. Most people write small letters.",
    .remedy = "Write the name in lower case.",
    .source = "BuildKit, build checks, StageNameCasing",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::stages::uppercase_stage_name
