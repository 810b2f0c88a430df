// userland-proxy: a process for each published port, as root.
#include "rules/daemon/_daemon.h"

namespace plimsoll::rules::daemon::userland_proxy {

static constexpr Alias kAliases[] = {{"docker-bench", "2.16"}, {"cis", "2.16"}};

static void check(const facts::Daemon& daemon, Findings& out) {
  if (!is_engine(daemon) || daemon.is_false("userland-proxy")) return;
  out.push_back({.where = place_of(daemon, "userland-proxy"),
                 .message = "each published port has a docker-proxy process that runs as root"});
}

static constexpr Example kExamples[] = {
    {.input = Input::daemon, .text = "{ \"userland-proxy\": true }\n", .flagged = true},
    {.input = Input::daemon, .text = "{ \"userland-proxy\": false }\n"},
};

extern constinit const Rule rule = described({
    .name = "userland-proxy",
    .severity = Severity::info,
    .category = Category::security,
    .preset = Preset::strict,
    .summary = "Published ports go through a process of root",
    .why = "The kernel's own forwarding does the same and hides no client's address. The proxy is "
           "one more program of\n"
           "root that speaks to the network.",
    .remedy = "Set `\"userland-proxy\": false`, unless clients on the host itself reach the ports "
              "over IPv6.",
    .source = "CIS Docker Benchmark 1.6, 2.16",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnDaemon{check},
});

}  // namespace plimsoll::rules::daemon::userland_proxy
