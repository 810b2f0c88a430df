// dnf-without-yes: dnf stops to ask, and nobody is there to answer.
#include "base/concat.h"
#include "facts/command.h"
#include "rules/packages/_rpm.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::dnf_without_yes {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3038"},
    {"tally", "hadolint/DL3038"},
    {"kics", "7ebd323c-31b7-4e5b-b26f-de5e9e477af8"},
    {"semgrep",
     "dockerfile.best-practice.missing-dnf-assume-yes-switch.missing-dnf-assume-yes-switch"},
};

static constexpr std::string_view kHadolintActions[] = {"install", "groupinstall", "localinstall"};

static void check(const facts::Command& command, Findings& out) {
  const std::size_t before = out.size();
  check_asking(command, {.aliases = kAliases, .hadolint_actions = kHadolintActions}, out);
  if (out.size() == before) return;
  if (!hadolint_knows_dnf(command.name)) out.back().aliases &= without(kAliases, "hadolint");
  if (command.name != "microdnf") return;
  // The first microdnf never asks; in newer Fedoras it is another name of dnf5, which does.
  out.back().severity = Severity::low;
  out.back().message = concat({"microdnf ", command.packages->action_text,
                               " asks where microdnf is dnf5, and a build can't answer"});
}

static constexpr std::string_view kNames[] = {"dnf", "dnf5", "microdnf", "tdnf"};

static constexpr Example kExamples[] = {
    {.text = "FROM fedora:43\nRUN dnf install httpd && dnf clean all\n",
     .flagged = true,
     .fixed = "FROM fedora:43\nRUN dnf install -y httpd && dnf clean all\n"},
    {.text = "FROM fedora:43\nRUN dnf -y install httpd && dnf clean all\n"},
    {.text = "FROM fedora:43\nRUN dnf install --setopt=assumeyes=1 httpd && dnf clean all\n"},
};

extern constinit const Rule rule = described({
    .name = "dnf-without-yes",
    .severity = Severity::medium,
    .category = Category::reliability,
    .summary = "dnf may stop to ask a question",
    .why = "dnf asks before it installs, raises or removes anything. A build has no terminal, so "
           "the answer is no:\n"
           "dnf ends with \"Operation aborted\", and the build fails.",
    .remedy = "Add `-y`.",
    .source = "dnf(8), \"-y, --assumeyes\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::packages::dnf_without_yes
