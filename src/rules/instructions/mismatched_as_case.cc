// mismatched-as-case: FROM and its AS are written in different cases.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/instructions/_casing.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::mismatched_as_case {

using parse::dockerfile::Instruction;

static constexpr Alias kAliases[] = {{"buildkit", "FromAsCasing"},
                                     {"tally", "buildkit/FromAsCasing"}};

static void check(const facts::Build& build, Findings& out) {
  const bool upper_file = prefers_upper(build);
  for (const Instruction& i : build.tree->instructions) {
    const parse::dockerfile::Word* as = as_of(i);
    if (as == nullptr) continue;
    const bool upper = is_upper(i.keyword_text);
    // A FROM in mixed case is a finding of its own.
    if ((!upper && !is_lower(i.keyword_text)) || (upper ? is_upper : is_lower)(as->text)) continue;
    Finding finding{
        .where = build.place(as->span),
        .message = concat({i.keyword_text, " and ", as->text, " are written in different cases"})};
    // Where FROM itself is the odd one, it changes and not its AS.
    if (upper == upper_file && !i.broken)
      finding.fix = Fix{.title = concat({"write ", in_case(as->text, upper)}),
                        .edits = {{finding.where, in_case(as->text, upper)}}};
    out.push_back(std::move(finding));
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM golang:1.26 as build\n",
     .flagged = true,
     .fixed = "FROM golang:1.26 AS build\n"},
    {.text = "FROM golang:1.26 AS build\n"},
    {.text = "from golang:1.26 as build\n"},
};

extern constinit const Rule rule = described({
    .name = "mismatched-as-case",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::all,
    .summary = "FROM and AS are written in different cases",
    .why = "Docker reads both. `FROM image as name` looks as if `as` belonged to the image.",
    .remedy = "Write `FROM … AS …`, or both in lower case.",
    .source = "BuildKit, build checks, FromAsCasing",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::mismatched_as_case
