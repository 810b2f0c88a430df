// unconfined-engine-default: all containers run without a seccomp filter.
#include "rules/daemon/_daemon.h"

namespace plimsoll::rules::daemon::unconfined_engine_default {

static constexpr Alias kAliases[] = {{"docker-bench", "2.17"}, {"cis", "2.17"}};

static void check(const facts::Daemon& daemon, Findings& out) {
  if (!is_engine(daemon)) return;
  const facts::DaemonSetting* setting = daemon.find("seccomp-profile");
  if (setting != nullptr && setting->value == "unconfined")
    out.push_back(
        {.where = setting->where, .message = "no container of this engine has a seccomp filter"});
}

static constexpr Example kExamples[] = {
    {.input = Input::daemon, .text = "{ \"seccomp-profile\": \"unconfined\" }\n", .flagged = true},
    {.input = Input::daemon, .text = "{ \"seccomp-profile\": \"/etc/docker/seccomp.json\" }\n"},
    {.input = Input::daemon, .text = "{ \"seccomp-profile\": \"builtin\" }\n"},
};

extern constinit const Rule rule = described({
    .name = "unconfined-engine-default",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "Engine runs all containers without seccomp",
    .why = "The filter keeps some 50 system calls from containers, among them those that most "
           "escapes needed. Without\n"
           "it each container reaches all of the kernel.",
    .remedy = "Remove the key: the engine's own profile holds then. Loosen it for the one "
              "container that needs more, by `--security-opt seccomp=FILE`.",
    .source = "CIS Docker Benchmark 1.6, 2.17; Docker, Seccomp security profiles",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnDaemon{check},
});

}  // namespace plimsoll::rules::daemon::unconfined_engine_default
