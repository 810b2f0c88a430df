// invalid-onbuild-trigger: ONBUILD holds what is no instruction, which only the next build refuses.
#include "base/concat.h"
#include "facts/build.h"
#include "parse/dockerfile/keyword.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::invalid_onbuild_trigger {

static constexpr Alias kAliases[] = {{"tally", "tally/invalid-onbuild-trigger"}};

static void check(const facts::Build& build, Findings& out) {
  if (build.tree->foreign_frontend) return;
  for (const Instruction& i : build.tree->instructions) {
    if (i.keyword != Keyword::onbuild || i.trigger == nullptr || i.broken) continue;
    const Instruction& trigger = *i.trigger;
    if (trigger.keyword != Keyword::unknown) continue;
    const std::string_view meant = parse::dockerfile::nearest_keyword(trigger.keyword_text);
    Finding finding{.where = build.place(trigger.keyword_span)};
    if (meant.empty()) {
      finding.message =
          concat({"ONBUILD holds ", trigger.keyword_text, ", which is no instruction"});
    } else {
      finding.message = concat({"ONBUILD holds ", trigger.keyword_text,
                                ", which is no instruction (did you mean ", meant, "?)"});
      finding.fix = Fix{.safety = Safety::changes_behaviour,
                        .title = concat({"write ", meant}),
                        .edits = {{build.place(trigger.keyword_span), std::string(meant)}}};
    }
    out.push_back(std::move(finding));
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM node:22-slim\nONBUILD COPPY . /app\n",
     .flagged = true,
     .fixed = "FROM node:22-slim\nONBUILD COPY . /app\n"},
    {.text = "FROM node:22-slim\nONBUILD npm install\n", .flagged = true},
    {.text = "FROM node:22-slim\nONBUILD RUN npm install\n"},
};

extern constinit const Rule rule = described({
    .name = "invalid-onbuild-trigger",
    .severity = Severity::high,
    .category = Category::syntax,
    .summary = "ONBUILD holds what is no instruction",
    .why =
        "Docker stores the text unread. It is refused only when somebody builds FROM this image, "
        "and then it is their build\n"
        "that fails.",
    .remedy = "Write an instruction behind `ONBUILD`; a command of the shell needs `RUN`.",
    .source = "Dockerfile reference, ONBUILD",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::invalid_onbuild_trigger
