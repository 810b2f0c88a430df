// shared-namespace-by-default: containers share a namespace with the host or each other unless they
// say otherwise.
#include "rules/daemon/_daemon.h"

namespace plimsoll::rules::daemon::shared_namespace_by_default {

static void check(const facts::Daemon& daemon, Findings& out) {
  if (!is_engine(daemon)) return;
  const facts::DaemonSetting* cgroup = daemon.find("default-cgroupns-mode");
  if (cgroup != nullptr && cgroup->value == "host")
    out.push_back(
        {.where = cgroup->where, .message = "containers see the host's control groups by default"});
  const facts::DaemonSetting* ipc = daemon.find("default-ipc-mode");
  if (ipc != nullptr && (ipc->value == "shareable" || ipc->value == "host"))
    out.push_back({.where = ipc->where,
                   .message = "shared memory of containers can be joined by others by default"});
}

static constexpr Example kExamples[] = {
    {.input = Input::daemon, .text = "{ \"default-cgroupns-mode\": \"host\" }\n", .flagged = true},
    {.input = Input::daemon, .text = "{ \"default-ipc-mode\": \"shareable\" }\n", .flagged = true},
    {.input = Input::daemon,
     .text = "{ \"default-cgroupns-mode\": \"private\", \"default-ipc-mode\": \"private\" }\n"},
};

extern constinit const Rule rule = described({
    .name = "shared-namespace-by-default",
    .severity = Severity::low,
    .category = Category::security,
    .summary = "Namespaces that containers share by default",
    .why = "Namespaces are what keeps containers apart. What one container needs is no reason to "
           "give it to all.",
    .remedy = "Remove the key, and say `--cgroupns` or `--ipc` where it is needed.",
    .source = "Docker, dockerd reference, \"Daemon configuration file\"",
    .examples = kExamples,
    .check = OnDaemon{check},
});

}  // namespace plimsoll::rules::daemon::shared_namespace_by_default
