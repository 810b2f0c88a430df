// root-owned-copy: what is copied behind USER belongs to root all the same.
#include <algorithm>

#include "base/concat.h"
#include "facts/build.h"
#include "facts/user.h"
#include "rules/rule.h"

namespace plimsoll::rules::user::root_owned_copy {

using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;

static constexpr Alias kAliases[] = {{"tally", "tally/copy-after-user-without-chown"}};

// A later chown is another way to say it.
static bool changed_later(const facts::Stage& stage, const Instruction& copy) {
  return std::ranges::any_of(stage.runs, [&](const facts::Run& run) {
    return run.instruction->span.begin > copy.span.begin &&
           std::ranges::any_of(run.commands,
                               [](const facts::Command& c) { return c.name == "chown"; });
  });
}

static const facts::Copy* copy_of(const facts::Stage& stage, const Instruction& instruction) {
  const auto found = std::ranges::find(stage.copies, &instruction, &facts::Copy::instruction);
  return found == stage.copies.end() ? nullptr : &*found;
}

static void report(const facts::Build& build, const Instruction& copy, std::string_view user,
                   Findings& out) {
  const std::uint32_t end = copy.keyword_span.end;
  out.push_back(
      {.where = build.place(copy.keyword_span),
       .message = concat({"the files belong to root, though ", user, " runs from here on"}),
       .fix = Fix{.safety = Safety::changes_behaviour,
                  .title = concat({"add --chown=", user}),
                  .edits = {{build.place({end, end}), concat({" --chown=", user})}}}});
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    const facts::Stage* parent = stage.base.stage;
    // Of images nothing is assumed: those that start as another user are mostly for programs that
    // only read.
    std::string_view user =
        parent != nullptr && parent->user.known() && parent->user.origin == facts::Origin::written
            ? parent->user.value
            : std::string_view{};
    for (const Instruction* instruction : stage.instructions) {
      if (instruction->keyword == Keyword::user) user = instruction->rest;
      const bool plain = user.find_first_of("$\"' ") == std::string_view::npos;
      if (user.empty() || !plain || facts::is_root(user)) continue;
      const facts::Copy* copy = copy_of(stage, *instruction);
      if (copy == nullptr || instruction->flag("chown") != nullptr ||
          instruction->flag("chmod") != nullptr || changed_later(stage, *instruction))
        continue;
      report(build, *instruction, user, out);
    }
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM node:22\nUSER node\nCOPY . /app\n",
     .flagged = true,
     .fixed = "FROM node:22\nUSER node\nCOPY --chown=node . /app\n"},
    {.text = "FROM node:22\nUSER node\nCOPY --chown=node:node . /app\n"},
    {.text = "FROM node:22\nCOPY . /app\nUSER node\n"},
};

extern constinit const Rule rule = described({
    .name = "root-owned-copy",
    .severity = Severity::info,
    .category = Category::reliability,
    .preset = Preset::all,
    .summary = "COPY after USER makes files that belong to root",
    .why = "`USER` counts for `RUN`, `CMD` and `ENTRYPOINT`; `COPY` and `ADD` make root's files "
           "whatever it says. That is right for\n"
           "code that is only read, and a surprise where the program, or a `RUN` behind it, "
           "writes.",
    .remedy = "Say which is meant: `--chown=` with the account where it writes, else the `COPY` "
              "above `USER`.",
    .source = "Dockerfile reference, \"COPY --chown\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::user::root_owned_copy
