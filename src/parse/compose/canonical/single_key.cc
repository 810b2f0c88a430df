// Makes values long whose short form is one text, the value of their most important key.
#include "base/concat.h"
#include "parse/compose/canonical/canonical.h"
#include "parse/compose/parts.h"

namespace plimsoll::parse::compose {

Node* lengthen_single_key(const Loading& in, Node& value, std::string_view key) {
  if (!value.is(NodeKind::text)) return &value;
  Node* result = made_from(in, value, NodeKind::map);
  put(*result, key, &value);
  return result;
}

void refuse_type(const Loading& in, const Node& node, const std::string& path,
                 std::string_view what) {
  if (in.project.problems.empty()) in.refuse(node, concat({path, ": invalid type for ", what}));
}

}  // namespace plimsoll::parse::compose
