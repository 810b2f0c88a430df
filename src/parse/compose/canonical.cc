// Makes short forms long, attribute by attribute, so that all that follows knows one form of each.
// Source: compose-go v2.16.2, transform/ (behaviour).
#include "parse/compose/canonical/canonical.h"

#include "parse/compose/parts.h"

namespace plimsoll::parse::compose {
namespace {

// "x" is ["x"].
Node* list_of_text(const Loading& in, Node& value) {
  if (!value.is(NodeKind::text)) return &value;
  Node* list = made_from(in, value, NodeKind::list);
  list->items.push_back(&value);
  return list;
}

// ["a", "b"] is {a: null, b: null}.
Node* map_of_names(const Loading& in, Node& value) {
  if (!value.is(NodeKind::list)) return &value;
  Node* map = made_from(in, value, NodeKind::map);
  MapFiller filler(*map);
  for (const Node* item : value.items) {
    if (item->is(NodeKind::text)) filler.put(item->text, default_null(in, *item), item->where);
  }
  return map;
}

template <class Lengthen>
void each_item(Node& value, Lengthen lengthen) {
  for (Node*& item : value.items) item = lengthen(*item);
}

// What a container has wherever it is declared. Gives what stands in place of `value`.
Node* lengthen_of_container(const Loading& in, std::string_view key, Node& value,
                            const std::string& path) {
  if (key == "env_file") return lengthen_env_files(in, value, path);
  if (key == "label_file" || key == "dns") return list_of_text(in, value);
  if (key == "gpus") return lengthen_gpus(in, value, path);
  if (key == "networks" || key == "models") return map_of_names(in, value);
  if (key == "volumes") {
    each_item(value, [&](Node& item) { return lengthen_volume(in, item, path); });
  } else if (key == "devices") {
    each_item(value, [&](Node& item) { return lengthen_device(in, item, path); });
  } else if (key == "secrets" || key == "configs") {
    each_item(value, [&](Node& item) { return lengthen_file_mount(in, item, path); });
  } else if (key == "ulimits" && value.is(NodeKind::map)) {
    check_ulimits(in, value, path);
  }
  return &value;
}

void lengthen_triggers(const Loading& in, Node& triggers) {
  if (Node* schedule = list_at(triggers, "schedule"))
    each_item(*schedule, [&](Node& item) { return lengthen_single_key(in, item, "cron"); });
}

void lengthen_develop(const Loading& in, Node& develop) {
  Node* watch = list_at(develop, "watch");
  if (watch == nullptr) return;
  for (Node* rule : watch->items) {
    for (Member& member : rule->members) {
      if (member.key == "ignore" || member.key == "include")
        member.value = list_of_text(in, *member.value);
    }
  }
}

Node* lengthen_of_workload(const Loading& in, std::string_view key, Node& value,
                           const std::string& path) {
  if (key == "build") return lengthen_build(in, value, path);
  if (key == "depends_on") return lengthen_depends_on(in, value, path);
  if (key == "extends") return lengthen_single_key(in, value, "service");
  if (key == "ports") {
    lengthen_ports(in, value, path);
  } else if (key == "triggers") {
    lengthen_triggers(in, value);
  } else if (key == "develop") {
    lengthen_develop(in, value);
  } else {
    return lengthen_of_container(in, key, value, path);
  }
  return &value;
}

void lengthen_hook(const Loading& in, Node& hook, const std::string& path) {
  for (Member& member : hook.members)
    member.value = lengthen_of_container(in, member.key, *member.value, path + "." + member.key);
}

void lengthen_workload(const Loading& in, Node& workload, const std::string& path) {
  for (Member& member : workload.members)
    member.value = lengthen_of_workload(in, member.key, *member.value, path + "." + member.key);
  Node* hooks = path.starts_with("services.") ? list_at(workload, "pre_start") : nullptr;
  if (hooks == nullptr) return;
  for (Node* hook : hooks->items) lengthen_hook(in, *hook, path + ".pre_start");
}

}  // namespace

void canonicalize(const Loading& in, Node& model) {
  each_workload(model, [&](Node& workload, const std::string& path) {
    lengthen_workload(in, workload, path);
  });
  for (const std::string_view section : {"volumes", "networks", "secrets", "configs"}) {
    Node* resources = map_at(model, section);
    if (resources == nullptr) continue;
    for (const Member& member : resources->members)
      lengthen_external(in, *member.value, std::string(section) + "." + member.key);
  }
  if (Node* include = list_at(model, "include"))
    each_item(*include, [&](Node& item) { return lengthen_single_key(in, item, "path"); });
}

}  // namespace plimsoll::parse::compose
