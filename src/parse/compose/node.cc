// What nodes of the model are asked for by everyone: keys, copies, comparison, Go's printing.
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <string>

#include "parse/compose/nodes.h"

namespace plimsoll::parse::compose {

Node* Node::find(std::string_view key) const {
  for (const Member& member : members)
    if (member.key == key) return member.value;
  return nullptr;
}

// Recursion: a document's depth is bounded when its nodes are made.
Node* Pool::copy(const Node& node) {
  Node* result = make(node);
  for (Node*& item : result->items) item = copy(*item);
  for (Member& member : result->members) member.value = copy(*member.value);
  return result;
}

// Go prints the shortest digits that read back the same, with an exponent below 1e-4 and from 1e6.
// Source: fmt, %v of float64; measured.
std::string go_text(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  std::array<char, 400> buffer{};
  const double size = std::fabs(value);
  const bool scientific = size != 0 && (size < 1e-4 || size >= 1e6);
  const std::to_chars_result end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                    scientific ? std::chars_format::scientific : std::chars_format::fixed);
  return {buffer.data(), end.ptr};
}

static std::string list_text(const Node& node) {
  std::string text = "[";
  for (const Node* item : node.items) {
    if (text.size() > 1) text += ' ';
    text += go_text(*item);
  }
  return text + "]";
}

static std::string map_text(const Node& node) {
  std::map<std::string_view, const Node*> sorted;
  for (const Member& member : node.members) sorted[member.key] = member.value;
  std::string text = "map[";
  for (const auto& [key, value] : sorted) {
    if (text.size() > 4) text += ' ';
    text += key;
    text += ':';
    text += go_text(*value);
  }
  return text + "]";
}

std::string go_text(const Node& node) {
  switch (node.kind) {
    case NodeKind::null:
      return "<nil>";
    case NodeKind::boolean:
      return node.boolean ? "true" : "false";
    case NodeKind::integer:
      return std::to_string(node.integer);
    case NodeKind::real:
      return go_text(node.real);
    case NodeKind::text:
      return node.text;
    case NodeKind::list:
      return list_text(node);
    case NodeKind::map:
      return map_text(node);
  }
  return {};
}

static void print(const Node& node, std::string& out) {
  switch (node.kind) {
    case NodeKind::null:
      out += 'n';
      break;
    case NodeKind::boolean:
      out += node.boolean ? 't' : 'f';
      break;
    case NodeKind::integer:
      out += 'i' + std::to_string(node.integer) + ';';
      break;
    case NodeKind::real:
      out += 'r' + go_text(node.real) + ';';
      break;
    case NodeKind::text:
      out += 's' + std::to_string(node.text.size()) + ':' + node.text;
      break;
    case NodeKind::list:
      out += '[';
      for (const Node* item : node.items) print(*item, out);
      out += ']';
      break;
    case NodeKind::map: {
      std::map<std::string_view, const Node*> sorted;
      for (const Member& member : node.members) sorted[member.key] = member.value;
      out += '{';
      for (const auto& [key, value] : sorted) {
        out += std::to_string(key.size()) + ':';
        out += key;
        print(*value, out);
      }
      out += '}';
      break;
    }
  }
}

std::string fingerprint(const Node& node) {
  std::string text;
  print(node, text);
  return text;
}

bool equal(const Node& left, const Node& right) {
  return left.kind == right.kind && fingerprint(left) == fingerprint(right);
}

void set(Node& map, std::string_view key, text::Place where, Node* value) {
  for (Member& member : map.members) {
    if (member.key != key) continue;
    member.value = value;
    return;
  }
  map.members.push_back({std::string(key), where, value});
}

void erase(Node& map, std::string_view key) {
  std::erase_if(map.members, [key](const Member& member) { return member.key == key; });
}

KeyIndex::KeyIndex(const Node& map) {
  index_.reserve(map.members.size());
  for (std::size_t i = 0; i < map.members.size(); ++i) index_.emplace(map.members[i].key, i);
}

Node** KeyIndex::find(Node& map, std::string_view key) const {
  const auto at = index_.find(std::string(key));
  return at == index_.end() ? nullptr : &map.members[at->second].value;
}

void prepend_step(Node& node, const Step& step) {
  if (node.via.size() < kMaxSteps) node.via.insert(node.via.begin(), step);
  if (step.kind == Step::Kind::include) node.editable = false;
  for (Node* item : node.items) prepend_step(*item, step);
  for (const Member& member : node.members) prepend_step(*member.value, step);
}

}  // namespace plimsoll::parse::compose
