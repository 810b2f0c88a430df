// open-default-bridge: all containers of the default network reach each other.
#include "rules/daemon/_daemon.h"

namespace plimsoll::rules::daemon::open_default_bridge {

static constexpr Alias kAliases[] = {{"docker-bench", "2.2"}, {"cis", "2.2"}};

static void check(const facts::Daemon& daemon, Findings& out) {
  if (!is_engine(daemon) || daemon.is_false("icc")) return;
  out.push_back({.where = place_of(daemon, "icc"),
                 .message = "containers of the default network reach all ports of each other"});
}

static constexpr Example kExamples[] = {
    {.input = Input::daemon, .text = "{ \"icc\": true }\n", .flagged = true},
    {.input = Input::daemon, .text = "{ \"no-new-privileges\": true }\n", .flagged = true},
    {.input = Input::daemon, .text = "{ \"icc\": false }\n"},
};

extern constinit const Rule rule = described({
    .name = "open-default-bridge",
    .severity = Severity::low,
    .category = Category::security,
    .preset = Preset::strict,
    .summary = "Containers of the default network reach each other",
    .why = "On the default bridge every container reaches every port of every other one, published "
           "or not. Networks\n"
           "that are made on purpose, as Compose makes them, are kept apart from each other.",
    .remedy = "Set `\"icc\": false`, and put containers that speak to each other into a network of "
              "their own.",
    .source = "CIS Docker Benchmark 1.6, 2.2",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnDaemon{check},
});

}  // namespace plimsoll::rules::daemon::open_default_bridge
