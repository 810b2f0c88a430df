// Makes resources that exist elsewhere long: `external: {name: x}` is `external: true` with a name.
#include "base/concat.h"
#include "parse/compose/canonical/canonical.h"
#include "parse/compose/parts.h"

namespace plimsoll::parse::compose {

void lengthen_external(const Loading& in, Node& resource, const std::string& path) {
  if (resource.is(NodeKind::null)) return;
  if (!resource.is(NodeKind::map)) {
    refuse_type(in, resource, path, "resource");
    return;
  }
  const Node* external = map_at(resource, "external");
  if (external == nullptr) return;
  Node* yes = made_from(in, *external, NodeKind::boolean);
  yes->boolean = true;
  yes->text = "true";
  Node* inner = external->find("name");
  put(resource, "external", yes);
  if (inner == nullptr) return;
  in.warn(*inner, concat({path, ": external.name is deprecated. Set name and external: true"}));
  const Node* outer = resource.find("name");
  if (outer == nullptr) {
    put(resource, "name", inner);
  } else if (!equal(*outer, *inner)) {
    in.refuse(*inner, concat({path, ": name and external.name conflict; only use name"}));
  }
}

}  // namespace plimsoll::parse::compose
