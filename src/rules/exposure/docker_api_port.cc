// docker-api-port: the engine's API is open by TCP, or used without TLS.
#include <algorithm>

#include "data/host.h"
#include "facts/build.h"
#include "facts/project.h"
#include "rules/exposure/_published.h"
#include "rules/rule.h"

namespace plimsoll::rules::exposure::docker_api_port {

static constexpr Alias kAliases[] = {
    {"kics", "451d79dc-0588-476a-ad03-3c7f0320abb3"},
    {"dclint", "no-unbound-port-interfaces"},
    {"compose-lint", "CL-0005"},
    {"cis", "5.32"},
};

static bool is_engine(std::uint16_t first, std::uint16_t last) {
  for (std::uint32_t at = first; at <= last && at != 0; ++at) {
    const data::ServicePort* port = data::find_service_port(static_cast<std::uint16_t>(at));
    if (port != nullptr && port->kind == data::PortKind::engine) return true;
  }
  return false;
}

static void check_ports(const facts::Container& c, Findings& out) {
  for (const facts::Fact<facts::PublishedPort>& port : c.published_ports.items) {
    const facts::PublishedPort& p = port.value;
    if (!port.known() || !is_engine(p.target_first, p.target_last)) continue;
    const bool here = is_loopback(p.host_ip);
    // To other tools it is a port like any other.
    const bool open = is_any_address(p.host_ip) && c.project != nullptr;
    out.push_back({.where = port.where,
                   .message = concat({"port ", range_text(p.target_first, p.target_last),
                                      " of the Docker API is published: whoever reaches it is root "
                                      "on the host"}),
                   .severity = here ? Severity::high : Severity::critical,
                   .aliases = open ? ~0U : only(kAliases, {"5.32"})});
  }
}

static const facts::Fact<facts::Variable>* find(const facts::Container& c, std::string_view name) {
  for (const facts::Fact<facts::Variable>& v : c.environment.items)
    if (v.value.name == name) return &v;
  return nullptr;
}

// A proxy that lets only some requests through is a service of the same project.
static bool is_service(const facts::Container& c, std::string_view host) {
  if (c.project == nullptr) return false;
  return std::ranges::any_of(c.project->containers, [&](const facts::Container& other) {
    return other.name == host ||
           (other.container_name.known() && other.container_name.value == host);
  });
}

static void check_host(const facts::Container& c, Findings& out) {
  constexpr std::string_view kTcp = "tcp://";
  const facts::Fact<facts::Variable>* host = find(c, "DOCKER_HOST");
  if (host == nullptr || !host->known() || !host->value.text.starts_with(kTcp)) return;
  if (c.build != nullptr && host->where.source == c.build->source_number) return;
  const facts::Fact<facts::Variable>* tls = find(c, "DOCKER_TLS_VERIFY");
  if (tls != nullptr && (tls->unknown() || !tls->value.text.empty())) return;
  const std::string_view rest = host->value.text.substr(kTcp.size());
  const std::string_view name = rest.substr(0, rest.find_first_of(":/"));
  if (is_service(c, name) || is_loopback(name)) return;
  out.push_back({.where = host->where,
                 .message = concat({"DOCKER_HOST speaks to the Docker API of ", name,
                                    " without TLS, so that it stands open there"}),
                 .severity = Severity::high,
                 .aliases = only(kAliases, {"5.32"})});
}

static void check(const facts::Container& c, Findings& out) {
  check_ports(c, out);
  check_host(c, out);
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  proxy:\n    image: acme/socket-proxy:1\n    ports: [\"2375:2375\"]\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run -e DOCKER_HOST=tcp://10.0.0.5:2375 docker:28-cli\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  proxy:\n    image: acme/socket-proxy:1\n  watcher:\n    image: "
             "acme/watcher:1\n    environment: {DOCKER_HOST: \"tcp://proxy:2375\"}\n"},
    {.input = Input::run_line, .text = "docker run -p 8080:80 acme/app:1\n"},
};

extern constinit const Rule rule = described({
    .name = "docker-api-port",
    .severity = Severity::critical,
    .category = Category::security,
    .summary = "Docker API is open by TCP",
    .why =
        "Who may speak to the engine's API starts a container with the host's root folder in it. "
        "Port 2375 asks for no\n"
        "name at all, and is looked for on the whole internet without a pause.",
    .remedy =
        "Publish no such port; reach a remote engine by `DOCKER_HOST=ssh://…`, or by TLS with "
        "certificates of both sides.",
    .source =
        "Docker, \"Protect the Docker daemon socket\"; CIS Docker Benchmark 1.6, 2.6 and 5.32",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::exposure::docker_api_port
