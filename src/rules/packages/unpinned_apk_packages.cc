// unpinned-apk-packages: apk installs a package without saying which version.
#include "base/concat.h"
#include "facts/command.h"
#include "rules/packages/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::unpinned_apk_packages {

static constexpr Alias kAliases[] = {{"hadolint", "DL3018"},
                                     {"kics", "d3499f6d-1651-41bb-a9a7-de925fea487b"}};

// `curl=8.14.1-r2`, `curl~8.14`, `curl>8`, `./local.apk`
static bool stated(std::string_view word) {
  return word.find_first_of("=~<>") != std::string_view::npos || word.ends_with(".apk");
}

static void check(const facts::Command& command, Findings& out) {
  const facts::PackageCall* call = command.packages;
  if (call == nullptr || call->action != facts::PackageAction::install) return;
  const Unpinned found = unpinned(command, stated);
  if (found.names.empty()) return;
  out.push_back({.where = found.where,
                 .message = concat({"apk add names ", listed(found.names), " without a version"})});
}

static constexpr std::string_view kNames[] = {"apk"};

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nRUN apk add --no-cache curl\n", .flagged = true},
    {.text = "FROM alpine:3.22\nRUN apk add --no-cache -t .build-deps gcc=14.2.0-r6 make~4.4\n"},
};

extern constinit const Rule rule = described({
    .name = "unpinned-apk-packages",
    .severity = Severity::low,
    .category = Category::reproducibility,
    .preset = Preset::strict,
    .summary = "apk installs packages of no stated version",
    .why = "The same Dockerfile gives another image tomorrow, so a build that worked can't be "
           "repeated.\n"
           "Alpine keeps one version of a package in a release's repository; "
           "`package~=major.minor` survives its rebuilds.",
    .remedy = "Write `package=version`, or `package~=version` to accept rebuilds and fixes of that "
              "version.",
    .source = "Alpine wiki, Alpine Package Keeper, \"Package pinning\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::packages::unpinned_apk_packages
