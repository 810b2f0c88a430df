// dropped-supplementary-groups: USER names a group, so the groups that the account was put into
// don't count.
#include <algorithm>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/rule.h"
#include "text/source.h"

namespace plimsoll::rules::user::dropped_supplementary_groups {

static constexpr Alias kAliases[] = {
    {"tally", "tally/user-explicit-group-drops-supplementary-groups"}};

// The groups that the command puts an account into beside its own, as written; empty: none.
static std::string_view groups_of(const facts::Command& command) {
  const facts::Account& account = *command.account;
  if (command.name == "useradd" || command.name == "usermod")
    return command.option("-G", "--groups");
  // adduser USER GROUP, addgroup USER GROUP
  const bool membership = account.action == facts::Account::Action::change_user;
  return membership && command.words.back().known ? command.words.back().value : std::string_view{};
}

// True if the list, "docker,audio", has another group than this one.
static bool has_another(std::string_view groups, std::string_view group) {
  while (!groups.empty()) {
    const std::string_view one = groups.substr(0, groups.find(','));
    groups.remove_prefix(std::min(one.size() + 1, groups.size()));
    if (!one.empty() && one != group) return true;
  }
  return false;
}

// The command that puts the account into groups which `group` leaves out.
static const facts::Command* joins(const facts::Stage& stage, std::string_view user,
                                   std::string_view group) {
  for (const facts::Stage* s = &stage; s != nullptr; s = s->base.stage)
    for (const facts::Run& run : s->runs)
      for (const facts::Command& command : run.commands) {
        if (run.trigger || command.account == nullptr || user.empty()) continue;
        const facts::Account& account = *command.account;
        if ((account.name == user || account.uid == user) && has_another(groups_of(command), group))
          return &command;
      }
  return nullptr;
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    const facts::Fact<std::string_view>& user = stage.user;
    const std::size_t colon = user.known() ? user.value.find(':') : std::string_view::npos;
    if (colon == std::string_view::npos || user.origin != facts::Origin::written ||
        user.where.span.begin < stage.from->span.begin)
      continue;
    const std::string_view name = user.value.substr(0, colon), group = user.value.substr(colon + 1);
    const facts::Command* command = joins(stage, name, group);
    if (command == nullptr) continue;
    Finding finding{.where = user.where,
                    .message = concat({"with :", group, " the process is in no other group, so ",
                                       name, " loses ", groups_of(*command)}),
                    .related = {{command->place(), concat({name, " gets its groups here"})}}};
    const text::Span span = user.where.span;
    if (build.source->at(span) == user.value)
      finding.fix = Fix{
          .safety = Safety::changes_behaviour,
          .title = concat({"remove :", group}),
          .edits = {{build.place({span.begin + static_cast<std::uint32_t>(colon), span.end}), ""}}};
    out.push_back(std::move(finding));
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN useradd --groups audio,video app\nUSER app:app\n",
     .flagged = true,
     .fixed = "FROM debian:13\nRUN useradd --groups audio,video app\nUSER app\n"},
    {.text = "FROM debian:13\nRUN useradd --groups audio,video app\nUSER app\n"},
    {.text = "FROM debian:13\nRUN useradd app\nUSER app:app\n"},
};

extern constinit const Rule rule = described({
    .name = "dropped-supplementary-groups",
    .severity = Severity::medium,
    .category = Category::reliability,
    .summary = "USER with a group drops the account's other groups",
    .why = "`USER name` gives the process all groups that `/etc/group` lists for the account. "
           "`USER name:group` gives it that\n"
           "group alone, so the files and devices that the account was put into groups for are "
           "closed to it.",
    .remedy = "Write `USER name` without a group, or leave the groups out where they are not "
              "needed.",
    .source = "Dockerfile reference, USER",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::user::dropped_supplementary_groups
