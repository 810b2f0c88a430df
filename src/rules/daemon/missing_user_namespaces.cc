// missing-user-namespaces: root in a container is root on the host.
#include "rules/daemon/_daemon.h"

namespace plimsoll::rules::daemon::missing_user_namespaces {

static constexpr Alias kAliases[] = {{"docker-bench", "2.9"}, {"cis", "2.9"}};

static void check(const facts::Daemon& daemon, Findings& out) {
  if (!is_engine(daemon)) return;
  const facts::DaemonSetting* setting = daemon.find("userns-remap");
  if (setting != nullptr && !setting->value.empty()) return;
  out.push_back({.where = place_of(daemon, "userns-remap"),
                 .message = "root in a container is root on the host: userns-remap is not set"});
}

static constexpr Example kExamples[] = {
    {.input = Input::daemon, .text = "{ \"live-restore\": true }\n", .flagged = true},
    {.input = Input::daemon, .text = "{ \"userns-remap\": \"default\" }\n"},
};

extern constinit const Rule rule = described({
    .name = "missing-user-namespaces",
    .severity = Severity::low,
    .category = Category::security,
    .preset = Preset::strict,
    .summary = "Engine without user namespaces",
    .why = "With `userns-remap` uid 0 of a container is an uid without rights on the host, so most "
           "escapes end there.\n"
           "It changes the data root: images and volumes of before are not seen.",
    .remedy = "Set `\"userns-remap\": \"default\"` on a new host, or run the engine rootless.",
    .source = "CIS Docker Benchmark 1.6, 2.9",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnDaemon{check},
});

}  // namespace plimsoll::rules::daemon::missing_user_namespaces
