// unpinned-dnf-packages: dnf installs a package without saying which version.
#include "facts/command.h"
#include "rules/packages/_rpm.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::unpinned_dnf_packages {

static constexpr Alias kAliases[] = {{"hadolint", "DL3041"},
                                     {"kics", "93d88cf7-f078-46a8-8ddc-178e03aeacf1"}};

static void check(const facts::Command& command, Findings& out) {
  const std::size_t before = out.size();
  check_unpinned_rpms(command, kAliases, out);
  if (out.size() > before && !hadolint_knows_dnf(command.name))
    out.back().aliases &= without(kAliases, "hadolint");
}

static constexpr std::string_view kNames[] = {"dnf", "dnf5", "microdnf", "tdnf"};

static constexpr Example kExamples[] = {
    {.text = "FROM fedora:43\nRUN dnf install -y httpd && dnf clean all\n", .flagged = true},
    {.text = "FROM rockylinux:9\nRUN dnf module install -y nodejs && dnf clean all\n",
     .flagged = true},
    {.text = "FROM fedora:43\nRUN dnf install -y httpd-2.4.65 tomcat-$VERSION && dnf clean all\n"},
    {.text = "FROM rockylinux:9\nRUN dnf module install -y nodejs:18 && dnf clean all\n"},
};

extern constinit const Rule rule = described({
    .name = "unpinned-dnf-packages",
    .severity = Severity::low,
    .category = Category::reproducibility,
    .preset = Preset::strict,
    .summary = "dnf installs packages of no stated version",
    .why = "The same Dockerfile gives another image tomorrow, so a build that worked can't be "
           "repeated.\n"
           "The repositories of a release keep its old versions for a while only: a pinned version "
           "lasts as long as they do.",
    .remedy = "Write `package-version`; `package-version-*` accepts rebuilds of that version.",
    .source =
        "dnf(8), \"Specifying packages\"; Docker, Building best practices, \"Version pinning\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::packages::unpinned_dnf_packages
