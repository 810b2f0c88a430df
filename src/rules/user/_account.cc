// An account that is there already comes first: one that the Dockerfile creates, then the image's.
#include "rules/user/_account.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/concat.h"
#include "data/account_number.h"
#include "facts/user.h"
#include "rules/edits.h"
#include "rules/needs.h"
#include "rules/user/_ownership.h"

namespace plimsoll::rules::user {

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

static AccountPlan created_account(const facts::Command& command, const facts::Container& c) {
  const facts::Account& account = *command.account;
  if (is_digits(account.uid)) return {.user = std::string(account.uid)};
  const std::string_view option = number_option(command, c);
  if (option.empty()) return {.user = std::string(account.name)};
  const std::uint32_t at = command.place(command.words.front().raw).span.end;
  return {.user = std::string(kNewAccount),
          .numbering = inserted(*c.build, at, concat({option, kNewAccount}))};
}

// A container that is started as root because it gives the privilege up itself, or does nothing of
// its own, isn't changed: only what the Dockerfile says to start.
static std::optional<AccountPlan> new_account(const facts::Container& c) {
  const bool starts = (c.command.known() && c.command.origin == facts::Origin::written) ||
                      (c.entrypoint.known() && c.entrypoint.origin == facts::Origin::written);
  if (!starts) return {};
  using enum data::HasTool;
  if (data::has_tool(*c.base, "useradd") == yes && data::has_tool(*c.base, "groupadd") == yes)
    return AccountPlan{
        .user = std::string(kNewAccount),
        .commands = {concat({"groupadd --gid ", kNewAccount, " app"}),
                     concat({"useradd --no-log-init --uid ", kNewAccount,
                             " --gid app --create-home --shell /usr/sbin/nologin app"})}};
  if (c.base->family == data::Family::alpine && data::has_tool(*c.base, "adduser") == yes)
    return AccountPlan{
        .user = std::string(kNewAccount),
        .commands = {concat({"addgroup -g ", kNewAccount, " app"}),
                     concat({"adduser -D -u ", kNewAccount, " -G app -s /sbin/nologin app"})}};
  // Images without a shell: nothing can be created there, nor is it needed.
  if (c.base->shell.empty() && c.base->family != data::Family::windows)
    return AccountPlan{.user = concat({kNewAccount, ":", kNewAccount})};
  return {};
}

// Servers whose image starts them as root, to write where their own account can't. None unless it
// is known what that account has to be given.
static std::optional<AccountPlan> server_account(const facts::Container& c) {
  const data::ImageNeeds* needs = needs_of(c);
  if (needs == nullptr || needs->lowered.empty() || copies_key(*c.stage)) return {};
  return AccountPlan{.user = std::string(needs->lowered),
                     .scratch = {needs->scratch.begin(), needs->scratch.end()}};
}

static bool is_started_as_root(const data::BaseImage& image) {
  return image.repository == "nginx" || image.repository == "httpd";
}

std::optional<AccountPlan> account_for(const facts::Container& c) {
  if (c.base != nullptr && is_started_as_root(*c.base)) return server_account(c);
  if (const facts::Command* command = account_creation(*c.stage))
    return created_account(*command, c);
  if (c.base == nullptr) return {};
  if (c.base->users.empty()) return new_account(c);
  const std::string_view user = c.base->users.front();
  const std::string_view number = data::account_number(*c.base, user);
  return AccountPlan{.user = std::string(number.empty() ? user : number)};
}

}  // namespace plimsoll::rules::user
