// yum-without-yes: yum stops to ask, and nobody is there to answer.
#include "facts/command.h"
#include "rules/packages/_rpm.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::yum_without_yes {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3030"},
    {"tally", "hadolint/DL3030"},
    {"kics", "6e19193a-8753-436d-8a09-76dcff91bb03"},
    {"semgrep",
     "dockerfile.best-practice.missing-yum-assume-yes-switch.missing-yum-assume-yes-switch"},
};

static constexpr std::string_view kHadolintActions[] = {"install", "groupinstall", "localinstall"};

static void check(const facts::Command& command, Findings& out) {
  check_asking(command, {.aliases = kAliases, .hadolint_actions = kHadolintActions}, out);
}

static constexpr std::string_view kNames[] = {"yum"};

static constexpr Example kExamples[] = {
    {.text = "FROM centos:7\nRUN yum install httpd && yum clean all\n",
     .flagged = true,
     .fixed = "FROM centos:7\nRUN yum install -y httpd && yum clean all\n"},
    {.text = "FROM centos:7\nRUN [\"yum\", \"install\", \"httpd\"]\n",
     .flagged = true,
     .fixed = "FROM centos:7\nRUN [\"yum\", \"install\", \"-y\", \"httpd\"]\n"},
    {.text = "FROM centos:7\nRUN yum -y install httpd && yum clean all\n"},
    {.text = "FROM centos:7\nRUN yes | yum install httpd && yum clean all\n"},
};

extern constinit const Rule rule = described({
    .name = "yum-without-yes",
    .severity = Severity::medium,
    .category = Category::reliability,
    .summary = "yum may stop to ask a question",
    .why = "yum asks before it installs, raises or removes anything. A build has no terminal, so "
           "the answer is no:\n"
           "yum ends with \"Exiting on user command\", and the build fails.",
    .remedy = "Add `-y`.",
    .source = "yum(8), \"-y, --assumeyes\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::packages::yum_without_yes
