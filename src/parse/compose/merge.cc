// Lays one mapping over another by the rules of each attribute: what appends, what replaces, what
// is joined by key. Source: compose-go v2.16.2, override/merge.go.
#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/concat.h"
#include "parse/compose/loader.h"
#include "parse/compose/nodes.h"
#include "parse/compose/unicity.h"

namespace plimsoll::parse::compose {
namespace {

enum class Rule : std::uint8_t {
  replace,     // even by nothing
  key_values,  // a list of KEY=VALUE, joined by key
  append,      // a list, whatever is written
  build,       // a text is the context
  depends_on,  // names become keys
  names,       // the same, without values
  logging,     // joined if it is for the same driver
  ulimit,
  ipam,
};

struct PathRule {
  Pattern path;
  Rule rule;
};

// clang-format off
constexpr std::array kRules = std::to_array<PathRule>({
    {"networks.*.ipam.config", Rule::ipam},
    {"networks.*.labels", Rule::key_values},
    {"volumes.*.labels", Rule::key_values},
    {"secrets.*.labels", Rule::key_values},
    {"configs.*.labels", Rule::key_values},
    {"services.*.deploy.labels", Rule::key_values},
    {"workloads.*.annotations", Rule::key_values},
    {"workloads.*.build", Rule::build},
    {"workloads.*.build.args", Rule::key_values},
    {"workloads.*.build.additional_contexts", Rule::key_values},
    {"workloads.*.build.extra_hosts", Rule::append},
    {"workloads.*.build.labels", Rule::key_values},
    {"workloads.*.command", Rule::replace},
    {"workloads.*.depends_on", Rule::depends_on},
    {"workloads.*.dns", Rule::append},
    {"workloads.*.dns_opt", Rule::append},
    {"workloads.*.dns_search", Rule::append},
    {"workloads.*.entrypoint", Rule::replace},
    {"workloads.*.env_file", Rule::append},
    {"workloads.*.label_file", Rule::append},
    {"workloads.*.environment", Rule::key_values},
    {"workloads.*.extra_hosts", Rule::append},
    {"workloads.*.healthcheck.test", Rule::replace},
    {"workloads.*.labels", Rule::key_values},
    {"workloads.*.logging", Rule::logging},
    {"workloads.*.models", Rule::names},
    {"workloads.*.networks", Rule::names},
    {"workloads.*.sysctls", Rule::key_values},
    {"workloads.*.tmpfs", Rule::append},
    {"workloads.*.ulimits.*", Rule::ulimit},
});
// clang-format on

// Pools of addresses are compared each with each.
constexpr std::size_t kPools = 1000;

class Merger {
 public:
  Merger(const Loading& in, Path& path) : in_(in), path_(path) {}

  Node* merge(Node* base, Node* over) {
    for (const PathRule& entry : kRules)
      if (path_.matches(entry.path)) return by_rule(entry.rule, base, over);
    if (over->is(NodeKind::null)) return base;
    if (base->is(NodeKind::map))
      return over->is(NodeKind::map) ? join(base, over) : clash(base, over);
    if (base->is(NodeKind::list))
      return over->is(NodeKind::list) ? append(base, over->items) : clash(base, over);
    return replace(*base, over);
  }

 private:
  Node* by_rule(Rule rule, Node* base, Node* over) {
    switch (rule) {
      case Rule::replace:
        return replace(*base, over);
      case Rule::key_values:
        return join_key_values(base, over);
      case Rule::append: {
        std::vector<Node*> items = to_items(in_, *over);
        return append(as_list(base, to_items(in_, *base)), items);
      }
      case Rule::build:
        return join(as_build(base), as_build(over));
      case Rule::depends_on:
        return join(as_map(base, true), as_map(over, true));
      case Rule::names:
        return join(as_map(base, false), as_map(over, false));
      case Rule::logging:
        return join_logging(base, over);
      case Rule::ulimit:
        return base->is(NodeKind::map) && over->is(NodeKind::map) ? join(base, over)
                                                                  : replace(*base, over);
      case Rule::ipam:
        return join_pools(base, over);
    }
    return over;
  }

  Node* clash(Node* base, Node* over) {
    in_.refuse(*over,
               concat({path_.text(), " is ", base->is(NodeKind::map) ? "a mapping" : "a list",
                       " elsewhere, and this can't be laid over it"}));
    return base;
  }

  static Node* replace(const Node& base, Node* over) {
    if (base.written && over->via.size() < kMaxSteps)
      over->via.push_back({Step::Kind::overrides, base.where});
    return over;
  }

  Node* join(Node* base, Node* over) {
    KeyIndex index(*base);
    for (Member& member : over->members) {
      Node** at = index.find(*base, member.key);
      if (at == nullptr) {
        index.add(member.key, base->members.size());
        base->members.push_back(std::move(member));
        continue;
      }
      const Down down(path_, member.key);
      *at = merge(*at, member.value);
    }
    return base;
  }

