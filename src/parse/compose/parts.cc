// Makes nodes out of other nodes, so that each keeps the place of the text that it came from.
#include "parse/compose/parts.h"

#include <algorithm>

namespace plimsoll::parse::compose {
namespace {

Node* by_default(const Loading& in, const Node& of, NodeKind kind) {
  Node* node = made_from(in, of, kind);
  node->written = false;
  node->unknown_because.clear();
  return node;
}

Node* of_kind(const Node& node, std::string_view key, NodeKind kind) {
  Node* found = node.find(key);
  return found != nullptr && found->is(kind) ? found : nullptr;
}

}  // namespace

text::Place part_place(const Node& scalar, std::size_t begin, std::size_t end) {
  const bool as_written = scalar.raw.empty() && scalar.where.span.size() == scalar.text.size() &&
                          std::ranges::none_of(scalar.via, [](const Step& step) {
                            return step.kind == Step::Kind::variable;
                          });
  if (!as_written || begin > end || end > scalar.text.size()) return scalar.where;
  const std::uint32_t start = scalar.where.span.begin;
  return {scalar.where.source,
          {start + static_cast<std::uint32_t>(begin), start + static_cast<std::uint32_t>(end)}};
}

Node* made_from(const Loading& in, const Node& from, NodeKind kind) {
  Node node;
  node.kind = kind;
  node.where = from.where;
  node.written = from.written;
  node.editable = from.editable;
  node.via = from.via;
  node.unknown_because = from.unknown_because;
  return in.make(std::move(node));
}

Node* text_part(const Loading& in, const Node& scalar, std::size_t begin, std::size_t end) {
  Node* node = made_from(in, scalar, NodeKind::text);
  node->text = scalar.text.substr(begin, end - begin);
  node->where = part_place(scalar, begin, end);
  // The rest of a text with variables: of "${KEY}=${VALUE}" what stands behind the sign.
  const std::string_view head = std::string_view(scalar.text).substr(0, begin);
  if (end == scalar.text.size() && !scalar.raw.empty()) {
    const std::size_t sign = head.ends_with('=') ? scalar.raw.find('=') : std::string::npos;
    if (scalar.raw.starts_with(head)) {
      node->raw = scalar.raw.substr(begin);
    } else if (sign != std::string::npos) {
      node->raw = scalar.raw.substr(sign + 1);
    }
  }
  return node;
}

Node* text_from(const Loading& in, const Node& from, std::string text) {
  Node* node = made_from(in, from, NodeKind::text);
  node->text = std::move(text);
  return node;
}

Node* whole_number_from(const Loading& in, const Node& from, std::int64_t value) {
  Node* node = made_from(in, from, NodeKind::integer);
  node->integer = value;
  node->text = std::to_string(value);
  return node;
}

Node* default_text(const Loading& in, const Node& of, std::string text) {
  Node* node = by_default(in, of, NodeKind::text);
  node->text = std::move(text);
  return node;
}

Node* default_boolean(const Loading& in, const Node& of, bool value) {
  Node* node = by_default(in, of, NodeKind::boolean);
  node->boolean = value;
  node->text = value ? "true" : "false";
  return node;
}

Node* default_map(const Loading& in, const Node& of) {
  return by_default(in, of, NodeKind::map);
}

Node* default_null(const Loading& in, const Node& of) {
  return by_default(in, of, NodeKind::null);
}

void put(Node& map, std::string_view key, Node* value) {
  set(map, key, value->where, value);
}

MapFiller::MapFiller(Node& map) : map_(map) {
  at_.reserve(map.members.size());
  for (std::size_t i = 0; i < map.members.size(); ++i) at_.emplace(map.members[i].key, i);
}

void MapFiller::put(std::string_view key, Node* value, const text::Place& where) {
  const auto [found, added] = at_.emplace(std::string(key), map_.members.size());
  if (added) {
    map_.members.push_back({std::string(key), where, value});
  } else {
    map_.members[found->second].value = value;
    map_.members[found->second].where = where;
  }
}

Node* MapFiller::find(std::string_view key) const {
  const auto found = at_.find(std::string(key));
  return found == at_.end() ? nullptr : map_.members[found->second].value;
}

Node* map_at(const Node& node, std::string_view key) {
  return of_kind(node, key, NodeKind::map);
}

Node* list_at(const Node& node, std::string_view key) {
  return of_kind(node, key, NodeKind::list);
}

std::string_view text_at(const Node& node, std::string_view key) {
  const Node* found = of_kind(node, key, NodeKind::text);
  return found == nullptr ? std::string_view() : std::string_view(found->text);
}

KeyValue cut(std::string_view text, char separator) {
  const std::size_t at = text.find(separator);
  if (at == std::string_view::npos) return {text, {}, false};
  return {text.substr(0, at), text.substr(at + 1), true};
}

}  // namespace plimsoll::parse::compose
