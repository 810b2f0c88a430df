// privileged-port: a container that does not run as root exposes a port below 1024.
#include <string>

#include "base/concat.h"
#include "facts/container.h"
#include "rules/rule.h"
#include "rules/user/_root.h"

namespace plimsoll::rules::exposure {

static void check(const facts::Container& c, Findings& out) {
  constexpr std::uint16_t kFirstFree = 1024;
  if (!c.user.known() || c.user.value.empty() || user::is_root(c.user.value)) return;
  for (const facts::Fact<facts::Port>& port : c.ports.items)
    if (port.known() && port.value.first > 0 && port.value.first < kFirstFree)
      out.push_back(
          {.where = port.where,
           .message = concat({"port ", std::to_string(port.value.first), " is below 1024, and ",
                              c.user.value, " may not listen there everywhere"})});
}

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nEXPOSE 80\nUSER 10001\n", .flagged = true},
    {.text = "FROM debian:13\nEXPOSE 8080\nUSER 10001\n"},
    {.text = "FROM debian:13\nEXPOSE 80\nUSER root\n"},
    {.text = "FROM acme/base:7\nEXPOSE 80\n"},
};

extern constinit const Rule privileged_port = described({
    .name = "privileged-port",
    .severity = Severity::low,
    .category = Category::reliability,
    .preset = Preset::strict,
    .summary = "Port below 1024 for a user that is not root",
    .why =
        "Docker lets any user listen on low ports since 20.10. Kubernetes and Podman leave that to "
        "the kernel's setting\n"
        "`net.ipv4.ip_unprivileged_port_start`, or to `CAP_NET_BIND_SERVICE`: there the service "
        "stops "
        "with \"permission denied\".",
    .remedy = "Listen on a port from 1024 on, such as 8080, and let the host's side be 80.",
    .source = "ip(7), \"ip_unprivileged_port_start\"; Docker Engine 20.10 release notes",
    .examples = kExamples,
    .check = OnContainer{check},
});

}  // namespace plimsoll::rules::exposure
