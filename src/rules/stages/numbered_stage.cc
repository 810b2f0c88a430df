// numbered-stage: COPY --from gives the number of a stage instead of its name.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::stages::numbered_stage {

static constexpr Alias kAliases[] = {{"kics", "68a51e22-ae5a-4d48-8e87-b01a323605c9"}};

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    for (const facts::Copy& copy : stage.copies) {
      const parse::dockerfile::Flag* from = copy.instruction->flag("from");
      if (from == nullptr || copy.from_stage == nullptr || copy.trigger) continue;
      if (from->value.find_first_not_of("0123456789") != std::string_view::npos) continue;
      const std::string_view name = copy.from_stage->name;
      Finding finding{.where = build.place(from->value_span),
                      .message = concat({"the stage is named by its number ", from->value})};
      if (name.empty()) {
        finding.related = {{build.place(copy.from_stage->base.span), "it has no name"}};
      } else {
        finding.message += concat({", although it has the name ", name});
        finding.fix = Fix{.title = concat({"say ", name}),
                          .edits = {{build.place(from->value_span), std::string(name)}}};
      }
      out.push_back(std::move(finding));
    }
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM golang:1.26\nRUN go build -o /app .\nFROM alpine:3.22\nCOPY --from=0 /app "
             "/app\n",
     .flagged = true},
    {.text = "FROM golang:1.26 AS build\nFROM alpine:3.22\nCOPY --from=0 /app /app\n",
     .flagged = true,
     .fixed = "FROM golang:1.26 AS build\nFROM alpine:3.22\nCOPY --from=build /app /app\n"},
    {.text = "FROM golang:1.26 AS build\nFROM alpine:3.22\nCOPY --from=build /app /app\n"},
};

extern constinit const Rule rule = described({
    .name = "numbered-stage",
    .severity = Severity::low,
    .category = Category::style,
    .preset = Preset::all,
    .summary = "Stage is named by its number",
    .why = "A stage that is put in front changes all numbers behind it, and the copy takes its "
           "files from another image.",
    .remedy = "Give the stage a name with `AS`, and copy from that.",
    .source = "Docker, Multi-stage builds, \"Name your build stages\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::stages::numbered_stage
