// Attributes that were extensions before Compose adopted them: `x-develop` stands for `develop`.
// Source: compose-go v2.16.2, loader/aliases.go.
#include "parse/compose/loader.h"
#include "parse/compose/nodes.h"

namespace plimsoll::parse::compose {

// The extension lies under the attribute if both are there.
static void promote(const Call& call, Node& map, std::string_view from, std::string_view to,
                    Path& path) {
  Node* extension = map.find(from);
  if (extension == nullptr) return;
  text::Place where = extension->where;
  for (const Member& member : map.members)
    if (member.key == from) where = member.where;
  Node* attribute = map.find(to);
  erase(map, from);
  if (attribute != nullptr && !attribute->is(NodeKind::null)) {
    const Down down(path, to);
    extension = merge(call.in, extension, attribute, path);
  }
  set(map, to, where, extension);
}

void promote_aliases(const Call& call, Node& document) {
  const Node* services = document.find("services");
  if (services == nullptr) return;
  for (const Member& service : services->members) {
    Path path = {"services", service.key};
    promote(call, *service.value, "x-develop", "develop", path);
    const Node* develop = service.value->find("develop");
    const Node* watch = develop == nullptr ? nullptr : develop->find("watch");
    if (watch == nullptr) continue;
    Path rule = {"services", service.key, "develop", "watch", "[]"};
    for (Node* item : watch->items) promote(call, *item, "x-initialSync", "initial_sync", rule);
  }
}

}  // namespace plimsoll::parse::compose
