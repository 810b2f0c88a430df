// unpinned-apt-packages: apt installs a package without saying which version.
#include "base/concat.h"
#include "facts/command.h"
#include "rules/packages/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::unpinned_apt_packages {

static constexpr Alias kAliases[] = {{"hadolint", "DL3008"},
                                     {"kics", "965a08d7-ef86-4f14-8792-4a3b2098937e"}};

// `curl=7.88.1-10`, `curl/bookworm`, `./local.deb`
static bool stated(std::string_view word) {
  return word.find_first_of("=/") != std::string_view::npos || word.ends_with(".deb");
}

static void check(const facts::Command& command, Findings& out) {
  const facts::PackageCall* call = command.packages;
  if (call == nullptr || call->manager != facts::Manager::apt ||
      call->action != facts::PackageAction::install)
    return;
  const Unpinned found = unpinned(command, stated);
  if (found.names.empty()) return;
  out.push_back({.where = found.where,
                 .message = concat(
                     {command.name, " install names ", listed(found.names), " without a version"}),
                 .aliases = command.name == "apt-get" ? ~0U : 0U});
}

static constexpr std::string_view kNames[] = {"apt-get", "apt", "aptitude"};

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN apt-get update && apt-get install -y --no-install-recommends "
             "curl git\n",
     .flagged = true},
    {.text = "FROM debian:13\nRUN buildDeps='gcc make'; apt-get install -y $buildDeps\n",
     .flagged = true},
    {.text = "FROM debian:13\nRUN apt-get install -y curl=8.14.1-2 git/trixie ./local.deb\n"},
    {.text = "FROM debian:13\nARG EXTRA\nRUN apt-get install -y $EXTRA\n"},
};

extern constinit const Rule rule = described({
    .name = "unpinned-apt-packages",
    .severity = Severity::low,
    .category = Category::reproducibility,
    .preset = Preset::strict,
    .summary = "apt installs packages of no stated version",
    .why = "The same Dockerfile gives another image tomorrow, so a build that worked can't be "
           "repeated.\n"
           "Debian's archive drops old versions, however: a pinned version lasts only as long as "
           "the archive keeps it.\n"
           "Pinning works best with a dated archive such as `snapshot.debian.org`.",
    .remedy =
        "Write `package=version`, or point apt at a snapshot of the archive and disable this rule.",
    .source = "Docker, Building best practices, \"Version pinning\"; https://snapshot.debian.org",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::packages::unpinned_apt_packages
