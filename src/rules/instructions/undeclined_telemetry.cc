// undeclined-telemetry: a program runs that reports on its use, and nothing tells it not to.
#include <algorithm>
#include <vector>

#include "base/concat.h"
#include "data/names.h"
#include "facts/build.h"
#include "rules/edits.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::undeclined_telemetry {

static constexpr Alias kAliases[] = {{"tally", "tally/prefer-telemetry-opt-out"}};

using facts::Command;

// `npx next build`, `pnpm exec turbo`, `yarn nuxt`: the program that is run.
static const data::Telemetry* program_of(const Command& command) {
  if (const data::Telemetry* found = data::telemetry_of(command.name)) return found;
  constexpr std::string_view kRunners[] = {"npx", "pnpx", "bunx", "yarn", "pnpm", "bun"};
  if (std::ranges::find(kRunners, command.name) == std::end(kRunners)) return nullptr;
  for (const parse::shell::Word& word : command.words.subspan(1)) {
    if (!word.known) return nullptr;
    if (word.value.starts_with('-') || word.value == "exec" || word.value == "run" ||
        word.value == "dlx" || word.value == "x")
      continue;
    return data::telemetry_of(word.value.substr(0, word.value.find('@', 1)));
  }
  return nullptr;
}

static bool mentions(const Command& command, std::string_view variable) {
  const auto names = [&](const parse::shell::Word& word) {
    return word.raw.starts_with(variable) && word.raw.substr(variable.size()).starts_with('=');
  };
  return std::ranges::any_of(command.assignments,
                             [&](const auto& a) { return a.name == variable; }) ||
         (command.name == "export" && std::ranges::any_of(command.words, names)) ||
         (command.name == "env" && std::ranges::any_of(command.words, names));
}

// Anyone who sets the variable has made a choice.
static bool is_decided(const facts::Stage& stage, const facts::Run& run, const Command& command,
                       std::string_view variable) {
  const auto sets = [&](const auto& list) {
    return std::ranges::any_of(list.items, [&](const auto& item) {
      return item.value.name == variable && item.where.span.begin < run.instruction->span.begin;
    });
  };
  const auto before = run.commands.first(command.index + 1);
  return sets(stage.environment) || sets(stage.arguments) ||
         std::ranges::any_of(before, [&](const Command& c) { return mentions(c, variable); });
}

static void check_stage(const facts::Stage& stage, Findings& out) {
  std::vector<std::string_view> told;
  for (const facts::Run& run : stage.runs) {
    if (run.trigger) continue;
    for (const Command& command : run.commands) {
      const data::Telemetry* program = program_of(command);
      if (program == nullptr || std::ranges::find(told, program->variable) != told.end() ||
          is_decided(stage, run, command, program->variable))
        continue;
      told.push_back(program->variable);
      out.push_back({.where = command.place(command.name_span),
                     .message = concat({program->name, " reports on its use unless ",
                                        program->variable, "=", program->value, " is set"}),
                     .fix = Fix{.safety = Safety::changes_behaviour,
                                .title = concat({"set ", program->variable}),
                                .edits = {line_before(
                                    *stage.build, *run.instruction,
                                    concat({"ENV ", program->variable, "=", program->value}))}}});
    }
  }
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) check_stage(stage, out);
}

static constexpr Example kExamples[] = {
    {.text = "FROM mcr.microsoft.com/dotnet/sdk:9.0\nRUN dotnet publish -c Release\n",
     .flagged = true},
    {.text = "FROM node:22\nRUN npx next build\n",
     .flagged = true,
     .fixed = "FROM node:22\nENV NEXT_TELEMETRY_DISABLED=1\nRUN npx next build\n"},
    {.text = "FROM mcr.microsoft.com/dotnet/sdk:9.0\nENV DOTNET_CLI_TELEMETRY_OPTOUT=1\nRUN dotnet "
             "publish -c Release\n"},
    {.text = "FROM node:22\nRUN NEXT_TELEMETRY_DISABLED=1 npx next build\n"},
};

extern constinit const Rule rule = described({
    .name = "undeclined-telemetry",
    .severity = Severity::info,
    .category = Category::security,
    .preset = Preset::all,
    .summary = "Program that reports on its use runs without a no",
    .why = "Some build tools send what was run, on which system, and for how long to their makers. "
           "In a "
           "build nobody reads the\n"
           "notice, and the request costs time or fails where the network is closed.",
    .remedy = "Set the variable that the message names by `ENV`, in front of the first use.",
    .source = "the tools' own documentation, named in `data/telemetry.json`",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::undeclined_telemetry
