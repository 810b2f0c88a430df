// The part of binding that makes maps of lists and lists of texts. Private to the room.
#pragma once
#include <string>

#include "data/compose.h"
#include "parse/compose/loading.h"

namespace plimsoll::parse::compose {

// bind_collections.cc: a value whose type is a collection of texts; the node that stands for it.
Node* bind_collection(const Loading& in, Node& node, const data::ComposeShape& shape,
                      const std::string& path);

// Puts all keys that start with x- below one key, as Compose does before it binds a map.
void fold_extensions(const Loading& in, Node& map);

}  // namespace plimsoll::parse::compose
