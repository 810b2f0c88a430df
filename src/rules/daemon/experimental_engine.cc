// experimental-engine: features that may go or change are on.
#include "rules/daemon/_daemon.h"

namespace plimsoll::rules::daemon::experimental_engine {

static constexpr Alias kAliases[] = {{"docker-bench", "2.18"}, {"cis", "2.18"}};

static void check(const facts::Daemon& daemon, Findings& out) {
  if (is_engine(daemon) && daemon.is_true("experimental"))
    out.push_back(
        {.where = place_of(daemon, "experimental"), .message = "experimental features are on"});
}

static constexpr Example kExamples[] = {
    {.input = Input::daemon, .text = "{ \"experimental\": true }\n", .flagged = true},
    {.input = Input::daemon, .text = "{ \"experimental\": false }\n"},
};

extern constinit const Rule rule = described({
    .name = "experimental-engine",
    .severity = Severity::low,
    .category = Category::reliability,
    .summary = "Engine with experimental features",
    .why = "They have had less of a look for holes than the rest, and may change or go with any "
           "update.",
    .remedy = "Remove the key where others depend on the host.",
    .source = "CIS Docker Benchmark 1.6, 2.18",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnDaemon{check},
});

}  // namespace plimsoll::rules::daemon::experimental_engine
