// missing-live-restore: an update of the engine stops all containers.
#include "rules/daemon/_daemon.h"

namespace plimsoll::rules::daemon::missing_live_restore {

static constexpr Alias kAliases[] = {{"docker-bench", "2.15"}, {"cis", "2.15"}};

static void check(const facts::Daemon& daemon, Findings& out) {
  if (!is_engine(daemon) || daemon.is_true("live-restore")) return;
  out.push_back({.where = place_of(daemon, "live-restore"),
                 .message = "containers stop when the engine does: live-restore is not on"});
}

static constexpr Example kExamples[] = {
    {.input = Input::daemon, .text = "{ \"icc\": false }\n", .flagged = true},
    {.input = Input::daemon, .text = "{ \"live-restore\": true }\n"},
};

extern constinit const Rule rule = described({
    .name = "missing-live-restore",
    .severity = Severity::info,
    .category = Category::reliability,
    .preset = Preset::strict,
    .summary = "Containers stop with the engine",
    .why = "Without it every update of the engine is an outage, so updates that close holes are "
           "put off. A manager of\n"
           "a swarm can't have it.",
    .remedy = "Set `\"live-restore\": true`, unless the host manages a swarm.",
    .source = "CIS Docker Benchmark 1.6, 2.15",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnDaemon{check},
});

}  // namespace plimsoll::rules::daemon::missing_live_restore