  static Node* append(Node* base, const std::vector<Node*>& items) {
    if (items.empty()) return base;
    std::unordered_set<std::string> seen;
    for (const Node* item : base->items) seen.insert(fingerprint(*item));
    for (Node* item : items)
      if (seen.insert(fingerprint(*item)).second) base->items.push_back(item);
    return base;
  }

  // The same node as a list: it keeps its place.
  static Node* as_list(Node* node, std::vector<Node*> items) {
    node->kind = NodeKind::list;
    node->items = std::move(items);
    node->members.clear();
    return node;
  }

  Node* join_key_values(Node* base, Node* over) {
    std::vector<Node*> items = to_items(in_, *base);
    const std::vector<Node*> added = to_items(in_, *over);
    items.insert(items.end(), added.begin(), added.end());
    return as_list(base, unique_items(in_, items, key_of_pair, path_));
  }

  Node* as_build(Node* node) {
    if (node->is(NodeKind::map)) return node;
    Node* map = like(*node);
    if (node->is(NodeKind::text)) map->members.push_back({"context", node->where, node});
    return map;
  }

  // A map that stands where `node` does.
  Node* like(const Node& node) {
    Node* map = in_.make({.kind = NodeKind::map, .where = node.where, .written = node.written});
    map->editable = node.editable;
    map->via = node.via;
    return map;
  }

  Node* started(const Node& name) {
    Node* value = like(name);
    value->written = false;
    Node* condition = in_.make({.kind = NodeKind::text, .text = "service_started"});
    Node* required = in_.make({.kind = NodeKind::boolean, .boolean = true});
    for (Node* part : {condition, required}) {
      part->where = name.where;
      part->via = name.via;
      part->written = false;
    }
    value->members.push_back({"condition", name.where, condition});
    value->members.push_back({"required", name.where, required});
    return value;
  }

  Node* as_map(Node* node, bool is_dependency) {
    if (node->is(NodeKind::map)) return node;
    Node* map = like(*node);
    std::vector<Node*> names = node->items;
    if (node->is(NodeKind::text)) names.push_back(node);
    if (!node->is(NodeKind::text) && !node->is(NodeKind::list) && !node->is(NodeKind::null))
      in_.refuse(*node, concat({path_.text(), " has to be a list or a mapping"}));
    std::unordered_set<std::string_view> seen;
    for (const Node* name : names) {
      if (!name->is(NodeKind::text)) {
        in_.refuse(*name, concat({path_.text(), " takes names"}));
        continue;
      }
      if (!seen.insert(name->text).second) continue;
      Node* value = is_dependency ? started(*name) : in_.make();
      if (!is_dependency) {
        value->where = name->where;
        value->via = name->via;
        value->written = false;
      }
      map->members.push_back({name->text, name->where, value});
    }
    return map;
  }

  Node* join_logging(Node* base, Node* over) {
    for (const Node* node : {base, over})
      if (!node->is(NodeKind::map)) {
        in_.refuse(*node, concat({path_.text(), " has to be a mapping"}));
        return base;
      }
    const Node* driver = base->find("driver");
    const Node* other = over->find("driver");
    if (driver == nullptr || other == nullptr || equal(*driver, *other)) return join(base, over);
    return replace(*base, over);
  }

  // Pools of the same subnet are joined. This is as compose-go does it, pair by pair.
  Node* join_pools(Node* base, Node* over) {
    for (const Node* node : {base, over})
      if (!node->is(NodeKind::list) || node->items.size() > kPools) {
        in_.refuse(*node, concat({path_.text(), " has to be a list, and no longer than ",
                                  std::to_string(kPools)}));
        return base;
      }
    std::vector<Node*> pools;
    const auto subnet = [](const Node& pool) {
      const Node* value = pool.find("subnet");
      return value == nullptr ? std::string() : fingerprint(*value);
    };
    const auto with = [&](const std::string& wanted) {
      return std::ranges::find_if(pools, [&](Node* pool) { return subnet(*pool) == wanted; });
    };
    for (Node* mine : base->items)
      for (Node* theirs : over->items) {
        const std::string wanted = subnet(*theirs);
        if (wanted != subnet(*mine) && with(wanted) == pools.end()) {
          pools.push_back(theirs);
          continue;
        }
        if (!mine->is(NodeKind::map) || !theirs->is(NodeKind::map)) continue;
        Node* joined = join(mine, in_.project.pool.copy(*theirs));
        const auto at = with(subnet(*joined));
        if (at == pools.end())
          pools.push_back(joined);
        else
          *at = joined;
      }
    base->items = std::move(pools);
    return base;
  }

  const Loading& in_;
  Path& path_;
};

}  // namespace

Node* merge(const Loading& in, Node* base, Node* over, Path& path) {
  return Merger(in, path).merge(base, over);
}

}  // namespace plimsoll::parse::compose
