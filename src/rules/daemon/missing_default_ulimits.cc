// missing-default-ulimits: containers have the limits of the engine itself.
#include "rules/daemon/_daemon.h"

namespace plimsoll::rules::daemon::missing_default_ulimits {

static constexpr Alias kAliases[] = {{"docker-bench", "2.8"}, {"cis", "2.8"}};

static void check(const facts::Daemon& daemon, Findings& out) {
  if (!is_engine(daemon) || daemon.find("default-ulimits") != nullptr) return;
  out.push_back({.where = daemon.where,
                 .message = "containers may open as many files as the engine: default-ulimits is "
                            "not set"});
}

static constexpr Example kExamples[] = {
    {.input = Input::daemon, .text = "{ \"icc\": false }\n", .flagged = true},
    {.input = Input::daemon,
     .text = "{ \"default-ulimits\": { \"nofile\": { \"Name\": \"nofile\", \"Hard\": 65536, "
             "\"Soft\": 1024 } } }\n"},
};

extern constinit const Rule rule = described({
    .name = "missing-default-ulimits",
    .severity = Severity::info,
    .category = Category::reliability,
    .preset = Preset::strict,
    .summary = "Engine without default limits for containers",
    .why = "A container without limits of its own has the engine's, which are without end on many "
           "hosts: one that\n"
           "leaks files or processes takes the host with it.",
    .remedy = "Set `default-ulimits` with `nofile` and `nproc`; containers that need more say "
              "`--ulimit`.",
    .source = "CIS Docker Benchmark 1.6, 2.8",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnDaemon{check},
});

}  // namespace plimsoll::rules::daemon::missing_default_ulimits
