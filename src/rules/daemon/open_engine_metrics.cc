// open-engine-metrics: figures of all containers for whoever asks.
#include "rules/daemon/_daemon.h"

namespace plimsoll::rules::daemon::open_engine_metrics {

static void check(const facts::Daemon& daemon, Findings& out) {
  if (!is_engine(daemon)) return;
  const facts::DaemonSetting* address = daemon.find("metrics-addr");
  if (address != nullptr && !address->value.empty() && !is_loopback(address->value))
    out.push_back(
        {.where = address->where,
         .message = concat({"metrics are served on ", address->value, " without a password"})});
}

static constexpr Example kExamples[] = {
    {.input = Input::daemon, .text = "{ \"metrics-addr\": \"0.0.0.0:9323\" }\n", .flagged = true},
    {.input = Input::daemon, .text = "{ \"metrics-addr\": \"127.0.0.1:9323\" }\n"},
};

extern constinit const Rule rule = described({
    .name = "open-engine-metrics",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Engine metrics open to the network",
    .why = "There is no password and no TLS. The figures tell versions and what runs when, and "
           "asking often costs the\n"
           "engine time.",
    .remedy = "Bind it to `127.0.0.1`, and let an agent on the host collect it.",
    .source = "Docker, Collect Docker metrics with Prometheus",
    .examples = kExamples,
    .check = OnDaemon{check},
});

}  // namespace plimsoll::rules::daemon::open_engine_metrics
