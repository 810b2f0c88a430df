// Refuses what the schema of Compose refuses: unknown keys, values of other types, lists with equal
// items. The types are data: data/compose_attributes.json.
#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/concat.h"
#include "data/compose.h"
#include "parse/compose/parts.h"
#include "parse/dockerfile/keyword.h"

namespace plimsoll::parse::compose {
namespace {

using data::ComposeFields;
using data::ComposeKeys;
using data::ComposePattern;
using data::ComposeShape;

// JSON knows no integers: 1.0 is one.
bool is_whole(const Node& node) {
  return node.is(NodeKind::integer) || (node.is(NodeKind::real) && std::isfinite(node.real) &&
                                        std::trunc(node.real) == node.real);
}

bool allows(std::uint8_t kinds, const Node& node) {
  switch (node.kind) {
    case NodeKind::null:
      return (kinds & data::compose_null) != 0;
    case NodeKind::boolean:
      return (kinds & data::compose_boolean) != 0;
    case NodeKind::integer:
    case NodeKind::real:
      return (kinds & data::compose_number) != 0 ||
             ((kinds & data::compose_whole) != 0 && is_whole(node));
    case NodeKind::text:
      return (kinds & data::compose_text) != 0;
    case NodeKind::list:
      return (kinds & data::compose_list) != 0;
    case NodeKind::map:
      return (kinds & data::compose_map) != 0;
  }
  return false;
}

// "a boolean or string"
std::string expected(std::uint8_t kinds) {
  std::vector<std::string_view> names;
  if (kinds & data::compose_map) names.emplace_back("mapping");
  if (kinds & data::compose_list) names.emplace_back("list");
  if (kinds & data::compose_boolean) names.emplace_back("boolean");
  if (kinds & data::compose_number) {
    names.emplace_back("number");
  } else if (kinds & data::compose_whole) {
    names.emplace_back("integer");
  }
  if (kinds & data::compose_text) names.emplace_back("string");
  if (kinds & data::compose_null) names.emplace_back("null");
  std::string result(!names.empty() && names.front() == "integer" ? "an " : "a ");
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) result += i + 1 == names.size() ? " or " : ", ";
    result += names[i];
  }
  return result;
}

bool is_name(std::string_view key) {
  return !key.empty() && std::ranges::all_of(key, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  });
}

bool fits(ComposeKeys keys, std::string_view key) {
  switch (keys) {
    case ComposeKeys::any:
      return !key.empty();
    case ComposeKeys::names:
      return is_name(key);
    case ComposeKeys::lower:
      return !key.empty() && std::ranges::all_of(key, [](char c) { return c >= 'a' && c <= 'z'; });
  }
  return false;
}

// every_12h30m: one or more of a number and a unit.
bool is_every(std::string_view text) {
  if (!text.starts_with("every_")) return false;
  text.remove_prefix(6);
  if (text.empty()) return false;
  while (!text.empty()) {
    const std::size_t digits = text.find_first_not_of("0123456789");
    if (digits == 0 || digits == std::string_view::npos) return false;
    if (std::string_view("wdhms").find(text[digits]) == std::string_view::npos) return false;
    text.remove_prefix(digits + 1);
  }
  return true;
}

bool is_pull_policy(std::string_view text) {
  constexpr std::string_view kPolicies[] = {"always",  "never",   "build", "if_not_present",
                                            "missing", "refresh", "daily", "weekly"};
  return std::ranges::find(kPolicies, text) != std::end(kPolicies) || is_every(text);
}

// Somewhere in it: a letter or digit, and behind that one more character of a name.
bool is_container_name(std::string_view text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (is_name(text.substr(i, 2)) && is_name(text.substr(i, 1)) && text[i] != '.' &&
        text[i] != '_' && text[i] != '-') {
      return true;
    }
  }
  return false;
}

class Checker {
 public:
  explicit Checker(const Loading& in) : in_(in) {}

  void value(const Node& node, const ComposeShape& shape) {
    if (!allows(shape.kinds, node)) {
      refuse(node, concat({"must be ", expected(shape.kinds)}));
      return;
    }
    switch (node.kind) {
      case NodeKind::map:
        map(node, shape);
        break;
      case NodeKind::list:
        list(node, shape);
        break;
      case NodeKind::text:
        text(node, shape);
        break;
      case NodeKind::integer:
      case NodeKind::real:
        number(node, shape);
        break;
      default:
        break;
    }
  }

 private:
  void refuse(const Node& node, std::string_view reason) {
    in_.refuse(node, path_.empty() ? std::string(reason) : concat({path_, " ", reason}));
  }

