// port-on-all-interfaces: a published port is open to every network that the host is in.
#include <optional>

#include "data/host.h"
#include "rules/exposure/_published.h"
#include "rules/rule.h"

namespace plimsoll::rules::exposure::port_on_all_interfaces {

static constexpr Alias kAliases[] = {
    {"kics", "451d79dc-0588-476a-ad03-3c7f0320abb3"},
    {"dclint", "no-unbound-port-interfaces"},
    {"compose-lint", "CL-0005"},
    {"cis", "5.14"},
};

// Of the container's side: what listens there has its usual port.
static const data::ServicePort* service_behind(const facts::PublishedPort& port) {
  for (std::uint32_t at = port.target_first; at <= port.target_last; ++at)
    if (const data::ServicePort* found = data::find_service_port(static_cast<std::uint16_t>(at)))
      return found;
  return nullptr;
}

// "8080:80" becomes "127.0.0.1:8080:80". What came through a variable, and a run line's option,
// stays as it is.
static std::optional<Fix> bind_to_loopback(const facts::Container& c,
                                           const facts::Fact<facts::PublishedPort>& port) {
  const facts::PublishedPort& p = port.value;
  const std::size_t plain =
      range_text(p.first, p.last).size() + 1 + range_text(p.target_first, p.target_last).size();
  const std::uint32_t size = port.where.span.size();
  const std::size_t protocol = p.protocol == facts::Protocol::sctp ? 5 : 4;  // "/tcp"
  if (c.kind == facts::ContainerKind::run || !port.editable || !p.host_ip.empty() || p.first == 0 ||
      (size != plain && size != plain + protocol))
    return std::nullopt;
  return Fix{.safety = Safety::changes_behaviour,
             .title = "publish it to this host alone",
             .edits = {{{port.where.source, {port.where.span.begin, port.where.span.begin}},
                        "127.0.0.1:"}}};
}

static void check(const facts::Container& c, Findings& out) {
  for (const facts::Fact<facts::PublishedPort>& port : c.published_ports.items) {
    if (!port.known() || !is_any_address(port.value.host_ip)) continue;
    const facts::PublishedPort& p = port.value;
    const data::ServicePort* service = service_behind(p);
    // The Docker API is a finding of its own.
    if (service != nullptr && service->kind == data::PortKind::engine) continue;
    const std::string name =
        p.first != 0 ? concat({"port ", range_text(p.first, p.last)}) : std::string("a port");
    Finding finding{.where = port.where};
    finding.message = concat({name, " is open to every network of the host, past its firewall"});
    if (service != nullptr) {
      finding.message = concat({service->service, " is open to every network of the host on ", name,
                                ", past its firewall"});
      finding.severity = Severity::high;
      finding.fix = bind_to_loopback(c, port);
    }
    out.push_back(std::move(finding));
  }
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    ports: [\"8080:80\"]\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  db:\n    image: postgres:17\n    ports:\n      - \"5432:5432\"\n",
     .flagged = true,
     .fixed = "services:\n  db:\n    image: postgres:17\n    ports:\n      - "
              "\"127.0.0.1:5432:5432\"\n"},
    {.input = Input::run_line, .text = "docker run -p 6379:6379 redis:8\n", .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    ports: "
             "[\"${BIND:-127.0.0.1}:8080:80\"]\n"},
    {.input = Input::run_line, .text = "docker run -p 127.0.0.1:6379:6379 redis:8\n"},
};

extern constinit const Rule rule = described({
    .name = "port-on-all-interfaces",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Port is published on all interfaces",
    .why = "Without an address the engine listens on all of them and writes its own rules ahead of "
           "those of ufw or firewalld:\n"
           "what was meant for this host or its network is open to the internet. A database there "
           "is found within hours.",
    .remedy =
        "Put the address in front: `127.0.0.1:8080:80`. What only other services use needs no "
        "`ports` at all; what the\n"
        "world should see stands behind one reverse proxy.",
    .source = "CIS Docker Benchmark 1.6, 5.14; OWASP Docker Security Cheat Sheet, rule 5a",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
    .option_remedy = OptionRemedy::bind_to_loopback,
});

}  // namespace plimsoll::rules::exposure::port_on_all_interfaces
