// Makes dependencies long: a list of names is a map with the condition that they are started.
#include "base/concat.h"
#include "parse/compose/canonical/canonical.h"
#include "parse/compose/parts.h"

namespace plimsoll::parse::compose {
namespace {

void complete(const Loading& in, Node& dependency) {
  if (dependency.find("condition") == nullptr)
    put(dependency, "condition", default_text(in, dependency, "service_started"));
  if (dependency.find("required") == nullptr)
    put(dependency, "required", default_boolean(in, dependency, true));
}

}  // namespace

Node* lengthen_depends_on(const Loading& in, Node& depends_on, const std::string& path) {
  if (depends_on.is(NodeKind::map)) {
    for (const Member& member : depends_on.members) {
      if (member.value->is(NodeKind::map)) {
        complete(in, *member.value);
      } else {
        refuse_type(in, *member.value, concat({path, ".", member.key}), "dependency");
      }
    }
    return &depends_on;
  }
  if (!depends_on.is(NodeKind::list)) {
    refuse_type(in, depends_on, path, "depends_on");
    return &depends_on;
  }
  Node* result = made_from(in, depends_on, NodeKind::map);
  MapFiller filler(*result);
  for (const Node* item : depends_on.items) {
    if (!item->is(NodeKind::text)) continue;
    Node* dependency = made_from(in, *item, NodeKind::map);
    complete(in, *dependency);
    filler.put(item->text, dependency, item->where);
  }
  return result;
}

}  // namespace plimsoll::parse::compose
