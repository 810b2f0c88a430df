// Says what Compose takes for granted: the default network, names of resources, dependencies that
// follow from shared namespaces, what pre_start containers take from their service.
// Source: compose-go v2.16.2, loader/normalize.go (behaviour).
#include <algorithm>
#include <array>
#include <optional>

#include "base/concat.h"
#include "data/compose.h"
#include "parse/compose/loader.h"
#include "parse/compose/parts.h"

namespace plimsoll::parse::compose {
namespace {

constexpr std::string_view kService = "service:";

// Each pre_start container copies what its service says: many of many would be without bound.
constexpr std::size_t kMostValues = 2'000'000;

// True: the container is on the default network, which is set if nothing was.
bool join_default_network(const Loading& in, Node& container) {
  if (container.find("provider") != nullptr || container.find("network_mode") != nullptr)
    return false;
  const Node* networks = container.find("networks");
  if (networks != nullptr && !networks->members.empty())
    return networks->find("default") != nullptr;
  if (networks != nullptr && !networks->is(NodeKind::map)) return false;
  Node* all = default_map(in, networks == nullptr ? container : *networks);
  put(*all, "default", default_null(in, *all));
  put(container, "networks", all);
  return true;
}

void normalize_networks(const Loading& in, Node& model) {
  bool used = false;
  each_workload(model, [&](Node& workload, const std::string&) {
    used = join_default_network(in, workload) || used;
  });
  if (!used) return;
  Node* networks = map_at(model, "networks");
  if (networks == nullptr) {
    networks = default_map(in, model);
    put(model, "networks", networks);
  }
  if (networks->find("default") == nullptr) put(*networks, "default", default_null(in, *networks));
}

// A value that the project's variables give to a name without one.
void take_variable(Node& node, std::string text) {
  node.kind = NodeKind::text;
  node.text = std::move(text);
  node.editable = false;
  node.via.push_back({Step::Kind::variable, node.where});
}

// Names without a value get that of the variable; if there is none, they stay (`keep`) or go.
void look_up(Node& values, const Environment& environment, bool keep) {
  std::erase_if(values.members, [&](const Member& member) {
    if (!member.value->is(NodeKind::null)) return false;
    const auto found = environment.find(member.key);
    if (found == environment.end()) return !keep;
    take_variable(*member.value, found->second);
    return false;
  });
  std::erase_if(values.items, [&](Node* item) {
    if (!item->is(NodeKind::text)) return true;
    if (item->text.find('=') != std::string::npos) return false;
    const auto found = environment.find(item->text);
    if (found == environment.end()) return !keep;
    take_variable(*item, concat({item->text, "=", found->second}));
    return false;
  });
}

void normalize_build(const Loading& in, Node& build, const Environment& environment) {
  const auto is_absent = [&](std::string_view key) {
    const Node* value = build.find(key);
    return value == nullptr || value->is(NodeKind::null);
  };
  if (is_absent("context")) put(build, "context", default_text(in, build, "."));
  if (is_absent("dockerfile") && is_absent("dockerfile_inline"))
    put(build, "dockerfile", default_text(in, build, "Dockerfile"));
  if (Node* arguments = build.find("args")) look_up(*arguments, environment, false);
}

// Dependencies which other attributes bring. They have the place of what brings them.
class Dependencies {
 public:
  Dependencies(const Loading& in, Node& container) : in_(in), container_(container) {
    if (Node* present = map_at(container, "depends_on")) filler_.emplace(*present);
  }

  void add(const Node& from, std::string_view name, bool restart) {
    if (!filler_) {
      Node* depends_on = default_map(in_, container_);
      put(container_, "depends_on", depends_on);
      filler_.emplace(*depends_on);
    }
    if (filler_->find(name) != nullptr) return;
    Node* dependency = default_map(in_, from);
    put(*dependency, "condition", default_text(in_, from, "service_started"));
    put(*dependency, "restart", default_boolean(in_, from, restart));
    put(*dependency, "required", default_boolean(in_, from, true));
    filler_->put(name, dependency, from.where);
  }

