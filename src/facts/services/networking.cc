// How a service's container is reached and what it reaches: ports, networks, hosts.
#include "base/concat.h"
#include "facts/port.h"
#include "facts/services/reading.h"

namespace plimsoll::facts {
namespace {

std::optional<PublishedPort> published_port(Arena& arena, const Node& item) {
  PublishedPort port;
  const Node* const target = item.find("target");
  if (target == nullptr || !read_port_range(text_of(*target), port.target_first, port.target_last))
    return std::nullopt;
  port.host_ip = arena.copy(text_of(item.find("host_ip")));
  const std::string_view published = text_of(item.find("published"));
  if (!published.empty() && !read_port_range(published, port.first, port.last)) return std::nullopt;
  const std::string_view protocol = text_of(item.find("protocol"));
  if (!protocol.empty() && !read_protocol(protocol, port.protocol)) return std::nullopt;
  return port;
}

std::optional<Port> exposed_port(const Node& item) {
  Port port;
  return read_port(text_of(item), port) ? std::optional(port) : std::nullopt;
}

// NAME: address, NAME: [addresses], or a list of NAME=address.
FactList<std::string_view> hosts_of(Arena& arena, const Node* node, text::Place missing) {
  if (!is_stated(node) || !node->is(NodeKind::map)) return texts_of(arena, node, missing);
  std::vector<Fact<std::string_view>> items;
  for (const parse::compose::Member& member : node->members) {
    const Node& value = *member.value;
    const auto add = [&](const Node& address) {
      items.push_back(fact_of<std::string_view>(
          arena, address, arena.copy(concat({member.key, "=", text_of(address)}))));
    };
    if (value.items.empty()) add(value);
    for (const Node* address : value.items) add(*address);
  }
  return {.items = arena.copy(items), .where = node->where};
}

}  // namespace

void read_networking(const ServiceReading& reading) {
  Container& c = reading.container;
  Arena& arena = reading.arena();
  c.published_ports =
      list_of<PublishedPort>(arena, reading.find("ports"), reading.missing,
                             [&](const Node& item) { return published_port(arena, item); });
  c.ports = list_of<Port>(arena, reading.find("expose"), reading.missing, exposed_port);
  c.networks = names_of(arena, reading.find("networks"), reading.missing);
  c.extra_hosts = hosts_of(arena, reading.find("extra_hosts"), reading.missing);
  reading.service.external_links = texts_of(arena, reading.find("external_links"), reading.missing);
  if (const Node* logging = reading.find("logging"); is_stated(logging)) {
    Logging value{.driver = arena.copy(text_of(logging->find("driver")))};
    value.options = {};
    const FactList<Variable> options =
        variables_of(arena, logging->find("options"), logging->where);
    std::vector<Variable> list;
    list.reserve(options.items.size());
    for (const Fact<Variable>& option : options.items) list.push_back(option.value);
    value.options = arena.copy(list);
    c.logging = fact_of(arena, *logging, value);
  } else {
    c.logging = absent_at<Logging>(reading.missing);
  }
}

}  // namespace plimsoll::facts
