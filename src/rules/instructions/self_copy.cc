// self-copy: COPY --from names the very stage that it stands in.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::self_copy {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3023"},
    {"tally", "hadolint/DL3023"},
    {"tally", "tally/circular-stage-deps"},
    {"trivy", "DS-0006"},
    {"kics", "cdddb86f-95f6-4fc4-b5a1-483d9afceb2b"},
    {"semgrep", "generic.dockerfile.correctness.copy-from-own-alias.copy-from-own-alias"},
};

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    for (const facts::Copy& copy : stage.copies) {
      const parse::dockerfile::Flag* from = copy.instruction->flag("from");
      if (from == nullptr || copy.trigger || copy.from_stage != nullptr) continue;
      const bool named = !stage.name.empty() && same_name(unquoted(from->value), stage.name);
      if (!named && from->value != std::to_string(stage.index)) continue;
      out.push_back({.where = build.place(from->value_span),
                     .message = concat({"COPY takes files from the stage ", from->value,
                                        ", which it is part of"}),
                     .aliases = from->value == stage.name ? ~0U : without(kAliases, "hadolint")});
    }
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22 AS build\nCOPY --from=build /app /app\n", .flagged = true},
    {.text = "FROM alpine:3.22\nCOPY --from=0 /app /app\n", .flagged = true},
    {.text = "FROM alpine:3.22 AS build\nFROM alpine:3.22\nCOPY --from=build /app /app\n"},
};

extern constinit const Rule rule = described({
    .name = "self-copy",
    .severity = Severity::high,
    .category = Category::syntax,
    .summary = "COPY --from names its own stage",
    .why = "A stage can't be built from itself; the build fails.",
    .remedy = "Name an earlier stage, or use `RUN cp` within one stage.",
    .source = "Dockerfile reference, \"COPY --from\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::self_copy
