// apt-without-yes: apt stops to ask, and nobody is there to answer.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/packages/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::apt_without_yes {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3014"},
    {"tally", "hadolint/DL3014"},
    {"trivy", "DS-0021"},
    {"kics", "77783205-c4ca-4f80-bb80-c777f267c547"},
    {"semgrep", "dockerfile.correctness.missing-assume-yes-switch.missing-assume-yes-switch"},
};

static void check(const facts::Command& command, Findings& out) {
  const facts::PackageCall* call = command.packages;
  if (call == nullptr || call->manager != facts::Manager::apt || call->assume_yes ||
      !may_ask(command))
    return;
  if (answered(command) || command.has("--dry-run") || command.has("--simulate") ||
      command.has_short('s'))
    return;
  const bool known = command.name == "apt-get" && call->action == facts::PackageAction::install;
  Fix fix{.safety = Safety::safe, .title = "add -y", .edits = {behind_action(command, " -y")}};
  out.push_back({.where = command.place(call->action_span),
                 .message = concat(
                     {command.name, " ", call->action_text, " may ask, and a build can't answer"}),
                 .aliases = known ? ~0U : 0U,
                 .fix = std::move(fix)});
}

static constexpr std::string_view kNames[] = {"apt-get", "apt", "aptitude"};

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN apt-get install --no-install-recommends git\n",
     .flagged = true,
     .fixed = "FROM debian:13\nRUN apt-get install -y --no-install-recommends git\n"},
    {.text = "FROM debian:13\nRUN apt-get install -yqq git\n"},
    {.text = "FROM debian:13\nRUN yes | apt-get install git\n"},
};

extern constinit const Rule rule = described({
    .name = "apt-without-yes",
    .severity = Severity::medium,
    .category = Category::reliability,
    .summary = "apt may stop to ask a question",
    .why = "As soon as an installation needs a further package apt asks whether to go on. A build "
           "has no terminal,\n"
           "so the answer is no and the build fails. `DEBIAN_FRONTEND=noninteractive` doesn't "
           "answer this question.",
    .remedy = "Add `-y`.",
    .source = "apt-get(8), \"--yes\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::packages::apt_without_yes
