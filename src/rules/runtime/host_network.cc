// host-network: the container is in the host's network namespace.
#include "facts/project.h"
#include "rules/rule.h"
#include "rules/runtime/_namespaces.h"

namespace plimsoll::rules::runtime::host_network {

static constexpr Alias kAliases[] = {
    {"kics", "071a71ff-f868-47a4-ac0b-3c59e4ab5443"},
    {"compose-lint", "CL-0008"},
    {"cis", "5.10"},
};

static void check(const facts::Container& c, Findings& out) {
  if (is_host(c.network_mode))
    out.push_back({.where = c.network_mode.where,
                   .message = "the container shares the host's network: its ports, its loopback, "
                              "its abstract sockets"});
  if (c.service != nullptr && c.service->build != nullptr && is_host(c.service->build->network))
    out.push_back({.where = c.service->build->network.where,
                   .message = "the image is built in the host's network",
                   .severity = Severity::medium,
                   .aliases = 0});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    network_mode: host\n",
     .flagged = true},
    {.input = Input::run_line, .text = "docker run --network host alpine:3.22\n", .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    build:\n      context: .\n      network: host\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    network_mode: none\n"},
    {.input = Input::run_line, .text = "docker run --rm alpine:3.22 --network host\n"},
};

extern constinit const Rule rule = described({
    .name = "host-network",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "Container shares the host's network",
    .why = "Whatever the program listens on is open on the host, past `ports` and the engine's "
           "rules of the\n"
           "firewall. It reaches services that trust 127.0.0.1, and abstract Unix sockets of the "
           "host.",
    .remedy = "Leave `network_mode` out and publish the ports that are needed: `ports: "
              "[\"127.0.0.1:8080:80\"]`.",
    .source = "CIS Docker Benchmark 1.6, 5.10",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::runtime::host_network
