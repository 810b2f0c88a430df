// unlimited-container-logs: the logs of a container grow until the disk is full.
#include "rules/daemon/_daemon.h"

namespace plimsoll::rules::daemon::unlimited_container_logs {

static constexpr Alias kAliases[] = {{"docker-bench", "2.13"}, {"cis", "2.13"}};

static void check(const facts::Daemon& daemon, Findings& out) {
  if (!is_engine(daemon)) return;
  const facts::DaemonSetting* driver = daemon.find("log-driver");
  const std::string_view name = driver == nullptr ? "json-file" : driver->value;
  if (name != "json-file" || daemon.find("log-opts.max-size") != nullptr) return;
  out.push_back({.where = driver == nullptr ? place_of(daemon, "log-opts") : driver->where,
                 .message = "logs of json-file have no limit: log-opts.max-size is not set"});
}

static constexpr Example kExamples[] = {
    {.input = Input::daemon, .text = "{ \"live-restore\": true }\n", .flagged = true},
    {.input = Input::daemon,
     .text = "{ \"log-driver\": \"json-file\", \"log-opts\": { \"max-file\": \"3\" } }\n",
     .flagged = true},
    {.input = Input::daemon,
     .text = "{ \"log-driver\": \"json-file\", \"log-opts\": { \"max-size\": \"10m\", "
             "\"max-file\": \"3\" } }\n"},
    {.input = Input::daemon, .text = "{ \"log-driver\": \"local\" }\n"},
};

extern constinit const Rule rule = described({
    .name = "unlimited-container-logs",
    .severity = Severity::low,
    .category = Category::reliability,
    .summary = "Container logs without a limit",
    .why = "`json-file` keeps all that a container ever wrote. One that writes much fills the "
           "disk, and then nothing\n"
           "on the host works.",
    .remedy = "Use `\"log-driver\": \"local\"`, which rotates by itself, or set `log-opts` with "
              "`max-size` and `max-file`; send logs elsewhere if they have to be kept.",
    .source = "Docker, Configure logging drivers; CIS Docker Benchmark 1.6, 2.13",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnDaemon{check},
});

}  // namespace plimsoll::rules::daemon::unlimited_container_logs
