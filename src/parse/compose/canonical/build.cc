// Makes builds long: their context, contexts by name, SSH keys, secrets and limits.
#include "base/concat.h"
#include "parse/compose/canonical/canonical.h"
#include "parse/compose/parts.h"

namespace plimsoll::parse::compose {
namespace {

// `provenance: true` is a text in Compose's model.
void text_of_boolean(Node& build, std::string_view key) {
  Node* value = build.find(key);
  if (value == nullptr || value->is(NodeKind::text) || value->is(NodeKind::map)) return;
  value->text = go_text(*value);
  value->kind = NodeKind::text;
}

// ["default", "key=path"]
Node* ssh_map(const Loading& in, Node& ssh, const std::string& path) {
  if (!ssh.is(NodeKind::list)) return &ssh;
  Node* result = made_from(in, ssh, NodeKind::map);
  MapFiller filler(*result);
  for (const Node* item : ssh.items) {
    if (!item->is(NodeKind::text)) {
      refuse_type(in, *item, path, "ssh key");
      continue;
    }
    const KeyValue parts = cut(item->text, '=');
    const text::Place key_place = part_place(*item, 0, parts.key.size());
    if (parts.found) {
      filler.put(parts.key, text_part(in, *item, parts.key.size() + 1, item->text.size()),
                 key_place);
    } else if (parts.key == "default") {
      filler.put(parts.key, made_from(in, *item, NodeKind::null), key_place);
    } else if (!in.settings.interpolate) {
      return &ssh;
    } else {
      in.refuse(*item, concat({path, ": invalid ssh key \"", item->text, "\""}));
    }
  }
  return result;
}

// ["name=context"]
Node* contexts_map(const Loading& in, Node& contexts, const std::string& path) {
  if (!contexts.is(NodeKind::list)) return &contexts;
  Node* result = made_from(in, contexts, NodeKind::map);
  MapFiller filler(*result);
  for (const Node* item : contexts.items) {
    if (!item->is(NodeKind::text)) continue;
    const KeyValue parts = cut(item->text, '=');
    if (!parts.found) {
      if (!in.settings.interpolate) return &contexts;
      in.refuse(*item, concat({path, ": invalid value ", item->text, ", expected key=value"}));
      continue;
    }
    filler.put(parts.key, text_part(in, *item, parts.key.size() + 1, item->text.size()),
               part_place(*item, 0, parts.key.size()));
  }
  return result;
}

template <class Lengthen>
void replace(Node& map, std::string_view key, Lengthen lengthen) {
  for (Member& member : map.members)
    if (member.key == key) member.value = lengthen(*member.value);
}

}  // namespace

void check_ulimits(const Loading& in, Node& ulimits, const std::string& path) {
  for (const Member& member : ulimits.members) {
    const Node& value = *member.value;
    if (value.is(NodeKind::map) || value.is(NodeKind::integer)) continue;
    if (value.is(NodeKind::text) && !in.settings.interpolate) continue;
    in.refuse(value, concat({path, ".", member.key, ": invalid type for ulimits: a whole number, ",
                             "or soft and hard"}));
  }
}

Node* lengthen_build(const Loading& in, Node& build, const std::string& path) {
  if (build.is(NodeKind::text) && !build.is_time) return lengthen_single_key(in, build, "context");
  if (!build.is(NodeKind::map)) {
    refuse_type(in, build, path, "build");
    return &build;
  }
  text_of_boolean(build, "provenance");
  text_of_boolean(build, "sbom");
  replace(build, "ssh", [&](Node& ssh) { return ssh_map(in, ssh, path + ".ssh"); });
  replace(build, "additional_contexts",
          [&](Node& node) { return contexts_map(in, node, path + ".additional_contexts"); });
  if (Node* secrets = list_at(build, "secrets")) {
    for (Node*& secret : secrets->items)
      secret = lengthen_file_mount(in, *secret, path + ".secrets");
  }
  if (Node* ulimits = map_at(build, "ulimits")) check_ulimits(in, *ulimits, path + ".ulimits");
  return &build;
}

}  // namespace plimsoll::parse::compose
