// selinux-disabled: SELinux does not keep the container away from the host's files.
#include "facts/security.h"
#include "rules/rule.h"

namespace plimsoll::rules::runtime::selinux_disabled {

static constexpr Alias kAliases[] = {
    {"semgrep",
     "yaml.docker-compose.security.selinux-separation-disabled.selinux-separation-disabled"},
    {"compose-lint", "CL-0009"},
    {"cis", "5.3"},
};

static void check(const facts::Container& c, Findings& out) {
  const facts::Fact<bool> disabled = facts::selinux_disabled(c);
  if (!disabled.known() || !disabled.value) return;
  out.push_back({.where = disabled.where, .message = "SELinux does not confine the container"});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    security_opt:\n      - label:disable\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    security_opt:\n      - label=disable\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run --security-opt label=disable alpine:3.22\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    security_opt:\n      - "
             "label=type:container_runtime_t\n"},
    {.input = Input::run_line,
     .text = "docker run --security-opt label=type:svirt_apache_t alpine:3.22\n"},
};

extern constinit const Rule rule = described({
    .name = "selinux-disabled",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "SELinux is switched off for the container",
    .why = "On Fedora, Red Hat Enterprise Linux and their relatives the label is what keeps a "
           "process that broke\n"
           "out from the host's files and from other containers.",
    .remedy = "Leave the option out. If a mount can't be read, give the mount a label: `:z` or "
              "`:Z` behind it.",
    .source = "CIS Docker Benchmark 1.6, 5.3",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
    .option_remedy = OptionRemedy::remove,
});

}  // namespace plimsoll::rules::runtime::selinux_disabled
