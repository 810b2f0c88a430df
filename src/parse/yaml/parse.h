// Reads YAML with places, by libyaml. JSON is read as well: it is YAML in flow style.
#pragma once
#include <cstdint>
#include <string_view>

#include "base/arena.h"
#include "parse/yaml/tree.h"

namespace plimsoll::parse::yaml {

// More is no file of people: reading stops there with a problem.
struct Limits {
  std::uint32_t depth = 200;        // collections in each other
  std::uint32_t nodes = 2'000'000;  // of all documents
};

// Views are of the arena; spans count bytes of `text`, a byte order mark included. Never fails.
Tree parse(std::string_view text, Arena& arena, const Limits& limits = {});

// The text of a comment that stands behind something on the line or on lines of their own is not in
// the tree; who needs comments looks between the spans.

}  // namespace plimsoll::parse::yaml
