// apparmor-unconfined: the AppArmor profile is switched off.
#include "facts/security.h"
#include "rules/rule.h"
#include "rules/runtime/_options.h"

namespace plimsoll::rules::runtime::apparmor_unconfined {

static constexpr Alias kAliases[] = {
    {"compose-lint", "CL-0009"},
    {"cis", "5.2"},
};

static void check(const facts::Container& c, Findings& out) {
  const facts::Fact<std::string_view> profile = facts::apparmor_profile(c);
  if (!profile.known() || profile.value != "unconfined") return;
  out.push_back({.where = profile.where,
                 .message = "no AppArmor profile holds the container, whatever the host has",
                 .fix = without_option(c, profile.where)});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    security_opt:\n      - "
             "apparmor:unconfined\n",
     .flagged = true,
     .fixed = "services:\n  web:\n    image: nginx:1.27\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    security_opt:\n      - "
             "apparmor=unconfined\n    read_only: true\n",
     .flagged = true,
     .fixed = "services:\n  web:\n    image: nginx:1.27\n    read_only: true\n"},
    {.input = Input::run_line,
     .text = "docker run --security-opt apparmor=unconfined alpine:3.22\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    security_opt:\n      - "
             "apparmor=docker-default\n"},
    {.input = Input::run_line,
     .text = "docker run --security-opt apparmor=docker-default alpine:3.22\n"},
};

extern constinit const Rule rule = described({
    .name = "apparmor-unconfined",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "AppArmor profile is switched off",
    .why = "The profile `docker-default` forbids mounting and writing to most of /proc and /sys, "
           "even to a\n"
           "process that got the capabilities for it. Without it a single hole suffices.",
    .remedy = "Leave the option out, or name a profile that was written for this program.",
    .source = "CIS Docker Benchmark 1.6, 5.2",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
    .option_remedy = OptionRemedy::remove,
});

}  // namespace plimsoll::rules::runtime::apparmor_unconfined
