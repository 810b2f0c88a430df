// zypper-without-yes: zypper stops to ask, and nobody is there to answer.
#include "facts/command.h"
#include "rules/packages/_rpm.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::zypper_without_yes {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3034"},
    {"tally", "hadolint/DL3034"},
    {"kics", "45e1fca5-f90e-465d-825f-c2cb63fa3944"},
    {"semgrep",
     "generic.dockerfile.missing-zypper-no-confirm-switch.missing-zypper-no-confirm-switch"},
};

static constexpr std::string_view kHadolintActions[] = {"install",        "in", "remove", "rm",
                                                        "source-install", "si", "patch"};

static void check(const facts::Command& command, Findings& out) {
  const std::size_t before = out.size();
  check_asking(command, {.aliases = kAliases, .hadolint_actions = kHadolintActions}, out);
  if (out.size() == before) return;
  // For hadolint `-n` says yes wherever it stands.
  if (command.has_short('n')) out.back().aliases &= without(kAliases, "hadolint");
  if (!in_last_stage(command)) out.back().aliases &= without(kAliases, "kics");
}

static constexpr std::string_view kNames[] = {"zypper"};

static constexpr Example kExamples[] = {
    {.text = "FROM opensuse/leap:15.6\nRUN zypper install httpd && zypper clean\n",
     .flagged = true,
     .fixed = "FROM opensuse/leap:15.6\nRUN zypper install -y httpd && zypper clean\n"},
    {.text = "FROM opensuse/leap:15.6\nRUN zypper install -y httpd && zypper clean\n"},
    {.text = "FROM opensuse/leap:15.6\nRUN zypper --non-interactive install httpd && zypper "
             "clean\n"},
};

extern constinit const Rule rule = described({
    .name = "zypper-without-yes",
    .severity = Severity::medium,
    .category = Category::reliability,
    .summary = "zypper may stop to ask a question",
    .why = "zypper asks before it installs, raises or removes anything. A build has no terminal, "
           "so nobody answers,\n"
           "and the build fails. `-n` counts before the command only: behind `install` it means "
           "`--name`.",
    .remedy = "Write `zypper --non-interactive install`, or `zypper install -y`.",
    .source = "zypper(8), \"--non-interactive\", \"--no-confirm\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::packages::zypper_without_yes
