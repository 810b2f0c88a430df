// The tools that make and change users and groups.
// Sources: useradd(8), groupadd(8), usermod(8) of shadow; adduser(8) of Debian; busybox'
// loginutils/adduser.c.
#include <algorithm>

#include "facts/commands/kinds.h"
#include "facts/runs/runs.h"

namespace plimsoll::facts {
namespace {

using Action = Account::Action;
using Dialect = Account::Dialect;

constexpr std::string_view kShadowWords[] = {"add-subids-for-system",
                                             "base-dir",
                                             "comment",
                                             "expiredate",
                                             "gid",
                                             "groups",
                                             "home",
                                             "home-dir",
                                             "inactive",
                                             "key",
                                             "login",
                                             "password",
                                             "prefix",
                                             "root",
                                             "selinux-user",
                                             "shell",
                                             "skel",
                                             "uid"};
constexpr std::string_view kAdduserWords[] = {"comment", "conf", "firstgid", "firstuid", "gecos",
                                              "gid",     "home", "ingroup",  "lastgid",  "lastuid",
                                              "shell",   "skel", "uid"};
static_assert(std::ranges::is_sorted(kShadowWords));
static_assert(std::ranges::is_sorted(kAdduserWords));

struct Tool {
  std::string_view name;
  Action action;
  Dialect dialect;
  Options options;
};
constexpr Tool kTools[] = {
    {"addgroup",
     Action::add_group,
     Dialect::busybox_or_debian,
     {.letters = "g", .words = kAdduserWords}},
    {"adduser",
     Action::add_user,
     Dialect::busybox_or_debian,
     {.letters = "hgsGuk", .words = kAdduserWords}},
    {"chpasswd", Action::set_password, Dialect::shadow, {.letters = "csR", .words = kShadowWords}},
    {"groupadd", Action::add_group, Dialect::shadow, {.letters = "gKpRP", .words = kShadowWords}},
    {"passwd", Action::set_password, Dialect::shadow, {.letters = "inrRwx", .words = kShadowWords}},
    {"useradd",
     Action::add_user,
     Dialect::shadow,
     {.letters = "bcdefgGkKpRPsuZ", .words = kShadowWords}},
    {"usermod",
     Action::change_user,
     Dialect::shadow,
     {.letters = "cdefgGlpRPsuvVwWZ", .words = kShadowWords}},
};

// Values that can't be known are not said.
std::string_view known_value(const Argument& argument) {
  return argument.value_known ? argument.value : std::string_view{};
}

void read_option(Account& account, const Argument& argument, std::string_view tool) {
  if (argument.is("u", "uid")) account.uid = known_value(argument);
  // In adduser, -g is the GECOS text and -G the group.
  if (argument.is("", "gid") || argument.is("", "ingroup")) account.gid = known_value(argument);
  if (argument.is("g", "") && tool != "adduser") account.gid = known_value(argument);
  if (argument.is("G", "") && tool == "adduser") account.gid = known_value(argument);
  if (argument.is("l", "no-log-init") && tool == "useradd") account.no_log_init = true;
}

}  // namespace

void describe_account(Command& command, Describing& to) {
  const auto tool = std::ranges::lower_bound(kTools, command.name, {}, &Tool::name);
  Account account{.action = tool->action, .dialect = tool->dialect};
  const parse::shell::Word* first = nullptr;
  const parse::shell::Word* last = nullptr;
  Arguments arguments(command.words.subspan(1), tool->options);
  Argument argument;
  while (arguments.next(argument)) {
    if (argument.kind != Argument::Kind::operand) {
      read_option(account, argument, tool->name);
      continue;
    }
    if (first == nullptr) first = argument.at;
    last = argument.at;
  }
  // adduser USER GROUP puts one into the other.
  const bool membership = tool->dialect == Dialect::busybox_or_debian && first != last;
  if (membership) account.action = Action::change_user;
  const parse::shell::Word* name = membership ? first : last;
  if (name != nullptr && name->known) account.name = name->value;
  command.account = to.arena.make(account);
}

}  // namespace plimsoll::facts
