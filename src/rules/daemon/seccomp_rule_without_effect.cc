// seccomp-rule-without-effect: a rule that names no call, or no action that there is.
#include "rules/daemon/_daemon.h"

namespace plimsoll::rules::daemon::seccomp_rule_without_effect {

static bool is_action(std::string_view action) {
  for (const std::string_view known :
       {"SCMP_ACT_ALLOW", "SCMP_ACT_ERRNO", "SCMP_ACT_KILL", "SCMP_ACT_KILL_PROCESS",
        "SCMP_ACT_KILL_THREAD", "SCMP_ACT_LOG", "SCMP_ACT_NOTIFY", "SCMP_ACT_TRACE",
        "SCMP_ACT_TRAP"})
    if (action == known) return true;
  return false;
}

static void check(const facts::Daemon& daemon, Findings& out) {
  if (daemon.seccomp == nullptr) return;
  for (const facts::SeccompRule& rule : daemon.seccomp->rules) {
    if (rule.names.empty())
      out.push_back({.where = rule.where, .message = "the rule names no system call"});
    else if (!is_action(rule.action))
      out.push_back({.where = rule.where,
                     .message = rule.action.empty()
                                    ? std::string("the rule has no action")
                                    : concat({"there is no action ", rule.action})});
    for (const facts::Fact<std::string_view>& name : rule.names)
      if (name.value.empty())
        out.push_back({.where = name.where, .message = "the name of a system call is empty"});
  }
}

static constexpr File kBad1[] = {{"seccomp.json",
                                  "{ \"defaultAction\": \"SCMP_ACT_ERRNO\", \"architectures\": "
                                  "[\"SCMP_ARCH_X86_64\", \"SCMP_ARCH_X86\"],\n  \"syscalls\": [{ "
                                  "\"names\": [], \"action\": \"SCMP_ACT_ALLOW\" }] }\n"}};
static constexpr File kBad2[] = {{"seccomp.json",
                                  "{ \"defaultAction\": \"SCMP_ACT_ERRNO\", \"architectures\": "
                                  "[\"SCMP_ARCH_X86_64\", \"SCMP_ARCH_X86\"],\n  \"syscalls\": [{ "
                                  "\"names\": [\"read\"], \"action\": \"ALLOW\" }] }\n"}};
static constexpr File kGood3[] = {{"seccomp.json",
                                   "{ \"defaultAction\": \"SCMP_ACT_ERRNO\", \"architectures\": "
                                   "[\"SCMP_ARCH_X86_64\", \"SCMP_ARCH_X86\"],\n  \"syscalls\": [{ "
                                   "\"names\": [\"read\"], \"action\": \"SCMP_ACT_ALLOW\" }] }\n"}};

static constexpr Example kExamples[] = {
    {.input = Input::daemon, .files = kBad1, .flagged = true},
    {.input = Input::daemon, .files = kBad2, .flagged = true},
    {.input = Input::daemon, .files = kGood3},
};

extern constinit const Rule rule = described({
    .name = "seccomp-rule-without-effect",
    .severity = Severity::medium,
    .category = Category::reliability,
    .summary = "Seccomp rule that does nothing or is refused",
    .why = "The engine refuses a profile with an empty name or an unknown action when the "
           "container starts; a rule\n"
           "without names is read and does nothing.",
    .remedy = "Name the system calls, and one of the actions of libseccomp.",
    .source = "OCI runtime-spec, \"Seccomp\"; moby/profiles, seccomp",
    .examples = kExamples,
    .check = OnDaemon{check},
});

}  // namespace plimsoll::rules::daemon::seccomp_rule_without_effect
