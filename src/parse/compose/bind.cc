// Gives values the types of their attributes, and refuses what can't have them: sizes, times,
// switches, command lines, lists that are maps. Which type an attribute has is data.
// Source: compose-go v2.16.2, types/ and loader/mapstructure.go (behaviour); mapstructure v2.
#include "parse/compose/bind.h"

#include <cmath>

#include "base/ascii.h"
#include "base/concat.h"
#include "parse/compose/parts.h"
#include "parse/compose/units.h"

namespace plimsoll::parse::compose {
namespace {

using data::ComposeShape;
using data::ComposeType;

void become_integer(Node& node, std::int64_t value) {
  node.kind = NodeKind::integer;
  node.integer = value;
}

// Go's conversion of a real to an integer, within what C++ defines.
std::int64_t truncated(double value) {
  return std::fabs(value) < 9e18 ? static_cast<std::int64_t>(value) : 0;
}

class Binder {
 public:
  explicit Binder(const Loading& in) : in_(in) {}

  Node* value(Node& node, const ComposeShape& shape) {
    if (node.is(NodeKind::null)) return &node;
    switch (shape.type) {
      case ComposeType::text:
        text(node);
        break;
      case ComposeType::flag:
      case ComposeType::opt_out:
      case ComposeType::external:
        flag(node);
        break;
      case ComposeType::integer:
        integer(node);
        break;
      case ComposeType::unsigned16:
        natural(node, 0xFFFF);
        break;
      case ComposeType::unsigned32:
        natural(node, 0xFFFF'FFFF);
        break;
      case ComposeType::unsigned64:
        natural(node, INT64_MAX);
        break;
      case ComposeType::real:
      case ComposeType::nano_cpus:
        real(node);
        break;
      case ComposeType::bytes:
        bytes(node);
        break;
      case ComposeType::duration:
        duration(node);
        break;
      case ComposeType::file_mode:
        file_mode(node);
        break;
      case ComposeType::device_count:
        device_count(node);
        break;
      case ComposeType::fields:
      case ComposeType::ulimit:
        if (node.is(NodeKind::map)) fields(node, *shape.fields);
        break;
      case ComposeType::list:
        list(node, *shape.items);
        break;
      case ComposeType::map:
        map(node, *shape.values);
        break;
      case ComposeType::unprinted:
        return unprinted(node, shape);
      default:
        return bind_collection(in_, node, shape, path_);
    }
    return &node;
  }

 private:
  void refuse(const Node& node, std::string_view reason) {
    in_.refuse(node, concat({path_, ": ", reason}));
  }

  Node* below(Node& node, const ComposeShape& shape, std::string_view step) {
    const std::size_t size = path_.size();
    if (size > 0) path_ += '.';
    path_ += step;
    Node* result = value(node, shape);
    path_.resize(size);
    return result;
  }

  void fields(Node& node, const data::ComposeFields& fields) {
    for (Member& member : node.members) {
      const data::ComposeAttribute* attribute = data::find_attribute(fields, member.key);
      if (attribute != nullptr) member.value = below(*member.value, *attribute->shape, member.key);
    }
  }

  void list(Node& node, const ComposeShape& items) {
    if (!node.is(NodeKind::list)) {
      refuse(node, "must be a list");
      return;
    }
    for (std::size_t i = 0; i < node.items.size(); ++i)
      node.items[i] = below(*node.items[i], items, std::to_string(i));
  }

  void map(Node& node, const ComposeShape& values) {
    if (!node.is(NodeKind::map)) {
      refuse(node, "must be a mapping");
      return;
    }
    if (is_inner(values)) fold_extensions(in_, node);
    for (Member& member : node.members) member.value = below(*member.value, values, member.key);
  }

  // Maps of the user's names keep those that start with x-; in others such keys are extensions.
  static bool is_inner(const ComposeShape& values) {
    if (values.fields == nullptr) return true;
    const std::string_view name = values.fields->name;
    return name == "service_network" || name == "service_model" || name == "ulimit";
  }

  Node* unprinted(Node& node, const ComposeShape& shape) {
    if (node.is(NodeKind::map) && shape.values != nullptr) map(node, *shape.values);
    return &node;
  }

  void text(Node& node) {
    if (node.is_time) {
      refuse(node, "must be a string: without quotes this is a time");
      return;
    }
    if (node.is(NodeKind::text)) return;
    if (node.is(NodeKind::integer)) {
      node.text = std::to_string(node.integer);
      node.kind = NodeKind::text;
      return;
    }
    refuse(node, "must be a string");
  }

  void flag(Node& node) {
    if (node.is(NodeKind::boolean)) return;
    const std::optional<Switch> parsed =
        node.is(NodeKind::text) ? parse_boolean(node.text) : std::nullopt;
    if (!parsed) {
      refuse(node, concat({"invalid boolean: ", node.text}));
      return;
    }
    if (parsed->old_word) {
      in_.warn(node,
               concat({"\"", node.text, "\" for boolean is not supported by YAML 1.2, write `",
                       parsed->on ? "true" : "false", "`"}));
    }
    node.kind = NodeKind::boolean;
    node.boolean = parsed->on;
  }

  void integer(Node& node) {
    if (node.is(NodeKind::integer)) return;
    if (node.is(NodeKind::real)) {
      become_integer(node, truncated(node.real));
      return;
    }
    const std::optional<std::int64_t> parsed =
        node.is(NodeKind::text) ? parse_integer(node.text) : std::nullopt;
    if (!parsed) {
      refuse(node, concat({"must be an integer: \"", node.text, "\""}));
      return;
    }
    become_integer(node, *parsed);
  }

  // What is too large loses its upper bits, as in Go.
  void natural(Node& node, std::int64_t mask) {
    if (node.is(NodeKind::real)) become_integer(node, truncated(node.real));
    if (!node.is(NodeKind::integer)) {
      refuse(node, concat({"must be an integer, not the text \"", node.text, "\""}));
    } else if (node.integer < 0) {
      refuse(node,
             concat({std::to_string(node.integer), " overflows uint: it must not be negative"}));
    } else {
      node.integer &= mask;
    }
  }

  void real(Node& node) {
    if (node.is(NodeKind::integer)) {
      node.real = static_cast<double>(node.integer);
    } else if (node.is(NodeKind::text)) {
      const std::optional<double> parsed = parse_real(node.text);
      if (!parsed) {
        refuse(node, concat({"must be a number: \"", node.text, "\""}));
        return;
      }
      node.real = *parsed;
    } else if (!node.is(NodeKind::real)) {
      refuse(node, "must be a number");
      return;
    }
    node.kind = NodeKind::real;
  }

  void bytes(Node& node) {
    if (node.is(NodeKind::integer)) return;
    if (!node.is(NodeKind::text)) {
      in_.warn(node, concat({path_, ": ", go_text(node),
                             " is no whole number of bytes; Compose takes it for none"}));
      become_integer(node, 0);
      return;
    }
    const std::optional<std::int64_t> parsed = parse_bytes(node.text);
    if (!parsed) {
      refuse(node, concat({"invalid size: '", node.text, "'"}));
      return;
    }
    become_integer(node, *parsed);
  }

  void duration(Node& node) {
    const std::string text = go_text(node);
    const std::optional<std::int64_t> parsed = parse_duration(text);
    if (!parsed) {
      refuse(node,
             concat({"invalid duration \"", text, "\": write a number with its unit, e.g. 30s"}));
      return;
    }
    node.kind = NodeKind::text;
    node.integer = *parsed;
    node.text = duration_text(*parsed);
  }

  void file_mode(Node& node) {
    if (node.is(NodeKind::integer)) return;
    const std::optional<std::int64_t> parsed =
        node.is(NodeKind::text) ? parse_integer(node.text, 8) : std::nullopt;
    if (!parsed) {
      refuse(node, concat({"must be an octal number such as \"0440\", not \"", node.text, "\""}));
      return;
    }
    become_integer(node, *parsed);
  }

  void device_count(Node& node) {
    if (node.is(NodeKind::integer)) return;
    if (node.is(NodeKind::text) && lower(node.text) == "all") {
      become_integer(node, -1);
      return;
    }
    const std::optional<std::int64_t> parsed =
        node.is(NodeKind::text) ? parse_integer(node.text) : std::nullopt;
    if (!parsed) {
      refuse(node, concat({"invalid value \"", node.text,
                           "\", the only value allowed is 'all' or a number"}));
      return;
    }
    become_integer(node, *parsed);
  }

  const Loading& in_;
  std::string path_{};
};

}  // namespace

void bind_types(const Loading& in, Node& model) {
  Binder(in).value(model, data::compose_project());
}

}  // namespace plimsoll::parse::compose
