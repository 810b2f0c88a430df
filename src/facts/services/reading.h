// What the steps of lowering one Compose project share. Private to the room.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/arena.h"
#include "facts/project.h"
#include "parse/compose/load.h"

namespace plimsoll::facts {

using Node = parse::compose::Node;
using NodeKind = parse::compose::NodeKind;

using SecretsByName = std::map<std::string_view, const Secret*>;

// texts.cc: the files' own trees, by what is asked of them.
class WrittenServices {
 public:
  explicit WrittenServices(const parse::compose::WrittenFiles* texts);
  [[nodiscard]] ServiceText at(const text::Place& body, std::string_view name) const;
  // Sorted by address.
  [[nodiscard]] const std::vector<const parse::yaml::Node*>& shared() const { return shared_; }

 private:
  void read_services(const parse::compose::Opened& file, const parse::yaml::Node& document,
                     const parse::yaml::Node& all);

  std::map<std::pair<std::uint32_t, std::uint32_t>, ServiceText> by_place_;
  std::set<std::pair<std::uint32_t, std::string_view>> extended_;  // by source
  std::vector<const parse::yaml::Node*> shared_;
};

struct ProjectReading {
  const parse::compose::Project& given;
  Arena& arena;
  Project& project;
  const WrittenServices& written;
  SecretsByName secrets{}, configs{};  // of the project, once its top level is read
};

// One service, job or `pre_start` container while it is read.
struct ServiceReading {
  ProjectReading& in;
  const Node& node;
  Container& container;
  Service& service;
  text::Place missing;  // where a key that is not there would be added: the service's own

  [[nodiscard]] Arena& arena() const { return in.arena; }
  [[nodiscard]] const Node* find(std::string_view key) const { return node.find(key); }
};

// --- values.cc: one node to one fact -------------------------------------------------------------

// Somebody wrote a value; a default that the loader filled in is none.
bool is_stated(const Node* node);
// Null: some key on the way is missing.
const Node* find_path(const Node& node, std::initializer_list<std::string_view> keys);
// The node, or a part of it, whose value nobody knows; null: all is known.
const Node* unknown_part(const Node& node);

std::optional<bool> boolean_of(const Node& node);
std::optional<double> number_of(const Node& node);
std::optional<std::int64_t> integer_of(const Node& node);
// "64m", 1048576. Source: docker/go-units, RAMInBytes.
std::optional<std::int64_t> bytes_of(const Node& node);
// As written; of a list or mapping empty.
std::string_view text_of(const Node& node);
std::string_view text_of(const Node* node);  // of null too

// "/a/b" + "../c" = "/a/c". `path` alone if it is absolute; empty: `base` is not known.
std::string_view absolute_path(Arena& arena, std::string_view base, std::string_view path);

template <class T>
Fact<T> absent_at(text::Place where) {
  return {.presence = Presence::absent, .where = where};
}

// What holds for any fact that a node states: its place, its way, whether it is known.
template <class T>
Fact<T> fact_of(Arena& arena, const Node& node, T value);
template <class T>
Fact<T> fact_of(Arena& arena, const Node& node, const std::optional<T>& value);

// Of the service's key; absent facts point at the service.
Fact<std::string_view> text_fact(const ServiceReading& reading, const Node* node);
Fact<bool> boolean_fact(const ServiceReading& reading, const Node* node);
Fact<std::int64_t> integer_fact(const ServiceReading& reading, const Node* node);
Fact<std::int64_t> bytes_fact(const ServiceReading& reading, const Node* node);

// --- lists.cc: one node to a list of facts -------------------------------------------------------

// WrittenFiles of a list, or one text. `missing`: where the list would be added.
FactList<std::string_view> texts_of(Arena& arena, const Node* node, text::Place missing);
// The keys of a mapping, or the texts of a list.
FactList<std::string_view> names_of(Arena& arena, const Node* node, text::Place missing);
// NAME: value, or a list of NAME=value.
FactList<Variable> variables_of(Arena& arena, const Node* node, text::Place missing);

// `read(item) -> std::optional<T>`; an item that can't be read is unknown.
template <class T, class Read>
FactList<T> list_of(Arena& arena, const Node* node, text::Place missing, Read read);

// --- by subject ----------------------------------------------------------------------------------

void read_settings(const ServiceReading& reading);    // settings.cc
void read_programs(const ServiceReading& reading);    // programs.cc
void read_resources(const ServiceReading& reading);   // resources.cc
void read_mounts(const ServiceReading& reading);      // mounts.cc
void read_networking(const ServiceReading& reading);  // networking.cc
void read_workload(const ServiceReading& reading);    // workload.cc: what Service holds
const BuildSection* read_build_section(const ServiceReading& reading, const Node& node);
void read_top_level(ProjectReading& in);  // top_level.cc

// The words of `command`, `entrypoint` and the like.
Program program_of(Arena& arena, const Node& node);

// --- inline --------------------------------------------------------------------------------------

// values.cc
std::span<const Step> steps_of(Arena& arena, const Node& node);

template <class T>
Fact<T> fact_of(Arena& arena, const Node& node, T value) {
  Fact<T> fact{.presence = Presence::known, .value = value, .where = node.where};
  fact.via = steps_of(arena, node);
  fact.editable = node.editable;
  if (const Node* part = unknown_part(node)) {
    fact.presence = Presence::unknown;
    fact.unknown_because = arena.copy(part->unknown_because);
  }
  return fact;
}

template <class T>
Fact<T> fact_of(Arena& arena, const Node& node, const std::optional<T>& value) {
  Fact<T> fact = fact_of(arena, node, value.value_or(T{}));
  if (fact.known() && !value.has_value()) {
    fact.presence = Presence::unknown;
    fact.unknown_because = "Compose refuses the value";
  }
  return fact;
}

template <class T, class Read>
FactList<T> list_of(Arena& arena, const Node* node, text::Place missing, Read read) {
  FactList<T> list{.items = {}, .where = missing};
  if (!is_stated(node)) return list;
  list.where = node->where;
  list.complete = !node->unknown();
  std::vector<Fact<T>> items;
  if (node->is(NodeKind::list)) {
    items.reserve(node->items.size());
    for (const Node* item : node->items)
      if (item->written) items.push_back(fact_of<T>(arena, *item, read(*item)));
  } else if (!node->is(NodeKind::map)) {
    items.push_back(fact_of<T>(arena, *node, read(*node)));
  }
  list.items = arena.copy(items);
  return list;
}

}  // namespace plimsoll::facts
