// later-stage: COPY --from or a mount takes files from a stage that stands further down, or that
// does not exist.
#include <string>

#include "base/ascii.h"
#include "base/concat.h"
#include "rules/rule.h"
#include "rules/stages/_graph.h"

namespace plimsoll::rules::stages::later_stage {

static constexpr Alias kAliases[] = {{"hadolint", "DL3022"}, {"tally", "hadolint/DL3022"}};

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    for_each_need(stage, [&](const Need& need) {
      Finding finding{.where = build.place(need.span),
                      .aliases = need.copy ? ~0U : without(kAliases, "hadolint")};
      if (need.stage == nullptr) {
        if (!need.copy || !is_digits(need.written)) return;  // an image
        finding.message =
            concat({"there is no stage ", need.written, "; the last one has the number ",
                    std::to_string(build.stages.size() - 1)});
      } else {
        if (need.stage->index <= stage.index || needs(*need.stage, stage)) return;
        finding.message = concat({"the stage ", need.written, " stands only further down"});
        finding.related = {{build.place(need.stage->from->span), "here"}};
      }
      out.push_back(std::move(finding));
    });
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22 AS run\nCOPY --from=build /app /app\nFROM golang:1.26 AS build\n",
     .flagged = true},
    {.text = "FROM alpine:3.22\nCOPY --from=3 /app /app\n", .flagged = true},
    {.text = "FROM golang:1.26 AS build\nFROM alpine:3.22\nCOPY --from=build /app /app\n"},
    {.text = "FROM alpine:3.22\nCOPY --from=nginx:1.28 /etc/nginx /etc/nginx\n"},
};

extern constinit const Rule rule = described({
    .name = "later-stage",
    .severity = Severity::high,
    .category = Category::syntax,
    .summary = "Files are taken from a stage that is not built yet",
    .why = "BuildKit finds a stage wherever it stands in the file, the last of that name, and "
           "then stops: \"it needs to be defined\n"
           "before current stage\".",
    .remedy = "Move the stage up, above the one that needs it.",
    .source = "BuildKit, frontend/dockerfile/dockerfile2llb",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::stages::later_stage
