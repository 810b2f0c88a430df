// A fix that the user rules share: the shipped stage ends as an account other than root.
#include "rules/user/_fix.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/concat.h"
#include "data/account_number.h"
#include "facts/user.h"
#include "rules/edits.h"

namespace plimsoll::rules::user {

using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;

// Above the numbers that distributions and people use for their own accounts.
static constexpr std::string_view kNumber = "10001";

namespace {

// Whom to run as, and the commands that create it; none: it is there already.
struct Plan {
  std::string user;
  std::vector<std::string> commands{};
  std::optional<text::Edit> numbering{};  // of an account that is created already
};

}  // namespace

static bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// The command that creates the last account of the stage or its parents; null: none does.
static const facts::Command* account_creation(const facts::Stage& stage) {
  for (const facts::Stage* s = &stage; s != nullptr; s = s->base.stage)
    for (std::size_t run = s->runs.size(); run-- > 0;)
      for (const facts::Command& command : s->runs[run].commands)
        if (const facts::Account* account = command.account;
            account != nullptr && account->action == facts::Account::Action::add_user &&
            is_plain_path(account->name) && !facts::is_root(account->name) && !s->runs[run].trigger)
          return &command;
  return nullptr;
}

// The option that gives an account which has no number yet the one that USER then states. Empty:
// it has one that can't be known, or the tool's dialect isn't known.
static std::string_view number_option(const facts::Command& command, const facts::Container& c) {
  const bool may_say = std::ranges::any_of(command.words, [](const parse::shell::Word& word) {
    const bool cluster = word.raw.starts_with('-') && !word.raw.starts_with("--") &&
                         word.raw.find('u') != std::string_view::npos;
    return cluster || word.raw.starts_with("--uid") || word.raw.find('$') != std::string_view::npos;
  });
  if (may_say || command.node == nullptr) return {};
  if (command.name == "useradd") return " --uid ";
  if (c.base == nullptr || command.name != "adduser") return {};
  using enum data::Family;
  if (c.base->family == alpine) return " -u ";
  return c.base->family == debian || c.base->family == ubuntu ? " --uid " : std::string_view{};
}

static Plan created_account(const facts::Command& command, const facts::Container& c) {
  const facts::Account& account = *command.account;
  if (is_number(account.uid)) return {.user = std::string(account.uid)};
  const std::string_view option = number_option(command, c);
  if (option.empty()) return {.user = std::string(account.name)};
  const std::uint32_t at = command.place(command.words.front().raw).span.end;
  return {.user = std::string(kNumber),
          .numbering = inserted(*c.build, at, concat({option, kNumber}))};
}

// A container that is started as root because it gives the privilege up itself, or does nothing of
// its own, isn't changed: only what the Dockerfile says to start.
static std::optional<Plan> new_account(const facts::Container& c) {
  const bool starts = (c.command.known() && c.command.origin == facts::Origin::written) ||
                      (c.entrypoint.known() && c.entrypoint.origin == facts::Origin::written);
  if (!starts) return {};
  using enum data::HasTool;
  if (data::has_tool(*c.base, "useradd") == yes && data::has_tool(*c.base, "groupadd") == yes)
    return Plan{.user = std::string(kNumber),
                .commands = {concat({"groupadd --gid ", kNumber, " app"}),
                             concat({"useradd --no-log-init --uid ", kNumber,
                                     " --gid app --create-home --shell /usr/sbin/nologin app"})}};
  if (c.base->family == data::Family::alpine && data::has_tool(*c.base, "adduser") == yes)
    return Plan{.user = std::string(kNumber),
                .commands = {concat({"addgroup -g ", kNumber, " app"}),
                             concat({"adduser -D -u ", kNumber, " -G app -s /sbin/nologin app"})}};
  // Images without a shell: nothing can be created there, nor is it needed.
  if (c.base->shell.empty() && c.base->family != data::Family::windows)
    return Plan{.user = concat({kNumber, ":", kNumber})};
  return {};
}

// Servers whose image starts them as root, to write where their own account can't.
static bool is_started_as_root(const data::BaseImage& image) {
  return image.repository == "nginx" || image.repository == "httpd";
}

static std::optional<Plan> plan_for(const facts::Container& c) {
  if (c.base != nullptr && is_started_as_root(*c.base)) return {};
  if (const facts::Command* command = account_creation(*c.stage))
    return created_account(*command, c);
  if (c.base == nullptr) return {};
  if (c.base->users.empty()) return new_account(c);
  const std::string_view user = c.base->users.front();
  const std::string_view number = data::account_number(*c.base, user);
  return Plan{.user = std::string(number.empty() ? user : number)};
}

// What the container keeps, it will want to write.
static void add_volumes(std::span<const Instruction* const> behind, Plan& plan) {
  for (const Instruction* i : behind) {
    if (i->keyword != Keyword::volume) continue;
    for (const parse::dockerfile::Word& word : i->words)
      if (word.text.starts_with('/') && is_plain_path(word.text)) {
        plan.commands.push_back(concat({"mkdir -p ", word.text}));
        plan.commands.push_back(concat({"chown ", kNumber, ":", kNumber, " ", word.text}));
      }
  }
}

static std::string joined(const facts::Build& build, const Plan& plan) {
  const std::string separator =
      concat({" ", std::string_view(&build.tree->escape, 1), newline_of(*build.source), "    && "});
  std::string result;
  for (const std::string& command : plan.commands)
    result += concat({result.empty() ? std::string_view{} : std::string_view(separator), command});
  return result;
}

// Two RUNs in a row would be one too many where they are short: the commands go to the end of the
// one that is there. False: they can't.
static bool add_commands(const facts::Stage& stage, std::size_t at, const Plan& plan, Fix& fix,
                         std::string& lines) {
  const facts::Build& build = *stage.build;
  const std::string commands = joined(build, plan);
  const bool run_before = at > 0 && stage.instructions[at - 1]->keyword == Keyword::run;
  if (run_before) {
    const auto run =
        std::ranges::find(stage.runs, stage.instructions[at - 1], &facts::Run::instruction);
    if (run == stage.runs.end()) return false;
    if (std::optional<text::Edit> edit = appended(*run, commands)) {
      fix.edits.push_back(std::move(*edit));
      return true;
    }
    constexpr std::size_t kShort = 2;
    if (run->commands.size() <= kShort) return false;
  }
  lines = concat({"RUN ", commands, newline_of(*build.source)});
  return true;
}

static bool listens_below_1024(const facts::Container& c) {
  return std::ranges::any_of(c.ports.items, [](const facts::Fact<facts::Port>& port) {
    return port.known() && port.value.first < 1024;
  });
}

std::optional<Fix> end_as_another_user(const facts::Container& c) {
  if (c.build == nullptr || c.stage == nullptr || listens_below_1024(c)) return {};
  std::optional<Plan> plan = plan_for(c);
  if (!plan) return {};
  const facts::Stage& stage = *c.stage;
  const std::size_t at = end_of_steps(stage);
  Fix fix{.safety = Safety::changes_behaviour, .title = concat({"run as ", plan->user})};
  std::string lines;
  if (!plan->commands.empty()) {
    add_volumes(stage.instructions.subspan(at), *plan);
    if (!add_commands(stage, at, *plan, fix, lines)) return {};
  }
  if (plan->numbering) fix.edits.push_back(std::move(*plan->numbering));
  std::optional<text::Edit> edit = at_end_of_steps(stage, concat({lines, "USER ", plan->user}));
  // A USER right there would say nothing any more.
  const Instruction* last = at > 0 ? stage.instructions[at - 1] : nullptr;
  if (lines.empty() && last != nullptr && last->keyword == Keyword::user && last->words.size() == 1)
    edit = text::Edit{c.build->place(last->words.front().span), plan->user};
  if (!edit) return {};
  fix.edits.push_back(std::move(*edit));
  return fix;
}

}  // namespace plimsoll::rules::user
