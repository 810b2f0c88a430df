// A fix that the user rules share: the shipped stage ends as an account other than root.
#include "rules/user/_fix.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/concat.h"
#include "rules/edits.h"
#include "rules/user/_account.h"
#include "rules/user/_ownership.h"
#include "rules/user/_program.h"

namespace plimsoll::rules::user {

using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;

// What the container keeps, it will want to write.
static void add_volumes(std::span<const Instruction* const> behind, AccountPlan& plan) {
  for (const Instruction* i : behind) {
    if (i->keyword != Keyword::volume) continue;
    for (const parse::dockerfile::Word& word : i->words)
      if (word.text.starts_with('/') && is_plain_path(word.text)) {
        plan.commands.push_back(concat({"mkdir -p ", word.text}));
        plan.commands.push_back(concat({"chown ", kNewAccount, ":", kNewAccount, " ", word.text}));
      }
  }
}

static std::string joined(const facts::Build& build, const AccountPlan& plan) {
  const std::string separator =
      concat({" ", std::string_view(&build.tree->escape, 1), newline_of(*build.source), "    && "});
  std::string result;
  for (const std::string& command : plan.commands)
    result += concat({result.empty() ? std::string_view{} : std::string_view(separator), command});
  return result;
}

// Two RUNs in a row would be one too many where they are short: the commands go to the end of the
// one that is there. False: they can't.
static bool add_commands(const facts::Stage& stage, std::size_t at, const AccountPlan& plan,
                         Fix& fix, std::string& lines) {
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

// The engine opens these ports to all accounts of a container, but most servers that listen there
// count on being root in other ways, too. Source: Docker Engine 20.10 release notes,
// net.ipv4.ip_unprivileged_port_start.
static bool may_listen_below_1024(const facts::Container& c, const AccountPlan& plan) {
  return !plan.scratch.empty() ||
         (c.entrypoint.known() && is_runner(main_program(c.entrypoint.value))) ||
         (!c.entrypoint.known() && c.command.known() && is_runner(main_program(c.command.value)));
}

std::optional<Fix> end_as_another_user(const facts::Container& c) {
  if (c.build == nullptr || c.stage == nullptr) return {};
  std::optional<AccountPlan> plan = account_for(c);
  if (!plan) return {};
  const facts::Stage& stage = *c.stage;
  const std::size_t at = end_of_steps(stage);
  Fix fix{.safety = Safety::changes_behaviour, .title = concat({"run as ", plan->user})};
  if (listens_below_1024(c)) {
    if (!may_listen_below_1024(c, *plan)) return {};
    fix.title += ", to whom Docker opens ports below 1024";
  }
  const std::optional<std::vector<std::string>> given = giving_to(c, plan->user, plan->scratch);
  if (!given) return {};
  if (!plan->commands.empty()) add_volumes(stage.instructions.subspan(at), *plan);
  plan->commands.insert(plan->commands.end(), given->begin(), given->end());
  std::string lines;
  if (!plan->commands.empty() && !add_commands(stage, at, *plan, fix, lines)) return {};
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
