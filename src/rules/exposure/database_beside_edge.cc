// database-beside-edge: a database shares a network with the service that the world reaches.
#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

#include "facts/project.h"
#include "rules/exposure/_published.h"
#include "rules/rule.h"

namespace plimsoll::rules::exposure::database_beside_edge {

// By the last part of the image's name.
static bool is_database(const facts::Container& c) {
  constexpr std::string_view kNames[] = {"cassandra", "couchdb",   "elasticsearch", "etcd",
                                         "mariadb",   "memcached", "mongo",         "mysql",
                                         "postgres",  "redis"};
  if (!c.image.known()) return false;
  std::string_view name = c.image.value.substr(0, c.image.value.find('@'));
  name = name.substr(name.rfind('/') + 1);
  name = name.substr(0, name.find(':'));
  return std::ranges::find(kNames, name) != std::end(kNames);
}

// The world reaches it; and it is no database itself.
static bool is_edge(const facts::Container& c) {
  return std::ranges::any_of(c.published_ports.items, [](const auto& port) {
    const facts::PublishedPort& p = port.value;
    return port.known() && is_any_address(p.host_ip) && (p.first == 80 || p.first == 443);
  });
}

static std::vector<std::string_view> networks_of(const facts::Container& c) {
  if (c.network_mode.known()) return {};
  if (c.networks.items.empty()) return {"default"};
  std::vector<std::string_view> names;
  names.reserve(c.networks.items.size());
  for (const facts::Fact<std::string_view>& network : c.networks.items)
    if (network.known()) names.push_back(network.value);
  return names;
}

static void check(const facts::Project& project, Findings& out) {
  std::map<std::string_view, const facts::Container*> edges;
  for (const facts::Container& c : project.containers)
    if (c.kind == facts::ContainerKind::service && !is_database(c) && is_edge(c))
      for (const std::string_view network : networks_of(c)) edges.try_emplace(network, &c);
  if (edges.empty()) return;
  for (const facts::Container& c : project.containers) {
    if (c.kind != facts::ContainerKind::service || !is_database(c)) continue;
    for (const std::string_view network : networks_of(c)) {
      const auto edge = edges.find(network);
      if (edge == edges.end()) continue;
      out.push_back({.where = c.where,
                     .message = concat({c.name, " is in the network ", network, " with ",
                                        edge->second->name, ", which the world reaches"}),
                     .related = {{edge->second->where, "this one publishes its port"}}});
      break;
    }
  }
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    ports: [\"80:80\"]\n  db:\n    image: "
             "postgres:17\n",
     .flagged = true},
    {.input = Input::compose,
     .text =
         "services:\n  web:\n    image: nginx:1.27\n    ports: [\"80:80\"]\n    networks: "
         "[front]\n  app:\n    image: acme/app:1\n    networks: [front, back]\n  db:\n    image: "
         "postgres:17\n    networks: [back]\nnetworks:\n  front: {}\n  back: {internal: true}\n"},
};

extern constinit const Rule rule = described({
    .name = "database-beside-edge",
    .severity = Severity::info,
    .category = Category::security,
    .preset = Preset::all,
    .summary = "Database in the network of the service at the edge",
    .why = "Whoever breaks into the proxy speaks to the database at once; the application between "
           "them is passed by.",
    .remedy = "Two networks: one of the proxy and the application, one, `internal: true`, of the "
              "application and the database.",
    .source = "OWASP Docker Security Cheat Sheet, rule 5; CIS Docker Benchmark 1.6, 5.30",
    .aliases = {},
    .examples = kExamples,
    .check = OnProject{check},
});

}  // namespace plimsoll::rules::exposure::database_beside_edge
