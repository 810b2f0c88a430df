// unpinned-zypper-packages: zypper installs a package without saying which version.
#include "base/concat.h"
#include "facts/command.h"
#include "rules/packages/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::unpinned_zypper_packages {

static constexpr Alias kAliases[] = {{"hadolint", "DL3037"},
                                     {"kics", "562952e4-0348-4dea-9826-44f3a2c6117b"}};

// `httpd=2.4.58`, `'httpd>=2.4'`, `./local.rpm`, `pattern:devel_basis`, `!not-this`, `-not-this`
static bool stated(std::string_view word) {
  constexpr std::string_view kKinds[] = {"pattern:", "patch:", "product:", "srcpackage:"};
  for (std::string_view kind : kKinds)
    if (word.starts_with(kind)) return true;
  return word.find_first_of("=<>") != std::string_view::npos || word.ends_with(".rpm") ||
         word.find('/') != std::string_view::npos || word.starts_with('!') ||
         word.starts_with('-') || word.starts_with('~');
}

static void check(const facts::Command& command, Findings& out) {
  const facts::PackageCall* call = command.packages;
  if (call == nullptr || call->action != facts::PackageAction::install) return;
  const Unpinned found = unpinned(command, stated);
  if (found.names.empty()) return;
  out.push_back({.where = found.where,
                 .message = concat({"zypper ", call->action_text, " names ", listed(found.names),
                                    " without a version"})});
}

static constexpr std::string_view kNames[] = {"zypper"};

static constexpr Example kExamples[] = {
    {.text = "FROM opensuse/leap:15.6\nRUN zypper -n install httpd && zypper clean\n",
     .flagged = true},
    {.text = "FROM opensuse/leap:15.6\nRUN zypper -n install httpd=2.4.58 'php8>=8.0' && zypper "
             "clean\n"},
    {.text = "FROM opensuse/leap:15.6\nRUN zypper -n install -t pattern devel_basis && zypper "
             "clean\n"},
};

extern constinit const Rule rule = described({
    .name = "unpinned-zypper-packages",
    .severity = Severity::low,
    .category = Category::reproducibility,
    .preset = Preset::strict,
    .summary = "zypper installs packages of no stated version",
    .why = "The same Dockerfile gives another image tomorrow, so a build that worked can't be "
           "repeated.\n"
           "The repositories of a release keep its old versions for a while only: a pinned version "
           "lasts as long as they do.",
    .remedy = "Write `package=version`, or `'package>=version'` where a lower bound is enough.",
    .source = "zypper(8), \"install\"; Docker, Building best practices, \"Version pinning\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::packages::unpinned_zypper_packages
