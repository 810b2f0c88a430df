// secret-without-mount: a RUN takes a credential from ARG or ENV where a secret mount would leave
// no trace.
#include <algorithm>
#include <vector>

#include "base/concat.h"
#include "data/names.h"
#include "facts/build.h"
#include "rules/rule.h"
#include "rules/secrets/_parts.h"
#include "rules/secrets/_secret_mounts.h"

namespace plimsoll::rules::secrets::secret_without_mount {

namespace shell = parse::shell;

static constexpr Alias kAliases[] = {{"tally", "tally/require-secret-mounts"}};

using Variables = std::span<const facts::Fact<facts::Variable>>;

// The ARG or ENV above the RUN that gives the variable its value.
static const facts::Fact<facts::Variable>* given(Variables list, std::string_view name,
                                                 const facts::Run& run) {
  for (const facts::Fact<facts::Variable>& v : list)
    if (v.value.name == name && v.where.source == run.stage->build->source_number &&
        v.where.span.begin < run.instruction->span.begin &&
        !(v.known() && !v.value.text.empty() && data::harmless_value(v.value.text)))
      return &v;
  return nullptr;
}

// True if the script assigns to the name somewhere, in compound commands too. An assignment alone
// is no command of the RUN.
static bool assigns(const shell::List& list, std::string_view name) {
  return std::ranges::any_of(list.items, [&](const shell::Item& item) {
    return std::ranges::any_of(item.pipeline.commands, [&](const shell::Command& command) {
      return std::ranges::any_of(command.assignments,
                                 [&](const auto& a) { return a.name == name; }) ||
             std::ranges::any_of(command.lists,
                                 [&](const shell::List& inner) { return assigns(inner, name); });
    });
  });
}

// The RUN gives it a value of its own: from a mounted file, or by a mount that sets it.
static bool set_here(const facts::Run& run, std::string_view name) {
  for (const parse::dockerfile::Mount& mount : run.instruction->mounts)
    if (mount.option("env") == name) return true;
  if (run.script != nullptr && assigns(run.script->list, name)) return true;
  const std::string start = concat({name, "="});  // export NAME=…
  return std::ranges::any_of(run.commands, [&](const facts::Command& command) {
    return std::ranges::any_of(
        command.words, [&](const shell::Word& word) { return word.raw.starts_with(start); });
  });
}

static void report(const facts::Command& command, const shell::Part& part, Findings& out) {
  const std::string_view name = part.value;
  const facts::Run& run = *command.run;
  const facts::Fact<facts::Variable>* argument = given(run.stage->arguments.items, name, run);
  const facts::Fact<facts::Variable>* variable =
      argument != nullptr ? argument : given(run.stage->environment.items, name, run);
  if (variable == nullptr || set_here(run, name)) return;
  out.push_back({.where = command.place(part.raw),
                 .message = concat({"this RUN takes ", name, " from ",
                                    argument != nullptr ? "a build argument" : "the environment",
                                    ", not from a secret mount"}),
                 .related = {{variable->where, concat({name, " comes in here"})}}});
  constexpr std::size_t kLooked = 16;  // each is looked for in the whole file
  if (out.size() <= kLooked) out.back().fix = mounted(*run.stage->build, variable->where);
}

// Each name once, where it is used first.
static void check_run(const facts::Run& run, Findings& out) {
  std::vector<std::string_view> seen;
  for (const facts::Command& command : run.commands)
    for_each_parameter(command, [&](const shell::Part& part) {
      if (std::ranges::find(seen, part.value) != seen.end()) return;
      seen.push_back(part.value);
      if (data::secret_name(part.value) != data::SecretName::no) report(command, part, out);
    });
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const facts::Run& run : stage.runs) check_run(run, out);
}

static constexpr Example kExamples[] = {
    {.text = "FROM node:22\nARG NPM_TOKEN\nRUN npm config set //registry.npmjs.org/:_authToken "
             "\"$NPM_TOKEN\" && npm ci\n",
     .flagged = true,
     .fixed = "FROM node:22\nRUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN npm config set "
              "//registry.npmjs.org/:_authToken \"$NPM_TOKEN\" && npm ci\n"},
    {.text = "FROM node:22\nRUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN npm config set "
             "//registry.npmjs.org/:_authToken \"$NPM_TOKEN\" && npm ci\n"},
    {.text = "FROM node:22\nRUN --mount=type=secret,id=t TOKEN=\"$(cat /run/secrets/t)\" && fetch "
             "\"$TOKEN\"\n"},
};

extern constinit const Rule rule = described({
    .name = "secret-without-mount",
    .severity = Severity::medium,
    .category = Category::security,
    .preset = Preset::all,
    .summary = "RUN takes a credential from ARG or ENV",
    .why = "A build argument's value is kept in the image's history, an environment variable's in "
           "its config. A secret mount\n"
           "shows the value to one command and to no layer, and changing it builds nothing anew.",
    .remedy =
        "`RUN --mount=type=secret,id=NAME,env=NAME`, with `docker build --secret id=NAME`; the "
        "`ARG` or `ENV` goes.",
    .source = "Docker, Build secrets",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::secrets::secret_without_mount
