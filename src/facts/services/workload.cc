// What only Compose says of a service: what it depends on, its hooks, provider and replicas.
#include <algorithm>

#include "facts/services/reading.h"

namespace plimsoll::facts {
namespace {

using parse::compose::Member;

// Keys of `deploy` that only a swarm obeys.
// Source: docker/compose pkg/compose, which reads resources, replicas and restart_policy alone.
constexpr std::string_view kSwarmOnly[] = {"endpoint_mode", "labels",          "mode",
                                           "placement",     "rollback_config", "update_config"};

Fact<Dependency> dependency_of(Arena& arena, const Member& member) {
  Dependency dependency{.service = arena.copy(member.key), .condition = "service_started"};
  const Node& node = *member.value;
  if (const std::string_view condition = text_of(node.find("condition")); !condition.empty())
    dependency.condition = arena.copy(condition);
  if (const Node* required = node.find("required"); is_stated(required))
    dependency.required = boolean_of(*required).value_or(true);
  Fact<Dependency> fact = fact_of(arena, node, dependency);
  fact.where = member.where;
  return fact;
}

void read_dependencies(const ServiceReading& reading) {
  FactList<Dependency>& list = reading.service.depends_on;
  list.where = reading.missing;
  const Node* const node = reading.find("depends_on");
  if (!is_stated(node)) return;
  list.where = node->where;
  std::vector<Fact<Dependency>> items;
  items.reserve(node->members.size());
  // Those that links and namespaces bring are said elsewhere.
  for (const Member& member : node->members)
    if (member.value->written) items.push_back(dependency_of(reading.arena(), member));
  list.items = reading.arena().copy(items);
}

void add_hooks(const ServiceReading& reading, std::string_view key, Hook::Kind kind,
               std::vector<Hook>& out) {
  const Node* const node = reading.find(key);
  if (!is_stated(node)) return;
  out.reserve(out.size() + node->items.size());
  for (const Node* item : node->items) {
    ServiceReading in_hook = reading;
    in_hook.missing = item->where;
    Hook hook{.where = item->where, .kind = kind};
    hook.user = text_fact(in_hook, item->find("user"));
    hook.privileged = boolean_fact(in_hook, item->find("privileged"));
    hook.command = {.exec_form = true};
    if (const Node* command = item->find("command"))
      hook.command = program_of(reading.arena(), *command);
    out.push_back(hook);
  }
}

void read_deploy(const ServiceReading& reading) {
  Service& service = reading.service;
  const Node* const deploy = reading.find("deploy");
  const Node* const replicas = deploy != nullptr ? deploy->find("replicas") : nullptr;
  service.replicas = integer_fact(reading, is_stated(replicas) ? replicas : reading.find("scale"));
  service.swarm_only.where = reading.missing;
  if (!is_stated(deploy)) return;
  service.swarm_only.where = deploy->where;
  std::vector<Fact<std::string_view>> items;
  for (const Member& member : deploy->members) {
    const Node& node = *member.value;
    const bool empty = node.is(NodeKind::map) && node.members.empty();
    if (!is_stated(&node) || empty ||
        std::ranges::find(kSwarmOnly, member.key) == std::end(kSwarmOnly))
      continue;
    Fact<std::string_view> fact =
        fact_of<std::string_view>(reading.arena(), node, reading.arena().copy(member.key));
    fact.presence = Presence::known;
    fact.where = member.where;
    items.push_back(fact);
  }
  service.swarm_only.items = reading.arena().copy(items);
}

}  // namespace

void read_workload(const ServiceReading& reading) {
  Service& service = reading.service;
  Arena& arena = reading.arena();
  if (const Node* build = reading.find("build"); is_stated(build) && build->is(NodeKind::map))
    service.build = read_build_section(reading, *build);
  service.profiles = texts_of(arena, reading.find("profiles"), reading.missing).items;
  read_dependencies(reading);
  std::vector<Hook> hooks;
  add_hooks(reading, "post_start", Hook::Kind::post_start, hooks);
  add_hooks(reading, "pre_stop", Hook::Kind::pre_stop, hooks);
  service.hooks = arena.copy(hooks);
  read_deploy(reading);
  const Node* const provider = reading.find("provider");
  service.provider = text_fact(reading, provider != nullptr ? provider->find("type") : nullptr);
}

}  // namespace plimsoll::facts
