// variable-stage: COPY --from holds a variable, which is not expanded there.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::stages::variable_stage {

static constexpr Alias kAliases[] = {{"hadolint", "DL3022"}, {"tally", "hadolint/DL3022"}};

static bool holds_variable(std::string_view text) {
  for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
    if (at + 1 == text.size()) return false;
    const char next = text[at + 1];
    if (next == '{' || next == '_' || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z'))
      return true;
  }
  return false;
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    for (const facts::Copy& copy : stage.copies) {
      const parse::dockerfile::Flag* from = copy.instruction->flag("from");
      if (from == nullptr || copy.add || !holds_variable(from->value)) continue;
      // hadolint takes anything with a colon for an image with its version.
      const bool theirs = !copy.trigger && from->value.find(':') == std::string_view::npos;
      out.push_back(
          {.where = build.place(from->value_span),
           .message =
               concat({"--from does not expand variables, and ", from->value, " is no stage"}),
           .aliases = theirs ? ~0U : without(kAliases, "hadolint") & without(kAliases, "tally")});
    }
  }
}

static constexpr Example kExamples[] = {
    {.text = "ARG TOOLS=alpine:3.22\nFROM alpine:3.22\nARG TOOLS\nCOPY --from=$TOOLS /x /x\n",
     .flagged = true},
    {.text = "ARG TOOLS=alpine:3.22\nFROM ${TOOLS} AS tools\nFROM alpine:3.22\n"
             "COPY --from=tools /x /x\n"},
    {.text = "FROM alpine:3.22\nARG WHERE=/x\nCOPY --from=nginx:1.28 /etc/nginx ${WHERE}\n"},
};

extern constinit const Rule rule = described({
    .name = "variable-stage",
    .severity = Severity::high,
    .category = Category::syntax,
    .summary = "COPY --from holds a variable",
    .why = "Which stages a build needs is decided before any variable of a stage has a value, so "
           "BuildKit refuses variables here.",
    .remedy = "Declare the ARG above the first FROM, make a stage of it (`FROM ${TOOLS} AS "
              "tools`), and copy from that stage.",
    .source = "BuildKit, frontend/dockerfile/dockerfile2llb",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::stages::variable_stage
