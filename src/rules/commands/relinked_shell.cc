// relinked-shell: /bin/sh is made another program for the whole image, where SHELL was meant.
#include <algorithm>

#include "facts/build.h"
#include "rules/edits.h"
#include "rules/rule.h"

namespace plimsoll::rules::commands::relinked_shell {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL4005"},
    {"tally", "hadolint/DL4005"},
    {"kics", "8a301064-c291-4b20-adcb-403fe7fd95fd"},
    {"semgrep", "dockerfile.best-practice.use-shell-instruction.use-shell-instruction"},
};

static bool is_shell(std::string_view path) {
  return path == "/bin/sh" || path == "/usr/bin/sh";
}

// A RUN that does nothing else: SHELL has the RUNs behind it read by bash, and the image's own
// scripts keep their shell.
static std::optional<Fix> chosen_by_shell(const facts::Command& command) {
  const facts::Run& run = *command.run;
  const facts::Build& build = *run.stage->build;
  constexpr std::size_t kWords = 4;  // ln -sf /bin/bash /bin/sh
  if (run.commands.size() != 1 || !is_plain_list(run) || !run.instruction->flags.empty() ||
      !run.instruction->inner_comments.empty() || command.words.size() != kWords ||
      command.words[2].value != "/bin/bash")
    return {};
  return Fix{.safety = Safety::changes_behaviour,
             .title = "choose the shell by SHELL",
             .edits = {{build.place(run.instruction->span), R"(SHELL ["/bin/bash", "-c"])"}}};
}

// The link is the last operand: `ln -s /bin/sh /usr/bin/shell` leaves the shell alone.
static void check(const facts::Command& command, Findings& out) {
  if (command.words.size() < 3) return;
  const parse::shell::Word& link = command.words.back();
  if (!is_shell(link.value)) return;
  out.push_back({.where = command.place(),
                 .message = "this changes the shell of every script of the image, not only of RUN",
                 .aliases = link.value == "/bin/sh" ? ~0U : without(kAliases, "hadolint"),
                 .fix = chosen_by_shell(command)});
}

static constexpr std::string_view kNames[] = {"ln"};

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN ln -sf /bin/bash /bin/sh\n",
     .flagged = true,
     .fixed = "FROM debian:13\nSHELL [\"/bin/bash\", \"-c\"]\n"},
    {.text = "FROM debian:13\nSHELL [\"/bin/bash\", \"-c\"]\n"},
    {.text = "FROM debian:13\nRUN ln -s /bin/sh /usr/local/bin/shell\n"},
};

extern constinit const Rule rule = described({
    .name = "relinked-shell",
    .severity = Severity::low,
    .category = Category::reliability,
    .summary = "/bin/sh is linked to another program",
    .why = "Scripts of packages and of the system begin with `#!/bin/sh` and were tested with the "
           "distribution's own shell.\n"
           "The next update of that shell's package puts the old link back.",
    .remedy = "`SHELL [\"/bin/bash\", \"-c\"]` names the shell of `RUN`, `CMD` and `ENTRYPOINT`; "
              "scripts of your own name theirs in\n"
              "their first line.",
    .source = "Dockerfile reference, SHELL",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::commands::relinked_shell
