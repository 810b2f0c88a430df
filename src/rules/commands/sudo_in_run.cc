// sudo-in-run: a RUN asks sudo for what USER decides.
#include "facts/command.h"
#include "rules/commands/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::commands::sudo_in_run {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3004"},
    {"tally", "hadolint/DL3004"},
    {"trivy", "DS-0010"},
    {"checkov", "CKV2_DOCKER_1"},
    {"kics", "8ada6e80-0ade-439e-b176-0b28f6bce35a"},
    {"semgrep", "dockerfile.security.no-sudo-in-dockerfile.no-sudo-in-dockerfile"},
    {"dockle", "DKL-DI-0001"},
};

static void check(const facts::Command& command, Findings& out) {
  out.push_back(
      {.where = command.place(command.name_span),
       .message = "sudo is not needed in a RUN: USER decides the account that it runs as"});
}

static constexpr std::string_view kNames[] = {"sudo"};

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN sudo apt-get update\n", .flagged = true},
    {.text = "FROM debian:13\nRUN apt-get install -y sudo\n"},
};

extern constinit const Rule rule = described({
    .name = "sudo-in-run",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "RUN calls sudo",
    .why = "sudo has to be installed for it, with an account that may become root without a "
           "password. Both stay in the image,\n"
           "so whoever gets into the container as that account is root. Signals and exit codes "
           "suffer on the way, too.",
    .remedy = "Switch with `USER root` before the `RUN` and back behind it, and leave sudo out of "
              "the image.",
    .source = "Docker, Building best practices, \"USER\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::commands::sudo_in_run
