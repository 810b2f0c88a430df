// env-self-reference: ENV uses a variable that the same ENV sets, and gets what it was before.
#include <algorithm>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::env_self_reference {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3044"},
    {"buildkit", "UndefinedVar"},
    {"tally", "buildkit/UndefinedVar"},
};

// Whether the instruction gives the variable a value of its own: one that does not go on from an
// older one, as in `LIBS=/x:$LIBS`.
static bool sets_anew(const facts::Stage& stage, const facts::UnsetUse& use) {
  const bool sets = std::ranges::any_of(use.instruction->pairs, [&](const auto& pair) {
    return &pair != use.pair && pair.key == use.name;
  });
  return sets && std::ranges::none_of(stage.unset_uses, [&](const facts::UnsetUse& other) {
           return other.instruction == use.instruction && other.name == use.name &&
                  other.pair != nullptr && other.pair->key == use.name;
         });
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const facts::UnsetUse& use : stage.unset_uses)
      if (use.instruction->keyword == Keyword::env && sets_anew(stage, use))
        out.push_back({.where = use.where,
                       .message = concat({use.name,
                                          " is set by this very ENV, whose values are read "
                                          "before any of them is set: it is empty here"})});
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nENV APP_HOME=/srv/app APP_LIB=$APP_HOME/lib\n", .flagged = true},
    {.text = "FROM alpine:3.22\nENV APP_HOME=/srv/app\nENV APP_LIB=$APP_HOME/lib\n"},
    {.text = "FROM alpine:3.22\nENV PATH=/srv/app/bin:$PATH\n"},
};

extern constinit const Rule rule = described({
    .name = "env-self-reference",
    .severity = Severity::medium,
    .category = Category::reliability,
    .summary = "ENV uses a variable that it sets itself",
    .why =
        "All values of one `ENV` are expanded before any of its variables is set. The variable has "
        "the value of an earlier\n"
        "instruction, or none: `/lib` instead of `/srv/app/lib`.",
    .remedy = "Set it in an `ENV` of its own, in front of the one that uses it.",
    .source = "Dockerfile reference, \"Environment replacement\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::env_self_reference
