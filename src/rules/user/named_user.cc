// named-user: USER states a name, of which Kubernetes can't tell that it isn't root.
#include <algorithm>
#include <map>
#include <vector>

#include "base/ascii.h"
#include "base/concat.h"
#include "data/account_number.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::user::named_user {

using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;

static constexpr Alias kAliases[] = {{"hadolint", "DL3066"}};

// True if an ARG before the instruction stands in the text: whoever builds may give a number.
static bool uses_argument(const facts::Build& build, const Instruction& user,
                          std::string_view text) {
  for (const Instruction& instruction : build.tree->instructions) {
    if (&instruction == &user) return false;
    if (instruction.keyword != Keyword::arg) continue;
    for (const parse::dockerfile::Pair& pair : instruction.pairs)
      if (text.find(concat({"$", pair.key})) != std::string_view::npos ||
          text.find(concat({"${", pair.key, "}"})) != std::string_view::npos)
        return true;
  }
  return false;
}

// Only the shipped container's last USER is asked for; of root there is more to say than that.
static bool matters(const facts::Build& build, text::Place where, std::string_view name) {
  return build.target != nullptr && build.target->user.where == where && name != "root";
}

// The numbers of accounts, as the commands of a stage give them; empty: another one by now.
using Numbers = std::map<std::string_view, std::string_view>;

static void add_accounts(const facts::Run& run, Numbers& numbers) {
  using Action = facts::Account::Action;
  for (const facts::Command& command : run.commands) {
    const facts::Account* account = command.account;
    if (account == nullptr || account->name.empty()) continue;
    if (account->action == Action::add_user)
      numbers[account->name] = is_digits(account->uid) ? account->uid : std::string_view{};
    if (account->action == Action::change_user && !command.option("u", "uid").empty())
      numbers[account->name] = {};
  }
}

// By stage: those of the stages that it is built from count too, to some depth, and what is known
// of the image at the root.
static std::string_view number_of(const facts::Stage& stage, std::span<const Numbers> by_stage,
                                  std::string_view name) {
  if (name == "root") return "0";
  constexpr int kDepth = 8;
  const facts::Stage* s = &stage;
  for (int i = 0; i < kDepth && s != nullptr; ++i, s = s->base.stage) {
    const Numbers& numbers = by_stage[s->index];
    if (const auto found = numbers.find(name); found != numbers.end()) return found->second;
  }
  const data::BaseImage* image = stage.root->facts;
  const bool known = s == nullptr && image != nullptr &&
                     std::ranges::find(image->users, name) != image->users.end();
  return known ? data::account_number(*image, name) : std::string_view{};
}

static void check(const facts::Build& build, Findings& out) {
  std::vector<Numbers> by_stage(build.stages.size());
  for (const facts::Stage& stage : build.stages) {
    auto run = stage.runs.begin();
    for (const Instruction* instruction : stage.instructions) {
      for (; run != stage.runs.end() && run->instruction->span.begin < instruction->span.begin;
           ++run)
        if (!run->trigger) add_accounts(*run, by_stage[stage.index]);
      if (instruction->keyword != Keyword::user || instruction->rest.empty()) continue;
      const std::string_view text = instruction->rest;
      std::string_view name = text.substr(0, text.find(':'));
      if (name.size() >= 2 && name.front() == '"')
        name = name.substr(1, name.size() - (name.ends_with('"') ? 2 : 1));
      if (name.empty() || is_digits(name) || uses_argument(build, *instruction, name)) continue;
      const text::Place where = build.place(instruction->joined.where(text));
      out.push_back({.where = where,
                     .message = concat({"USER ", text, " is a name, not a number",
                                        name == "root" ? "" : ", so it may be root's"}),
                     .severity = matters(build, where, name) ? Severity::low : Severity::info});
      const std::string_view number = number_of(stage, by_stage, name);
      if (number.empty() || !text.starts_with(name)) continue;
      const std::uint32_t end = where.span.begin + static_cast<std::uint32_t>(name.size());
      out.back().fix = Fix{.title = concat({"write the number of ", name}),
                           .edits = {{build.place({where.span.begin, end}), std::string(number)}}};
    }
    for (; run != stage.runs.end(); ++run)
      if (!run->trigger) add_accounts(*run, by_stage[stage.index]);
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM node:22-alpine\nUSER node\n",
     .flagged = true,
     .fixed = "FROM node:22-alpine\nUSER 1000\n"},
    {.text = "FROM debian:13\nRUN useradd --uid 2000 app\nUSER app:staff\n",
     .flagged = true,
     .fixed = "FROM debian:13\nRUN useradd --uid 2000 app\nUSER 2000:staff\n"},
    {.text = "FROM debian:13\nRUN useradd app\nUSER app\n", .flagged = true},
    {.text = "FROM node:22-alpine\nUSER 1000:1000\n"},
    {.text = "FROM node:22-alpine\nUSER 1000:node\n"},
    {.text = "FROM node:22-alpine\nARG UID=1000\nUSER ${UID}\n"},
};

extern constinit const Rule rule = described({
    .name = "named-user",
    .severity = Severity::low,
    .category = Category::reliability,
    .preset = Preset::strict,
    .summary = "USER is a name, not a number",
    .why = "Kubernetes' `runAsNonRoot` refuses to start a container whose user is a name, since "
           "only the image's\n"
           "`/etc/passwd` says which number it is. A `USER` that the container doesn't end with is "
           "only reported as information.",
    .remedy = "State the number (`USER 1000`); a comment can name the user.",
    .source = "Kubernetes, Configure a Security Context, runAsNonRoot",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::user::named_user
