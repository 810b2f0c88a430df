// The model of a Compose project: the one mapping that all its files, merged, come to, in which
// every value knows the text that set it and the way on which it came.
#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "text/place.h"

namespace plimsoll::parse::compose {

enum class NodeKind : std::uint8_t { null, boolean, integer, real, text, list, map };

// One step on the way of a value into the model; outermost first.
struct Step {
  enum class Kind : std::uint8_t { include, extends, overrides, anchor, merge_key, variable } kind;
  text::Place where;  // `include:` entry, `extends:` value, what was overridden, `*alias`,
                      // `${NAME}` or the .env line that set it
  friend bool operator==(const Step&, const Step&) = default;
};

struct Member;

struct Node {
  NodeKind kind = NodeKind::null;
  bool boolean = false;
  std::int64_t integer = 0;
  double real = 0;
  bool is_time = false;  // a date without quotes: a text here, but a time to Compose's attributes
  std::string text{};    // of a text: after interpolation; of a number or boolean: as written
  // Of a text with variables: before they were put in. Empty: `text` is what was written.
  std::string raw{};
  std::vector<Node*> items{};   // list
  std::vector<Member> members;  // map, in the order of the first file that has the key

  // The value's text: of a scalar without its quotes; of a part of one (a port of "80:80/tcp")
  // still the whole scalar. A value that nobody wrote (a default) has the place of what it belongs
  // to and `written` false.
  text::Place where{};
  bool written = true;
  bool editable = true;  // false: it came through an anchor, a variable or another project
  std::vector<Step> via{};
  // A variable that is not set, or a file that can't be read: the value here is what Compose would
  // take (the empty text), but nobody knows it. "variable UID is not set"
  std::string unknown_because{};

  [[nodiscard]] bool is(NodeKind k) const { return kind == k; }
  [[nodiscard]] bool unknown() const { return !unknown_because.empty(); }
  // Null: this is no map, or has no such key.
  [[nodiscard]] Node* find(std::string_view key) const;
};

struct Member {
  std::string key;
  text::Place where{};  // of the key, without quotes
  Node* value = nullptr;
};

// Owns the nodes of one project; they move nowhere.
class Pool {
 public:
  Node* make(Node node = {}) {
    nodes_.push_back(std::move(node));
    return &nodes_.back();
  }
  // With all that is below it.
  Node* copy(const Node& node);
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }

 private:
  std::deque<Node> nodes_;
};

}  // namespace plimsoll::parse::compose
