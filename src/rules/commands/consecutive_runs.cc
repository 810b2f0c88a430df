// consecutive-runs: two short RUNs follow each other and could be one layer.
#include <algorithm>

#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::commands::consecutive_runs {

using parse::dockerfile::Flag;
using parse::dockerfile::Instruction;

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3059"},
    {"tally", "tally/prefer-run-heredoc"},
    {"kics", "0008c003-79aa-42d8-95b8-1c2fe37dbfe6"},
};

// Programs that it calls. One that another program is asked to run is not counted again, nor are
// variables and `[`.
static std::ptrdiff_t programs(const facts::Run& run) {
  return std::ranges::count_if(run.commands, [](const facts::Command& c) {
    return !c.name.empty() && c.name != "[" && c.wrapper.empty();
  });
}

static const facts::Run* run_of(const facts::Stage& stage, const Instruction& instruction) {
  const auto found = std::ranges::find_if(stage.runs, [&](const facts::Run& run) {
    return run.instruction == &instruction || run.instruction == instruction.trigger;
  });
  return found == stage.runs.end() ? nullptr : &*found;
}

static bool same_flags(const Instruction& a, const Instruction& b) {
  return std::ranges::equal(a.flags, b.flags, [](const Flag& x, const Flag& y) {
    return x.name == y.name && x.value == y.value && x.has_value == y.has_value;
  });
}

// A RUN of several programs is a step that someone thought about; only single calls are taken for a
// habit.
static bool mergeable(const facts::Run& before, const facts::Run& run) {
  return before.trigger == run.trigger && same_flags(*before.instruction, *run.instruction) &&
         programs(before) <= 1 && programs(run) <= 1;
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    const facts::Run* before = nullptr;
    for (const Instruction* instruction : stage.instructions) {
      const facts::Run* run = run_of(stage, *instruction);
      if (before != nullptr && run != nullptr && mergeable(*before, *run))
        out.push_back(
            {.where = build.place(run->instruction->keyword_span),
             .message =
                 "this RUN and the one before it are single commands, which could share a layer",
             .related = {{build.place(before->instruction->keyword_span), "the RUN before it"}}});
      before = run;
    }
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN mkdir /a\n# a comment\nRUN mkdir /b\n", .flagged = true},
    {.text = "FROM debian:13\nRUN mkdir /a && touch /a/x\nRUN mkdir /b\n"},
    {.text = "FROM debian:13\nRUN mkdir /a\nRUN --network=none mkdir /b\n"},
    {.text = "FROM debian:13\nRUN mkdir /a\nCOPY a /a\nRUN mkdir /b\n"},
};

extern constinit const Rule rule = described({
    .name = "consecutive-runs",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::all,
    .summary = "Two short RUNs could be one",
    .why =
        "Each `RUN` is a layer. What one of them leaves behind the next one can't take out of the "
        "image any more.\n"
        "During development separate steps are cached separately, which can be the better choice.",
    .remedy = "Join the commands with `&&`, or write one `RUN <<EOF` with `set -e`.",
    .source = "Docker, Building best practices, \"RUN\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::commands::consecutive_runs
