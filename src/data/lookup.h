// Searches the generated tables: shared by the .cc files of this room.
#pragma once
#include <algorithm>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace plimsoll::data {

inline bool contains(std::span<const std::string_view> sorted, std::string_view item) {
  return std::ranges::binary_search(sorted, item);
}

// The row whose `key` member equals `value` in a table sorted by it; null if there is none.
template <class Row, class Key>
const Row* find_row(std::span<const Row> sorted, std::string_view value, Key key) {
  const auto found = std::ranges::lower_bound(sorted, value, {}, key);
  return found != sorted.end() && std::invoke(key, *found) == value ? &*found : nullptr;
}

// A repository without what only says "Docker Hub": "docker.io/library/node" and its public mirrors
// are "node".
std::string_view plain_repository(std::string_view repository);

}  // namespace plimsoll::data
