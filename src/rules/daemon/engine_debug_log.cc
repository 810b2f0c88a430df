// engine-debug-log: the log tells requests in full.
#include "rules/daemon/_daemon.h"

namespace plimsoll::rules::daemon::engine_debug_log {

static constexpr Alias kAliases[] = {{"docker-bench", "2.3"}, {"cis", "2.3"}};

static void check(const facts::Daemon& daemon, Findings& out) {
  if (!is_engine(daemon)) return;
  const facts::DaemonSetting* level = daemon.find("log-level");
  if (level != nullptr && level->value == "debug")
    out.push_back({.where = level->where, .message = "the engine logs at level debug"});
  else if (daemon.is_true("debug"))
    out.push_back({.where = place_of(daemon, "debug"), .message = "the engine logs for debugging"});
}

static constexpr Example kExamples[] = {
    {.input = Input::daemon, .text = "{ \"debug\": true }\n", .flagged = true},
    {.input = Input::daemon, .text = "{ \"log-level\": \"debug\" }\n", .flagged = true},
    {.input = Input::daemon, .text = "{ \"log-level\": \"info\", \"debug\": false }\n"},
};

extern constinit const Rule rule = described({
    .name = "engine-debug-log",
    .severity = Severity::low,
    .category = Category::security,
    .summary = "Engine logs for debugging",
    .why = "At that level requests are logged with what is in them, and profiling is served on the "
           "API. What matters\n"
           "drowns.",
    .remedy = "Remove `debug`, and set `log-level` to `info`.",
    .source = "CIS Docker Benchmark 1.6, 2.3",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnDaemon{check},
});

}  // namespace plimsoll::rules::daemon::engine_debug_log
