// What the rules of yum, dnf and zypper share.
#include "rules/packages/_rpm.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/concat.h"
#include "facts/rpm.h"

namespace plimsoll::rules::packages {

// `httpd-2.4.6`, `openssl-1:1.1.1k-6.el8`, `httpd = 2.4.6`, `nodejs:18` of a module, a group, a
// file.
static bool stated(std::string_view word) {
  if (word.starts_with('@') || word.ends_with(".rpm") || word.starts_with('/') ||
      word.starts_with("./") || word.find("://") != std::string_view::npos)
    return true;
  const bool stream =
      word.find(':') != std::string_view::npos && word.find('(') == std::string_view::npos;
  return stream || !facts::split_rpm_name(word).version.empty();
}

// hadolint takes what is behind the first hyphen for a version as soon as one part of it starts
// with a digit: java-1.8.0-openjdk.
static bool stated_for_hadolint(std::string_view word) {
  if (stated(word)) return true;
  for (std::size_t at = word.find('-'); at != std::string_view::npos; at = word.find('-', at + 1))
    if (at + 1 < word.size() && is_digit(word[at + 1])) return true;
  return false;
}

void check_unpinned_rpms(const facts::Command& command, std::span<const Alias> aliases,
                         Findings& out) {
  const facts::PackageCall* call = command.packages;
  if (call == nullptr || call->action != facts::PackageAction::install) return;
  const Unpinned found = unpinned(command, stated);
  if (found.names.empty()) return;
  const bool hadolint =
      call->action_text == "install" && !unpinned(command, stated_for_hadolint).names.empty();
  out.push_back({.where = found.where,
                 .message = concat({command.name, " ", call->action_text, " names ",
                                    listed(found.names), " without a version"}),
                 .aliases = hadolint ? ~0U : without(aliases, "hadolint")});
}

void check_asking(const facts::Command& command, const Asking& asking, Findings& out) {
  const facts::PackageCall* call = command.packages;
  if (call == nullptr || call->assume_yes || !may_ask(command) || answered(command)) return;
  if (command.has("--assumeno") || command.has("--dry-run") || command.has("--help")) return;
  const bool hadolint = std::ranges::find(asking.hadolint_actions, call->action_text) !=
                        asking.hadolint_actions.end();
  Fix fix{.safety = Safety::safe, .title = "add -y", .edits = {behind_action(command, " -y")}};
  out.push_back({.where = command.place(call->action_span),
                 .message = concat(
                     {command.name, " ", call->action_text, " may ask, and a build can't answer"}),
                 .aliases = hadolint ? ~0U : without(asking.aliases, "hadolint"),
                 .fix = std::move(fix)});
}

}  // namespace plimsoll::rules::packages
