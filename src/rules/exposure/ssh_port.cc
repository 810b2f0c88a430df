// ssh-port: the container is meant to be entered by SSH.
#include "facts/container.h"
#include "rules/rule.h"

namespace plimsoll::rules::exposure::ssh_port {

static constexpr Alias kAliases[] = {
    {"trivy", "DS-0004"},
    {"checkov", "CKV_DOCKER_1"},
    {"kics", "5907595b-5b6d-4142-b173-dbb0e73fbff8"},
    {"cis", "5.7"},
};
static constexpr std::uint32_t kOfRunning = only(kAliases, {"5.7"});

static void check_published(const facts::Container& c, Findings& out) {
  for (const facts::Fact<facts::PublishedPort>& port : c.published_ports.items)
    if (port.known() && port.value.protocol == facts::Protocol::tcp &&
        port.value.target_first <= 22 && port.value.target_last >= 22)
      out.push_back(
          {.where = port.where,
           .message = "port 22 is published, so the container is meant to run an SSH server",
           .aliases = kOfRunning});
}

static void check(const facts::Container& c, Findings& out) {
  if (c.running()) check_published(c, out);
  for (const facts::Fact<facts::Port>& port : c.ports.items)
    if (port.known() && port.value.protocol == facts::Protocol::tcp && port.value.first <= 22 &&
        port.value.last >= 22)
      out.push_back(
          {.where = port.where,
           .message = "port 22 is exposed, so the container is meant to run an SSH server"});
}

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nEXPOSE 80 22\n", .flagged = true},
    {.text = "FROM debian:13\nEXPOSE 20-25/tcp\n", .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  app:\n    image: acme/app:1\n    ports: [\"2222:22\"]\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run -p 127.0.0.1:2222:22 acme/app:1\n",
     .flagged = true},
    {.input = Input::run_line, .text = "docker run -p 22:2222 acme/app:1\n"},
    {.text = "FROM debian:13\nEXPOSE 2222\n"},
    {.text = "FROM debian:13\nEXPOSE 22/udp\n"},
};

extern constinit const Rule rule = described({
    .name = "ssh-port",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Container offers SSH",
    .why = "An SSH server in a container needs keys, accounts and updates of its own, and is one "
           "more way in. Whoever may\n"
           "manage the container can enter it without.",
    .remedy = "Leave the server out; enter by `docker exec` or `kubectl exec`.",
    .source = "CIS Docker Benchmark 1.6, 5.7",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::both},
});

}  // namespace plimsoll::rules::exposure::ssh_port