  // One step down the path.
  void below(const Node& node, const ComposeShape& shape, std::string_view step) {
    const std::size_t size = path_.size();
    if (size > 0) path_ += '.';
    path_ += step;
    value(node, shape);
    path_.resize(size);
  }

  void map(const Node& node, const ComposeShape& shape) {
    if (shape.fields != nullptr) fields(node, *shape.fields);
    if (shape.values == nullptr) return;
    for (const Member& member : node.members) {
      if (fits(shape.keys, member.key)) {
        below(*member.value, *shape.values, member.key);
      } else if (!shape.open) {
        unknown_key(member, {});
      }
    }
  }

  void fields(const Node& node, const ComposeFields& fields) {
    for (const std::string_view name : fields.required) {
      if (node.find(name) == nullptr) refuse(node, concat({"missing property '", name, "'"}));
    }
    if (!fields.one_of.empty() && std::ranges::none_of(fields.one_of, [&](std::string_view name) {
          return node.find(name) != nullptr;
        })) {
      refuse(node, concat({"missing property '", fields.one_of.front(), "'"}));
    }
    for (const Member& member : node.members) {
      const data::ComposeAttribute* attribute = data::find_attribute(fields, member.key);
      if (attribute != nullptr) {
        below(*member.value, *attribute->shape, member.key);
      } else if (!fields.open && !(fields.extensions && member.key.starts_with("x-"))) {
        unknown_key(member, &fields);
      }
    }
  }

  void unknown_key(const Member& member, const ComposeFields* fields) {
    Node key;
    key.where = member.where;
    key.via = member.value->via;
    std::string reason = concat({"additional properties '", member.key, "' not allowed"});
    if (fields != nullptr) {
      std::vector<std::string_view> names;
      names.reserve(fields->attributes.size());
      for (const data::ComposeAttribute& each : fields->attributes) names.emplace_back(each.name);
      const std::string_view meant = dockerfile::nearest(member.key, names);
      if (!meant.empty()) reason += concat({"; did you mean \"", meant, "\"?"});
    }
    in_.refuse(key, path_.empty() ? reason : concat({path_, ": ", reason}));
  }

  void list(const Node& node, const ComposeShape& shape) {
    std::unordered_map<std::string, std::size_t> seen;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      if (shape.items != nullptr) below(*node.items[i], *shape.items, std::to_string(i));
      if (!shape.unique) continue;
      const auto [first, added] = seen.emplace(fingerprint(*node.items[i]), i);
      if (added) continue;
      refuse(*node.items[i], concat({"items at ", std::to_string(first->second), " and ",
                                     std::to_string(i), " are equal"}));
    }
  }

  void text(const Node& node, const ComposeShape& shape) {
    if (!shape.choices.empty() &&
        std::ranges::find(shape.choices, node.text) == shape.choices.end()) {
      std::string reason = "value must be one of ";
      for (std::size_t i = 0; i < shape.choices.size(); ++i) {
        reason += concat({i > 0 ? ", '" : "'", shape.choices[i], "'"});
      }
      refuse(node, reason);
    }
    if (shape.pattern == ComposePattern::pull_policy && !is_pull_policy(node.text)) {
      refuse(node,
             "must be one of always, never, missing, if_not_present, build, refresh, daily, weekly "
             "or every_ with a time, e.g. every_12h: it does not match pattern");
    }
    if (shape.pattern == ComposePattern::container_name && !is_container_name(node.text)) {
      refuse(node, "must have a letter or digit and one more: it does not match pattern");
    }
  }

  void number(const Node& node, const ComposeShape& shape) {
    if (node.is(NodeKind::real) && !std::isfinite(node.real)) {
      refuse(node, "must be a finite number");
      return;
    }
    const double number =
        node.is(NodeKind::integer) ? static_cast<double>(node.integer) : node.real;
    if (shape.least != INT64_MIN && number < static_cast<double>(shape.least)) {
      refuse(node, concat({"must be greater than or equal to ", std::to_string(shape.least)}));
    }
    if (shape.most != INT64_MAX && number > static_cast<double>(shape.most)) {
      refuse(node, concat({"must be less than or equal to ", std::to_string(shape.most)}));
    }
  }

  const Loading& in_;
  std::string path_{};  // "services.web.ports.0"
};

}  // namespace

void check_schema(const Loading& in, Node& model) {
  Checker(in).value(model, data::compose_project());
}

}  // namespace plimsoll::parse::compose
