// engine-without-firewall-rules: the engine keeps no packet from a container.
#include "rules/daemon/_daemon.h"

namespace plimsoll::rules::daemon::engine_without_firewall_rules {

static constexpr Alias kAliases[] = {{"docker-bench", "2.4"}, {"cis", "2.4"}};

static void check(const facts::Daemon& daemon, Findings& out) {
  if (!is_engine(daemon)) return;
  for (const std::string_view key : {"iptables", "ip6tables"})
    if (daemon.is_false(key))
      out.push_back({.where = place_of(daemon, key),
                     .message = concat({key,
                                        " is off: networks are not kept apart, and ports that "
                                        "are not published can be reached"}),
                     .severity = key == "iptables" ? Severity::medium : Severity::low});
}

static constexpr Example kExamples[] = {
    {.input = Input::daemon, .text = "{ \"iptables\": false }\n", .flagged = true},
    {.input = Input::daemon, .text = "{ \"iptables\": true }\n"},
    {.input = Input::daemon, .text = "{ \"icc\": false }\n"},
};

extern constinit const Rule rule = described({
    .name = "engine-without-firewall-rules",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Engine that may not write firewall rules",
    .why = "It is turned off so that published ports don't go around ufw. But then containers of "
           "different networks\n"
           "reach each other, and hosts nearby reach every port of a container.",
    .remedy = "Leave it on, and publish ports to `127.0.0.1` behind a proxy, or filter in the "
              "chain `DOCKER-USER`.",
    .source = "CIS Docker Benchmark 1.6, 2.4; Docker, Packet filtering and firewalls",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnDaemon{check},
});

}  // namespace plimsoll::rules::daemon::engine_without_firewall_rules
