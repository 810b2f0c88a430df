// seccomp-allows-dangerous-call: calls that lead out of containers are allowed without a condition.
#include "data/syscall.h"
#include "rules/daemon/_daemon.h"

namespace plimsoll::rules::daemon::seccomp_allows_dangerous_call {

static void check(const facts::Daemon& daemon, Findings& out) {
  if (daemon.seccomp == nullptr) return;
  for (const facts::SeccompRule& rule : daemon.seccomp->rules) {
    if (rule.action != "SCMP_ACT_ALLOW" || rule.has_conditions) continue;
    for (const facts::Fact<std::string_view>& name : rule.names)
      if (const data::DangerousSyscall* call = data::find_dangerous_syscall(name.value))
        out.push_back({.where = name.where,
                       .message = concat({call->name, " lets a container ", call->allows})});
  }
}

static constexpr File kBad1[] = {
    {"seccomp.json",
     "{ \"defaultAction\": \"SCMP_ACT_ERRNO\", \"architectures\": [\"SCMP_ARCH_X86_64\"],\n  "
     "\"syscalls\": [{ \"names\": [\"read\", \"bpf\"], \"action\": \"SCMP_ACT_ALLOW\" }] }\n"}};
static constexpr File kGood2[] = {
    {"seccomp.json",
     "{ \"defaultAction\": \"SCMP_ACT_ERRNO\", \"architectures\": [\"SCMP_ARCH_X86_64\"],\n  "
     "\"syscalls\": [{ \"names\": [\"read\"], \"action\": \"SCMP_ACT_ALLOW\" },\n    { \"names\": "
     "[\"bpf\"], \"action\": \"SCMP_ACT_ALLOW\", \"includes\": { \"caps\": [\"CAP_BPF\"] } }] "
     "}\n"}};

static constexpr Example kExamples[] = {
    {.input = Input::daemon, .files = kBad1, .flagged = true},
    {.input = Input::daemon, .files = kGood2},
};

extern constinit const Rule rule = described({
    .name = "seccomp-allows-dangerous-call",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Seccomp profile that allows a dangerous call",
    .why = "Docker's own profile ties these calls to capabilities that a container does not have "
           "by default. Allowed\n"
           "without a condition they are there for every program in it.",
    .remedy = "Take the name out, or tie it to a capability: `\"includes\": { \"caps\": "
              "[\"CAP_SYS_ADMIN\"] }`.",
    .source = "Docker, Seccomp security profiles, \"Significant syscalls blocked by the default "
              "profile\"",
    .examples = kExamples,
    .check = OnDaemon{check},
});

}  // namespace plimsoll::rules::daemon::seccomp_allows_dangerous_call
