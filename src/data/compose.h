// What a Compose file may say, and what Compose makes of it: one table for checking a model, giving
// its values their types and writing it as JSON. From data/compose_attributes.json.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace plimsoll::data {

// The kinds that a value may be of: bits. An integer is a number; `whole` alone is an integer.
enum ComposeKind : std::uint8_t {
  compose_null = 1,
  compose_boolean = 2,
  compose_whole = 4,
  compose_number = 8,
  compose_text = 16,
  compose_list = 32,
  compose_map = 64
};

// What Compose makes of a value.
enum class ComposeType : std::uint8_t {
  text,
  flag,
  opt_out,  // a flag that is written only if it is false
  external,
  integer,
  unsigned16,
  unsigned32,
  unsigned64,
  real,          // of 32 bits
  nano_cpus,     // real, whatever the text looks like
  bytes,         // "512m"; written as a text of digits
  duration,      // "1m30s"
  file_mode,     // "0440": octal
  device_count,  // "all" is -1
  ulimit,        // a number, or soft and hard
  string_list,   // a text or a list of texts
  any_texts,     // a list; each item as text
  command,       // a text is split into words as a shell does; always written
  test,          // a text is CMD-SHELL
  mapping,       // "K=V" list or map; null is ""
  labels,
  environment,  // null stays null
  options,      // a map; each value as text
  multi_options,
  string_map,
  hosts,
  ssh,
  fields,     // a mapping of known keys
  list,       // of whatever `items` is
  map,        // free keys
  unprinted,  // no part of the project that is written
};

enum class ComposePrinted : std::uint8_t { if_not_empty, if_given, always };
enum class ComposeKeys : std::uint8_t { any, names, lower };
enum class ComposePattern : std::uint8_t { none, pull_policy, container_name };

struct ComposeShape;

struct ComposeAttribute {
  std::string_view name;
  std::string_view printed;  // "Path"; mostly the same
  const ComposeShape* shape;
};

// A mapping of known keys.
struct ComposeFields {
  std::string_view name;
  std::span<const ComposeAttribute> attributes;  // sorted
  std::span<const std::string_view> required;    // all of them
  std::span<const std::string_view> one_of;      // at least one
  bool extensions;                               // x- keys are allowed
  bool open;                                     // any keys are
};

struct ComposeShape {
  std::uint8_t kinds;
  ComposeType type;
  ComposePrinted printed;
  const ComposeFields* fields = nullptr;  // of a map
  const ComposeShape* values = nullptr;   // of a map with free keys
  const ComposeShape* items = nullptr;    // of a list
  ComposeKeys keys = ComposeKeys::any;
  bool open = false;    // other keys than `keys` are allowed, with any value
  bool unique = false;  // a list without equal items
  ComposePattern pattern = ComposePattern::none;
  std::int64_t least = INT64_MIN, most = INT64_MAX;
  std::span<const std::string_view> choices{};
};

// The shape of a whole model.
const ComposeShape& compose_project();
// Attributes that a container has wherever it is declared; null: there is no entry of that name.
const ComposeFields* compose_fields(std::string_view name);
const ComposeAttribute* find_attribute(const ComposeFields& fields, std::string_view name);

}  // namespace plimsoll::data
