// Turns lists and mappings of the model into lists of facts.
#include "facts/services/reading.h"

namespace plimsoll::facts {
namespace {

using parse::compose::Member;

// The place of the value; of `KEY:` without one that of the key.
Fact<Variable> variable_of(Arena& arena, const Member& member) {
  const Node& node = *member.value;
  Variable variable{.name = arena.copy(member.key), .text = arena.copy(text_of(node))};
  variable.has_text = !node.is(NodeKind::null);
  variable.written = arena.copy(node.raw);
  variable.value = node.where;
  Fact<Variable> fact = fact_of(arena, node, variable);
  if (!variable.has_text) {
    if (fact.where.span.size() == 0) fact.where = member.where;
    // Compose takes it from its own environment, or does without.
    if (fact.known()) fact.presence = Presence::removed;
  }
  return fact;
}

// NAME=value or NAME in one text.
Fact<Variable> variable_of(Arena& arena, const Node& item) {
  const std::string_view text = arena.copy(text_of(item));
  const std::size_t equals = text.find('=');
  Variable variable{.name = text.substr(0, equals)};
  variable.has_text = equals != std::string_view::npos;
  if (variable.has_text) variable.text = text.substr(equals + 1);
  if (const std::size_t at = item.raw.find('='); at != std::string::npos)
    variable.written = arena.copy(std::string_view(item.raw).substr(at + 1));
  variable.value = item.where;
  Fact<Variable> fact = fact_of(arena, item, variable);
  if (fact.known() && !variable.has_text) fact.presence = Presence::removed;
  return fact;
}

}  // namespace

FactList<std::string_view> texts_of(Arena& arena, const Node* node, text::Place missing) {
  return list_of<std::string_view>(arena, node, missing, [&](const Node& item) {
    return std::optional<std::string_view>(arena.copy(text_of(item)));
  });
}

FactList<std::string_view> names_of(Arena& arena, const Node* node, text::Place missing) {
  // `networks: {default: null}` that Compose adds is said by nobody.
  if (node != nullptr && !node->written) node = nullptr;
  if (!is_stated(node) || !node->is(NodeKind::map)) return texts_of(arena, node, missing);
  std::vector<Fact<std::string_view>> items;
  items.reserve(node->members.size());
  for (const Member& member : node->members) {
    Fact<std::string_view> fact =
        fact_of<std::string_view>(arena, *member.value, arena.copy(member.key));
    fact.presence = Presence::known;  // whatever its value is
    fact.where = member.where;
    items.push_back(fact);
  }
  return {.items = arena.copy(items), .where = node->where};
}

FactList<Variable> variables_of(Arena& arena, const Node* node, text::Place missing) {
  FactList<Variable> list{.items = {}, .where = missing};
  if (node == nullptr) return list;
  // The mapping may be there only because files of variables were named.
  if (is_stated(node)) list.where = node->where;
  list.complete = !node->unknown();
  std::vector<Fact<Variable>> items;
  items.reserve(node->members.size() + node->items.size());
  for (const Member& member : node->members) items.push_back(variable_of(arena, member));
  for (const Node* item : node->items) items.push_back(variable_of(arena, *item));
  list.items = arena.copy(items);
  return list;
}

Program program_of(Arena& arena, const Node& node) {
  std::vector<const Node*> items(node.items.begin(), node.items.end());
  if (!text_of(node).empty()) items.push_back(&node);
  std::vector<std::string_view> words, written;
  std::vector<text::Place> places;
  words.reserve(items.size());
  written.reserve(items.size());
  places.reserve(items.size());
  for (const Node* item : items) {
    words.push_back(arena.copy(text_of(*item)));
    written.push_back(item->raw.empty() ? words.back() : arena.copy(item->raw));
    places.push_back(item->where);
  }
  return {.exec_form = true,
          .words = arena.copy(words),
          .written = arena.copy(written),
          .places = arena.copy(places)};
}

}  // namespace plimsoll::facts
