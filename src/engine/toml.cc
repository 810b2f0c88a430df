// The one file that knows toml++.
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include "base/concat.h"
#include "engine/value.h"

namespace plimsoll::engine {

const Value* Value::find(std::string_view key) const {
  for (const auto& [name, value] : members)
    if (name == key) return &value;
  return nullptr;
}

namespace {

// toml++ refuses deeper nesting itself (TOML_MAX_NESTED_VALUES), so the recursion is bounded.
Value value_of(const toml::node& node) {
  Value value{.line = node.source().begin.line};
  if (const toml::table* table = node.as_table()) {
    value.kind = Value::Kind::table;
    for (const auto& [key, member] : *table)
      value.members.push_back({std::string(key.str()), value_of(member)});
  } else if (const toml::array* array = node.as_array()) {
    value.kind = Value::Kind::list;
    for (const toml::node& item : *array) value.items.push_back(value_of(item));
  } else if (node.is_string()) {
    value.kind = Value::Kind::text;
    value.text = node.as_string()->get();
  } else if (node.is_boolean()) {
    value.kind = Value::Kind::boolean;
    value.text = node.as_boolean()->get() ? "true" : "false";
  } else if (const toml::value<toml::date>* date = node.as_date()) {
    // `until = 2026-12-31` without quotes is a date of TOML's own; it means the same.
    char text[32];
    std::snprintf(text, sizeof text, "%04u-%02u-%02u", unsigned{date->get().year},
                  unsigned{date->get().month}, unsigned{date->get().day});
    value.kind = Value::Kind::text;
    value.text = text;
  } else {
    value.kind = Value::Kind::number;
  }
  return value;
}

}  // namespace

Result<Value> parse_toml(const std::string& path, std::string_view bytes) {
  const toml::parse_result parsed = toml::parse(bytes, path);
  if (parsed) return value_of(parsed.table());
  const unsigned line = parsed.error().source().begin.line;
  return fail(ErrorKind::malformed,
              concat({path, ":", std::to_string(line), ": ", parsed.error().description()}), line);
}

}  // namespace plimsoll::engine
