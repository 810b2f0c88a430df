// Makes nodes out of other nodes: the parts of a short form, and the defaults that nobody wrote.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>

#include "parse/compose/loading.h"
#include "parse/compose/nodes.h"

namespace plimsoll::parse::compose {

// No collection of a model is nested deeper; what would be is left alone.
inline constexpr unsigned kMaxDepth = 400;

// Bytes of a scalar's text. The place is that part's own where the text stands in the file as it
// is; where it holds escapes or variables, it is the whole scalar's.
text::Place part_place(const Node& scalar, std::size_t begin, std::size_t end);

// An empty text, list or map with the place and the way of another node.
Node* made_from(const Loading& in, const Node& from, NodeKind kind);
Node* text_part(const Loading& in, const Node& scalar, std::size_t begin, std::size_t end);
Node* text_from(const Loading& in, const Node& from, std::string text);
Node* whole_number_from(const Loading& in, const Node& from, std::int64_t value);

// Values that nobody wrote, of what stands at `of`.
Node* default_text(const Loading& in, const Node& of, std::string text);
Node* default_boolean(const Loading& in, const Node& of, bool value);
Node* default_map(const Loading& in, const Node& of);
Node* default_null(const Loading& in, const Node& of);

// Sets a key that has its value's place. Looks through all keys: for maps that are small.
void put(Node& map, std::string_view key, Node* value);

// Fills a map of any size; the last value of a key wins, at the first one's position.
class MapFiller {
 public:
  explicit MapFiller(Node& map);
  void put(std::string_view key, Node* value, const text::Place& where);
  [[nodiscard]] Node* find(std::string_view key) const;

 private:
  Node& map_;
  std::unordered_map<std::string, std::size_t> at_{};
};

// A known key's value if it is a map (a list, a text), otherwise null.
Node* map_at(const Node& node, std::string_view key);
Node* list_at(const Node& node, std::string_view key);
// Empty: there is no such text.
std::string_view text_at(const Node& node, std::string_view key);

// The whole of "K=V" before and behind the first =; `found` tells "K" from "K=".
struct KeyValue {
  std::string_view key, value;
  bool found;
};
KeyValue cut(std::string_view text, char separator);

// Calls `visit(container, path)` for each service and each job: "services.web".
template <class Visit>
void each_workload(Node& model, Visit visit) {
  for (const std::string_view section : {"services", "jobs"}) {
    Node* all = map_at(model, section);
    if (all == nullptr) continue;
    for (Member& member : all->members) {
      if (!member.value->is(NodeKind::map)) continue;
      visit(*member.value, std::string(section) + "." + member.key);
    }
  }
}

}  // namespace plimsoll::parse::compose
