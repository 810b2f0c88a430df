// seccomp-allows-by-default: system calls that the profile does not name are allowed.
#include "rules/daemon/_daemon.h"

namespace plimsoll::rules::daemon::seccomp_allows_by_default {

static void check(const facts::Daemon& daemon, Findings& out) {
  if (daemon.seccomp == nullptr) return;
  const facts::Fact<std::string_view>& action = daemon.seccomp->default_action;
  for (const std::string_view open : {"SCMP_ACT_ALLOW", "SCMP_ACT_LOG"})
    if (action.known() && action.value == open)
      out.push_back({.where = action.where,
                     .message = concat({"calls that are not named are allowed (", open, ")"})});
}

static constexpr File kBad1[] = {{"seccomp.json",
                                  "{ \"defaultAction\": \"SCMP_ACT_ALLOW\",\n  \"syscalls\": [{ "
                                  "\"names\": [\"mount\"], \"action\": \"SCMP_ACT_ERRNO\" }] }\n"}};
static constexpr File kBad2[] = {
    {"seccomp.json", "{ \"defaultAction\": \"SCMP_ACT_LOG\", \"syscalls\": [] }\n"}};
static constexpr File kGood3[] = {
    {"seccomp.json",
     "{ \"defaultAction\": \"SCMP_ACT_ERRNO\",\n  \"architectures\": [\"SCMP_ARCH_X86_64\"],\n  "
     "\"syscalls\": [{ \"names\": [\"read\"], \"action\": \"SCMP_ACT_ALLOW\" }] }\n"}};

static constexpr Example kExamples[] = {
    {.input = Input::daemon, .files = kBad1, .flagged = true},
    {.input = Input::daemon, .files = kBad2, .flagged = true},
    {.input = Input::daemon, .files = kGood3},
};

extern constinit const Rule rule = described({
    .name = "seccomp-allows-by-default",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "Seccomp profile that allows what it does not name",
    .why = "A list of what is forbidden is never complete: each kernel has new calls, and old ones "
           "have second names.\n"
           "`SCMP_ACT_LOG` is for finding out what a program needs, and keeps nothing out.",
    .remedy = "Begin with `\"defaultAction\": \"SCMP_ACT_ERRNO\"` and name what is allowed; "
              "Docker's own profile is a good start.",
    .source = "Docker, Seccomp security profiles; OCI runtime-spec, \"Seccomp\"",
    .examples = kExamples,
    .check = OnDaemon{check},
});

}  // namespace plimsoll::rules::daemon::seccomp_allows_by_default
