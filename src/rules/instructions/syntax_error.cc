// syntax-error: Docker would refuse the file.
#include <algorithm>

#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::syntax_error {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL1000"},
    {"hadolint", "DL3061"},
    {"hadolint", "DL3043"},
    {"tally", "tally/unknown-instruction"},
    {"tally", "hadolint/DL3061"},
    {"tally", "hadolint/DL3043"},
    {"tally", "tally/require-stages"},
};
enum Bit : std::uint8_t {
  refused = 1U << 0U | 1U << 3U,
  before_from = 1U << 1U | 1U << 4U,
  trigger = 1U << 2U | 1U << 5U,
  no_stage = 1U << 6U
};

// Under which of them others report the problem at this place.
static std::uint32_t aliases_of(const parse::dockerfile::Tree& tree, text::Span where) {
  const auto after = std::ranges::upper_bound(tree.instructions, where.begin, {},
                                              [](const Instruction& i) { return i.span.begin; });
  if (after == tree.instructions.begin()) return refused;
  const Instruction& instruction = after[-1];
  if (!instruction.broken) return 0;  // it is fine by itself: the file has no FROM
  if (instruction.keyword == Keyword::unknown) return refused;
  if (instruction.keyword == Keyword::onbuild && instruction.trigger != nullptr) {
    const Keyword held = instruction.trigger->keyword;
    return held == Keyword::onbuild || held == Keyword::from || held == Keyword::maintainer
               ? trigger
               : refused;
  }
  const bool behind = std::any_of(tree.instructions.begin(), after,
                                  [](const Instruction& i) { return i.keyword == Keyword::from; });
  return behind || instruction.keyword == Keyword::arg ? refused : before_from;
}

static void check(const facts::Build& build, Findings& out) {
  if (build.tree->foreign_frontend) return;  // its own grammar decides
  const std::uint32_t always = build.stages.empty() ? std::uint32_t{no_stage} : 0U;
  for (const parse::dockerfile::Problem& problem : build.tree->problems)
    out.push_back({.where = build.place(problem.where),
                   .message = std::string(problem.message),
                   .aliases = aliases_of(*build.tree, problem.where) | always});
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nRUNN true\n", .flagged = true},
    {.text = "RUN true\nFROM alpine:3.22\n", .flagged = true},
    {.text = "ARG VERSION=3.22\n", .flagged = true},
    {.text = "FROM alpine:3.22\nRUN true\n"},
    {.text = "# syntax=registry.example.com/our/frontend\nFROM alpine:3.22\nGREET world\n"},
};

extern constinit const Rule rule = described({
    .name = "syntax-error",
    .severity = Severity::high,
    .category = Category::syntax,
    .summary = "Docker would refuse the file",
    .why = "The build stops before it begins. The rest of the file is judged all the same, as far "
           "as it can be read.",
    .remedy = "Correct the instruction as the message says.",
    .source = "Dockerfile reference; BuildKit, frontend/dockerfile",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::syntax_error
