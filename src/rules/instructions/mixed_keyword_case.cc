// mixed-keyword-case: an instruction's keyword is written in another case than most of its file.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/instructions/_casing.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::mixed_keyword_case {

using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;

static constexpr Alias kAliases[] = {{"buildkit", "ConsistentInstructionCasing"},
                                     {"tally", "buildkit/ConsistentInstructionCasing"}};

// FROM takes its AS along, which should look like it.
static Fix rewritten(const facts::Build& build, const Instruction& i, bool upper) {
  Fix fix{.title = concat({"write ", in_case(i.keyword_text, upper)}),
          .edits = {{build.place(i.keyword_span), in_case(i.keyword_text, upper)}}};
  if (const parse::dockerfile::Word* as = as_of(i); as != nullptr)
    if (const std::string text = in_case(as->text, upper); text != as->text)
      fix.edits.push_back({build.place(as->span), text});
  return fix;
}

static void check(const facts::Build& build, Findings& out) {
  const bool upper = prefers_upper(build);
  for (const Instruction& i : build.tree->instructions) {
    if (i.keyword == Keyword::unknown || (upper ? is_upper : is_lower)(i.keyword_text)) continue;
    Finding finding{
        .where = build.place(i.keyword_span),
        .message = concat({i.keyword_text, " is written in another case than most keywords here"})};
    if (!i.broken) finding.fix = rewritten(build, i, upper);
    out.push_back(std::move(finding));
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nrun true\nCmd [\"/app\"]\n",
     .flagged = true,
     .fixed = "FROM debian:13\nRUN true\nCMD [\"/app\"]\n"},
    {.text = "from debian:13 as build\nRUN true\nCMD [\"/app\"]\n",
     .flagged = true,
     .fixed = "FROM debian:13 AS build\nRUN true\nCMD [\"/app\"]\n"},
    {.text = "from debian:13\nrun true\n"},
};

extern constinit const Rule rule = described({
    .name = "mixed-keyword-case",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::all,
    .summary = "Keywords are written in upper and in lower case",
    .why = "Docker reads both. A reader finds the instructions among their arguments by their "
           "case, if it is one and the same.",
    .remedy = "Write all keywords in upper case, or all in lower case.",
    .source = "BuildKit, build checks, ConsistentInstructionCasing",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::mixed_keyword_case
