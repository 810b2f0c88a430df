// repeated-instruction: a stage has a second CMD, ENTRYPOINT or HEALTHCHECK, and only the last
// counts.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/edits.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::repeated_instruction {

// Those of CMD, of ENTRYPOINT, of HEALTHCHECK, then those of all three.
static constexpr Alias kAliases[] = {
    {"hadolint", "DL4003"},
    {"trivy", "DS-0016"},
    {"kics", "41c195f4-fc31-4a5c-8a1b-90605538d49f"},
    {"semgrep",
     "generic.dockerfile.correctness.multiple-cmd-instructions.multiple-cmd-instructions"},
    {"hadolint", "DL4004"},
    {"trivy", "DS-0007"},
    {"kics", "6938958b-3f1a-451c-909b-baeee14bdc97"},
    {"semgrep",
     "dockerfile.correctness.multiple-entrypoint-instructions.multiple-entrypoint-instructions"},
    {"hadolint", "DL3012"},
    {"trivy", "DS-0023"},
    {"buildkit", "MultipleInstructionsDisallowed"},
    {"tally", "buildkit/MultipleInstructionsDisallowed"},
};

struct Kind {
  Keyword keyword;
  std::uint32_t aliases;
};
static constexpr Kind kKinds[] = {
    {Keyword::cmd, 0b1100'0000'1111U},
    {Keyword::entrypoint, 0b1100'1111'0000U},
    {Keyword::healthcheck, 0b1111'0000'0000U},
};

// The one before has no effect, so nothing is lost with it.
static std::optional<Fix> without_first(const facts::Build& build, const Instruction& first) {
  std::optional<text::Edit> edit = without_instruction(build, first);
  if (!edit || first.broken) return {};
  return Fix{.title = concat({"remove the ", first.keyword_text, " without effect"}),
             .edits = {std::move(*edit)}};
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    for (const Kind& kind : kKinds) {
      const Instruction* before = nullptr;
      for (const Instruction* i : stage.instructions) {
        if (i->keyword != kind.keyword) continue;
        if (before != nullptr)
          out.push_back(
              {.where = build.place(i->keyword_span),
               .message = concat({"this ", i->keyword_text, " takes the place of the one in line ",
                                  std::to_string(build.source->position(before->span.begin).line)}),
               .aliases = kind.aliases,
               .fix = without_first(build, *before),
               .related = {{build.place(before->keyword_span), "has no effect"}}});
        before = i;
      }
    }
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nCMD [\"/a\"]\nCMD [\"/b\"]\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nCMD [\"/b\"]\n"},
    {.text = "FROM alpine:3.22\n# serves\nCMD [\"/a\"]\nCMD [\"/b\"]\n", .flagged = true},
    {.text = "FROM alpine:3.22\nHEALTHCHECK CMD [\"/a\"]\nHEALTHCHECK NONE\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nHEALTHCHECK NONE\n"},
    {.text = "FROM alpine:3.22\nENTRYPOINT [\"/a\"]\nCMD [\"--help\"]\n"},
    {.text = "FROM alpine:3.22 AS build\nCMD [\"/a\"]\nFROM build\nCMD [\"/b\"]\n"},
};

extern constinit const Rule rule = described({
    .name = "repeated-instruction",
    .severity = Severity::medium,
    .category = Category::reliability,
    .summary = "Second CMD, ENTRYPOINT or HEALTHCHECK of a stage",
    .why = "Each of them is one setting of the image: the last one of a stage counts, the others "
           "have no effect. Often two\n"
           "programs were meant to run.",
    .remedy = "Keep one. Give a second program a container of its own.",
    .source = "Dockerfile reference, CMD, ENTRYPOINT, HEALTHCHECK",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::repeated_instruction
