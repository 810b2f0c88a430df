// sudo-in-run: a RUN asks sudo for what USER decides.
#include "facts/command.h"
#include "facts/user.h"
#include "rules/commands/_shared.h"
#include "rules/edits.h"
#include "rules/rule.h"

namespace plimsoll::rules::commands::sudo_in_run {

using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3004"},
    {"tally", "hadolint/DL3004"},
    {"trivy", "DS-0010"},
    {"checkov", "CKV2_DOCKER_1"},
    {"kics", "8ada6e80-0ade-439e-b176-0b28f6bce35a"},
    {"semgrep", "dockerfile.security.no-sudo-in-dockerfile.no-sudo-in-dockerfile"},
    {"dockle", "DKL-DI-0001"},
};

// The account that a stage's RUNs have, while its instructions go by: is it root's?
class Root {
 public:
  explicit Root(const facts::Stage& stage) {
    const facts::Stage* parent = stage.base.stage;
    if (parent != nullptr)
      is_ = parent->user.absent() || (parent->user.known() && facts::is_root(parent->user.value));
    else
      is_ = stage.base.scratch ||
            (stage.base.facts != nullptr && stage.base.facts->user_known &&
             (stage.base.facts->user.empty() || facts::is_root(stage.base.facts->user)));
  }
  void pass(const Instruction& instruction) {
    if (instruction.keyword == Keyword::user) is_ = facts::is_root(instruction.rest);
  }
  [[nodiscard]] bool is() const { return is_; }

 private:
  bool is_ = false;
};

// `sudo program`, without options but those that root has no use for.
static std::optional<Fix> removal(const facts::Command& command) {
  std::size_t at = 1;
  constexpr std::string_view kIdle[] = {"-E", "-H", "-n", "--"};
  while (at < command.words.size() &&
         std::ranges::find(kIdle, command.words[at].raw) != std::end(kIdle))
    ++at;
  if (at >= command.words.size() || !command.words[at].known ||
      command.words[at].value.starts_with('-') || !command.assignments.empty())
    return {};
  std::optional<text::Edit> edit =
      without_words(command, command.words[0].raw, command.words[at - 1].raw);
  if (!edit) return {};
  return Fix{.title = "call the program itself", .edits = {std::move(*edit)}};
}

// The whole stage is looked through for each call, so it may not be endless.
static bool runs_as_root(const facts::Run& run) {
  constexpr std::size_t kLongest = 512;  // instructions
  const facts::Stage& stage = *run.stage;
  if (run.trigger || stage.instructions.size() > kLongest) return false;
  Root root(stage);
  for (const Instruction* i : stage.instructions) {
    if (i->span.begin >= run.instruction->span.begin) break;
    root.pass(*i);
  }
  return root.is();
}

static void check(const facts::Command& command, Findings& out) {
  out.push_back({.where = command.place(command.name_span),
                 .message = "sudo is not needed in a RUN: USER decides the account that it runs as",
                 .fix = runs_as_root(*command.run) ? removal(command) : std::nullopt});
}

static constexpr std::string_view kNames[] = {"sudo"};

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN sudo apt-get update && sudo apt-get install -y git\n",
     .flagged = true,
     .fixed = "FROM debian:13\nRUN apt-get update && apt-get install -y git\n"},
    {.text = "FROM debian:13\nUSER jenkins\nRUN sudo apt-get update\n", .flagged = true},
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
