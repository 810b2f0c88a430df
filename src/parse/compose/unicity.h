// Lists whose entries have a key: of those with the same key the last wins, in the place of the
// first. Private to the room.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "parse/compose/loading.h"
#include "parse/compose/path.h"

namespace plimsoll::parse::compose {

// The key of an entry. Nothing: the entry is refused for the reason that was set.
using KeyOf = std::optional<std::string> (*)(const Node& entry, std::string& reason);

std::vector<Node*> unique_items(const Loading& in, const std::vector<Node*>& items, KeyOf key_of,
                                const Path& path);

// "KEY" of "KEY=VALUE".
std::optional<std::string> key_of_pair(const Node& entry, std::string& reason);

// A mapping as the list of KEY=VALUE that it stands for, sorted; a list as it is; a text as a list
// of one. Each text keeps the place of the value.
std::vector<Node*> to_items(const Loading& in, const Node& node);

}  // namespace plimsoll::parse::compose
