// unknown-stage: COPY --from names no stage of the file, so Docker pulls an image of that name.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::unknown_stage {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3022"},
    {"tally", "hadolint/DL3022"},
};

static void check_copy(const facts::Build& build, const facts::Copy& copy, Findings& out) {
  const parse::dockerfile::Flag* from = copy.instruction->flag("from");
  if (from == nullptr || from->value.empty() || copy.from_stage != nullptr) return;
  if (from->value.find(':') != std::string_view::npos) return;  // an image with its version
  if (from->value.find('$') != std::string_view::npos) return;  // variable-stage
  if (from->value.find_first_not_of("0123456789") == std::string_view::npos)
    return;  // self-copy, later-stage
  if (std::ranges::any_of(build.stages, [&](const facts::Stage& s) {
        return same_name(s.name, unquoted(from->value));
      }))
    return;  // the same
  out.push_back({.where = build.place(from->value_span),
                 .message = concat({from->value,
                                    " is no stage of this file, so the newest image of that name "
                                    "is pulled"})});
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const facts::Copy& copy : stage.copies)
      if (!copy.add && !copy.trigger) check_copy(build, copy, out);
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nCOPY --from=builder /app /app\n", .flagged = true},
    {.text = "FROM alpine:3.22 AS build\nFROM alpine:3.22\nCOPY --from=build /app /app\nCOPY "
             "--from=0 /etc/x /etc/x\n"},
    {.text = "FROM alpine:3.22\nCOPY --from=nginx:1.28 /etc/nginx /etc/nginx\n"},
};

extern constinit const Rule rule = described({
    .name = "unknown-stage",
    .severity = Severity::low,
    .category = Category::reproducibility,
    .preset = Preset::strict,
    .summary = "COPY --from names no stage of the file",
    .why = "A misspelt stage is no error: Docker asks the registry for an image of that name, "
           "which anyone may own, and takes\n"
           "its `latest`. (A context given by `--build-context` has such a name as well.)",
    .remedy = "Name an earlier stage, or an image with its version.",
    .source = "Dockerfile reference, \"COPY --from\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::unknown_stage