 private:
  const Loading& in_;
  Node& container_;
  std::optional<MapFiller> filler_{};
};

void add_dependencies(const Loading& in, Node& container) {
  Dependencies dependencies(in, container);
  if (const Node* links = list_at(container, "links")) {
    for (const Node* link : links->items) {
      const KeyValue parts = cut(link->text, ':');
      const bool has_alias = parts.found && parts.value.find(':') == std::string_view::npos;
      dependencies.add(*link, has_alias ? parts.key : std::string_view(link->text), true);
    }
  }
  for (const std::string_view key : {"network_mode", "ipc", "pid", "uts", "cgroup"}) {
    const Node* mode = container.find(key);
    if (mode != nullptr && mode->is(NodeKind::text) && mode->text.starts_with(kService))
      dependencies.add(*mode, std::string_view(mode->text).substr(kService.size()), true);
  }
  if (const Node* from = list_at(container, "volumes_from")) {
    for (const Node* source : from->items) {
      if (!source->text.starts_with("container:"))
        dependencies.add(*source, cut(source->text, ':').key, false);
    }
  }
}

void clean_targets(Node& container) {
  Node* volumes = list_at(container, "volumes");
  if (volumes == nullptr) return;
  for (const Node* mount : volumes->items) {
    Node* target = mount->find("target");
    if (target != nullptr && target->is(NodeKind::text)) target->text = clean(target->text);
  }
}

// What all containers have, without volumes, which a running container lends.
Node* inherited(const Loading& in, const Node& service) {
  const data::ComposeFields* container = data::compose_fields("container");
  Node* base = made_from(in, service, NodeKind::map);
  for (const Member& member : service.members) {
    if (member.key != "volumes" && data::find_attribute(*container, member.key) != nullptr)
      base->members.push_back(member);
  }
  return base;
}

// Each hook over what it takes from its service.
void complete_hooks(const Loading& in, Node& service) {
  Node* hooks = list_at(service, "pre_start");
  if (hooks == nullptr || hooks->items.empty()) return;
  const Node* base = inherited(in, service);
  for (Node*& hook : hooks->items) {
    if (!hook->is(NodeKind::map)) continue;
    if (in.project.pool.size() > kMostValues) {
      in.refuse(*hook, "the project is too large for pre_start containers to take on its services");
      return;
    }
    // The path at which the rules of merging know a container's attributes.
    Path path{"services", "hook"};
    hook = merge(in, in.project.pool.copy(*base), hook, path);
  }
}

void normalize_workload(const Loading& in, Node& workload, const Environment& environment) {
  Node* policy = workload.find("pull_policy");
  if (policy != nullptr && policy->text == "if_not_present") policy->text = "missing";
  if (Node* build = map_at(workload, "build")) normalize_build(in, *build, environment);
  if (Node* variables = workload.find("environment")) look_up(*variables, environment, true);
  add_dependencies(in, workload);
  clean_targets(workload);
  complete_hooks(in, workload);
}

bool is_true(const Node* node) {
  if (node == nullptr) return false;
  const std::string text = go_text(*node);
  constexpr std::array<std::string_view, 6> kTrue{"1", "t", "T", "true", "TRUE", "True"};
  return std::ranges::find(kTrue, text) != kTrue.end();
}

// What has no name is called by its key, and by the project's unless it exists elsewhere.
void name_resources(const Loading& in, Node& model) {
  for (const std::string_view section : {"networks", "volumes", "configs", "secrets"}) {
    Node* resources = map_at(model, section);
    if (resources == nullptr) continue;
    for (Member& member : resources->members) {
      if (member.value->is(NodeKind::null))
        member.value = made_from(in, *member.value, NodeKind::map);
      if (!member.value->is(NodeKind::map)) continue;
      const Node* name = member.value->find("name");
      if (name != nullptr && !name->is(NodeKind::null)) continue;
      const bool external = is_true(member.value->find("external"));
      put(*member.value, "name",
          default_text(in, *member.value,
                       external ? member.key : concat({in.project.name, "_", member.key})));
    }
  }
}

}  // namespace

void normalize(const Loading& in, Node& model, const Environment& environment) {
  const Node* name = model.find("name");
  if (name == nullptr || name->text != in.project.name)
    put(model, "name", default_text(in, model, in.project.name));
  normalize_networks(in, model);
  each_workload(model, [&](Node& workload, const std::string&) {
    normalize_workload(in, workload, environment);
  });
  name_resources(in, model);
}

}  // namespace plimsoll::parse::compose
