// unpinned-yum-packages: yum installs a package without saying which version.
#include "facts/command.h"
#include "rules/packages/_rpm.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::unpinned_yum_packages {

static constexpr Alias kAliases[] = {{"hadolint", "DL3033"},
                                     {"kics", "6452c424-1d92-4deb-bb18-a03e95d579c4"}};

static void check(const facts::Command& command, Findings& out) {
  check_unpinned_rpms(command, kAliases, out);
}

static constexpr std::string_view kNames[] = {"yum"};

static constexpr Example kExamples[] = {
    {.text = "FROM centos:7\nRUN yum install -y httpd java-11-openjdk && yum clean all\n",
     .flagged = true},
    {.text = "FROM centos:7\nRUN yum install -y httpd-2.4.6-97.el7 ./local.rpm && yum clean "
             "all\n"},
    {.text = "FROM centos:7\nRUN yum groupinstall -y 'Development Tools' && yum clean all\n"},
};

extern constinit const Rule rule = described({
    .name = "unpinned-yum-packages",
    .severity = Severity::low,
    .category = Category::reproducibility,
    .preset = Preset::strict,
    .summary = "yum installs packages of no stated version",
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

}  // namespace plimsoll::rules::packages::unpinned_yum_packages
