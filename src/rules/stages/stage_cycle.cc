// stage-cycle: two stages each need the other, so neither can be built first.
#include "base/concat.h"
#include "rules/rule.h"
#include "rules/stages/_graph.h"

namespace plimsoll::rules::stages::stage_cycle {

static constexpr Alias kAliases[] = {{"tally", "tally/circular-stage-deps"}};

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    for_each_need(stage, [&](const Need& need) {
      if (need.stage == nullptr || need.stage->index < stage.index) return;
      const bool itself = need.stage == &stage;
      if (itself && need.copy) return;                    // self-copy
      if (!itself && !needs(*need.stage, stage)) return;  // later-stage
      out.push_back(
          {.where = build.place(need.span),
           .message = itself ? concat({"the stage ", need.written, " is mounted into itself"})
                             : concat({"the stage ", need.written, " needs this one in turn"})});
    });
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22 AS a\nCOPY --from=b /x /x\n"
             "FROM alpine:3.22 AS b\nCOPY --from=a /y /y\n",
     .flagged = true},
    {.text = "FROM alpine:3.22 AS a\nRUN --mount=from=a,target=/a ls /a\n", .flagged = true},
    {.text = "FROM alpine:3.22 AS a\nFROM alpine:3.22 AS b\nCOPY --from=a /y /y\n"},
};

extern constinit const Rule rule = described({
    .name = "stage-cycle",
    .severity = Severity::high,
    .category = Category::syntax,
    .summary = "Stages need each other",
    .why = "No order of building satisfies both; the build stops with \"circular dependency "
           "detected\".",
    .remedy = "Move what both need into a stage of its own, above them.",
    .source = "BuildKit, frontend/dockerfile/dockerfile2llb",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::stages::stage_cycle
