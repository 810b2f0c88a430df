// What the rules of yum, dnf and zypper share.
#pragma once
#include <span>
#include <string_view>

#include "facts/command.h"
#include "rules/packages/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages {

/// Reports the packages of an install of yum, dnf or microdnf that state no version.
void check_unpinned_rpms(const facts::Command& command, std::span<const Alias> aliases,
                         Findings& out);

/// hadolint knows two of the programs of dnf's kind.
constexpr bool hadolint_knows_dnf(std::string_view program) {
  return program == "dnf" || program == "microdnf";
}

/// Reports a call that asks whether to go on; `hadolint_actions` are those that hadolint looks at.
struct Asking {
  std::span<const Alias> aliases;
  std::span<const std::string_view> hadolint_actions;
};
void check_asking(const facts::Command& command, const Asking& asking, Findings& out);

}  // namespace plimsoll::rules::packages
