// privileged-port: a container that does not run as root exposes a port below 1024.
#include <string>

#include "base/concat.h"
#include "facts/container.h"
#include "facts/user.h"
#include "rules/rule.h"

namespace plimsoll::rules::exposure::privileged_port {

static constexpr Alias kAliases[] = {
    {"kics", "bc2908f3-f73c-40a9-8793-c1b7d5544f79"},
    {"cis", "5.8"},
};
static constexpr std::uint16_t kFirstFree = 1024;

static void check_published(const facts::Container& c, Findings& out) {
  for (const facts::Fact<facts::PublishedPort>& port : c.published_ports.items)
    if (port.known() && port.value.first > 0 && port.value.first < kFirstFree)
      out.push_back({.where = port.where,
                     .message = concat({"port ", std::to_string(port.value.first),
                                        " of the host is below 1024: only root may give it away, "
                                        "and here a container has it"})});
}

static void check(const facts::Container& c, Findings& out) {
  if (c.running()) check_published(c, out);
  if (!c.user.known() || c.user.value.empty() || facts::is_root(c.user.value)) return;
  for (const facts::Fact<facts::Port>& port : c.ports.items)
    if (port.known() && port.value.first > 0 && port.value.first < kFirstFree)
      out.push_back(
          {.where = port.where,
           .message = concat({"port ", std::to_string(port.value.first), " is below 1024, and ",
                              c.user.value, " may not listen there everywhere"}),
           .aliases = 0});
}

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nEXPOSE 80\nUSER 10001\n", .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    ports: [\"443:8443\"]\n",
     .flagged = true},
    {.input = Input::run_line, .text = "docker run -p 8080:80 nginx:1.27\n"},
    {.text = "FROM debian:13\nEXPOSE 8080\nUSER 10001\n"},
    {.text = "FROM debian:13\nEXPOSE 80\nUSER root\n"},
    {.text = "FROM acme/base:7\nEXPOSE 80\n"},
};

extern constinit const Rule rule = described({
    .name = "privileged-port",
    .severity = Severity::low,
    .category = Category::reliability,
    .preset = Preset::strict,
    .summary = "Port below 1024 is exposed or published",
    .why =
        "Docker lets any user listen on low ports since 20.10. Kubernetes and Podman leave that to "
        "the kernel's setting\n"
        "`net.ipv4.ip_unprivileged_port_start`, or to `CAP_NET_BIND_SERVICE`: there the service "
        "stops "
        "with \"permission denied\". On the host such ports are trusted because only root opens "
        "them.",
    .remedy = "Listen on a port from 1024 on, such as 8080; on the host leave the low ports to one "
              "reverse "
              "proxy.",
    .source = "ip(7), \"ip_unprivileged_port_start\"; CIS Docker Benchmark 1.6, 5.8",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::both},
});

}  // namespace plimsoll::rules::exposure::privileged_port
