// Small things that all steps of loading do with nodes. Private to the room.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "parse/compose/tree.h"

namespace plimsoll::parse::compose {

// What Go's fmt prints for the value: lists become texts this way ("KEY=1.5").
std::string go_text(const Node& node);
// The same for a number alone: "1e+06", no trailing zeros.
std::string go_text(double value);

// Equal values have equal fingerprints and others do not; places do not count.
std::string fingerprint(const Node& node);
bool equal(const Node& left, const Node& right);

// Sets the value of a key; a key that is there keeps its place in the order.
void set(Node& map, std::string_view key, text::Place where, Node* value);
void erase(Node& map, std::string_view key);

// Where the keys of a map stand in its members; for maps that are joined, which may be long.
class KeyIndex {
 public:
  explicit KeyIndex(const Node& map);
  // Null: no such key. The pointer is to the member's value.
  [[nodiscard]] Node** find(Node& map, std::string_view key) const;
  void add(std::string_view key, std::size_t at) { index_.emplace(std::string(key), at); }

 private:
  std::unordered_map<std::string, std::size_t> index_;
};

// Puts a step before those on which a value came, on all that is below it, too. A value that came
// through an include or an anchor can't be edited for this project alone.
void prepend_step(Node& node, const Step& step);

// More steps are of no use to a reader, and anchors in anchors could make any number.
inline constexpr std::size_t kMaxSteps = 16;

}  // namespace plimsoll::parse::compose
