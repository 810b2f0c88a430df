// risky-sysctl: a kernel setting that is the host's, or that lets a container route and spoof.
#include <algorithm>

#include "base/concat.h"
#include "rules/hardening/_lack.h"

namespace plimsoll::rules::hardening::risky_sysctl {

// Those that a container has for itself.
// Source: runc libcontainer/configs/validate, sysctl().
static bool is_of_container(std::string_view name) {
  constexpr std::string_view kOwn[] = {
      "kernel.domainname", "kernel.msgmax", "kernel.msgmnb", "kernel.msgmni",         "kernel.sem",
      "kernel.shmall",     "kernel.shmmax", "kernel.shmmni", "kernel.shm_rmid_forced"};
  return name.starts_with("net.") || name.starts_with("fs.mqueue.") ||
         std::ranges::find(kOwn, name) != std::end(kOwn);
}

// What the setting opens if it is not 0; empty: nothing that matters here.
static std::string_view opened_by(std::string_view name) {
  const std::string_view last = name.substr(name.rfind('.') + 1);
  if (!name.starts_with("net.")) return {};
  if (last == "route_localnet") return "lets packets from outside reach what listens on 127.0.0.1";
  if (last == "accept_source_route") return "lets senders choose the way of their packets";
  if (last == "accept_redirects") return "lets neighbours change the container's routes";
  return {};
}

static void check(const facts::Container& c, Findings& out) {
  const bool host_network = c.network_mode.known() && c.network_mode.value == "host";
  for (const facts::Fact<facts::Variable>& item : c.sysctls.items) {
    if (!item.known() || !is_told(c, item.where)) continue;
    const std::string_view name = item.value.name;
    const std::string_view opened = item.value.text == "0" ? "" : opened_by(name);
    if (!is_of_container(name) || (host_network && name.starts_with("net."))) {
      out.push_back({.where = item.where,
                     .message = concat({name,
                                        " is a setting of the host's kernel, not the "
                                        "container's: the engine refuses it"})});
    } else if (!opened.empty()) {
      out.push_back(
          {.where = item.where, .message = concat({name, " ", opened}), .severity = Severity::low});
    }
  }
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    sysctls:\n      kernel.core_pattern: "
             "\"|/tmp/x\"\n",
     .flagged = true},
    {.input = Input::compose,
     .text =
         "services:\n  web:\n    image: nginx:1.27\n    network_mode: host\n    sysctls:\n      "
         "- net.core.somaxconn=1024\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run --sysctl net.ipv4.conf.all.route_localnet=1 alpine:3.22\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    sysctls:\n      net.core.somaxconn: "
             "1024\n"},
    {.input = Input::run_line,
     .text = "docker run --sysctl net.ipv4.ip_unprivileged_port_start=0 alpine:3.22\n"},
};

extern constinit const Rule rule = described({
    .name = "risky-sysctl",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Kernel setting reaches the host or opens the network",
    .why = "Only some settings of the kernel belong to a container: those of its network and its "
           "shared\n"
           "memory. Any other is the whole host's. runc refuses it, a runtime that does not would "
           "change "
           "the host: a\n"
           "`kernel.core_pattern` names a program that the host runs as root.",
    .remedy = "Set what the host needs on the host, in /etc/sysctl.d, and leave settings out that "
              "weaken the\n"
              "network's own checks.",
    .source = "Docker documentation, \"docker container run\", --sysctl",
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::hardening::risky_sysctl
