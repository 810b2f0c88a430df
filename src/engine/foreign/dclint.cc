// .dclintrc and its kin, and `dclint` in package.json: under `rules` a level each, alone or as the
// first of a list with options; 0 is off. The other levels are not read: whoever gives a rule
// options must state one. What `exclude` keeps from dclint is not kept from others.
// Source: dclint 3.1.0, README "Configuration"; cosmiconfig 9, default search places.
#include "engine/foreign/foreign.h"

namespace plimsoll::engine::foreign {

void read_dclint(const Value& value, const File& file, Foreign& out) {
  const Value* rules = value.find("rules");
  if (rules == nullptr || rules->is(Value::Kind::null)) return;
  if (!rules->is(Value::Kind::table))
    return complain(file, *rules, "rules must be a table; it is left out", out);
  std::vector<std::string> off;
  for (const auto& [name, rule] : rules->members) {
    const bool options = rule.is(Value::Kind::list) && !rule.items.empty();
    const Value& level = options ? rule.items.front() : rule;
    if (level.text == "0")
      off.push_back(name);
    else if (level.text != "1" && level.text != "2")
      complain(file, level, "a rule's level must be 0, 1 or 2", out);
  }
  accept(pragmas::kDclint, std::move(off), file, out);
}

void read_package(const Value& value, const File& file, Foreign& out) {
  if (const Value* settings = value.find("dclint")) read_dclint(*settings, file, out);
}

}  // namespace plimsoll::engine::foreign
