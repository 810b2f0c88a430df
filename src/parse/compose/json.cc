// Writes a project as Compose prints it: each value by the type of its attribute, what is empty
// left out as Go's structures do. Source: Go, encoding/json; compose-go v2.16.2, types/
// (behaviour).
#include <algorithm>
#include <map>

#include "base/utf8.h"
#include "data/compose.h"
#include "parse/compose/parts.h"
#include "parse/compose/units.h"

namespace plimsoll::parse::compose {
namespace {

using data::ComposePrinted;
using data::ComposeShape;
using data::ComposeType;

// Two spaces a level; < > & are escaped, as is what JavaScript takes for line ends.
class Json {
 public:
  std::string take() { return std::move(out_); }

  void begin(char bracket) {
    out_ += bracket;
    ++depth_;
    first_ = true;
  }
  void end(char bracket) {
    --depth_;
    if (!first_) line();
    out_ += bracket;
    first_ = false;
  }
  // Before an item of a list.
  void next() {
    if (!first_) out_ += ',';
    first_ = false;
    line();
  }
  void key(std::string_view name) {
    next();
    string(name);
    out_ += ": ";
  }
  void literal(std::string_view text) { out_ += text; }

  void string(std::string_view text) {
    out_ += '"';
    while (!text.empty()) {
      const Utf8Character character = first_character(text);
      append(character.valid ? character.code : kReplacementCharacter);
      text.remove_prefix(character.size_bytes);
    }
    out_ += '"';
  }

 private:
  void line() {
    out_ += '\n';
    out_.append(std::size_t{2} * depth_, ' ');
  }

  void escape(char32_t code) {
    constexpr std::string_view kHex = "0123456789abcdef";
    out_ += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out_ += kHex[(code >> shift) & 0xF];
  }

  void append(char32_t code) {
    switch (code) {
      case '"':
        out_ += "\\\"";
        return;
      case '\\':
        out_ += "\\\\";
        return;
      case '\b':
        out_ += "\\b";
        return;
      case '\f':
        out_ += "\\f";
        return;
      case '\n':
        out_ += "\\n";
        return;
      case '\r':
        out_ += "\\r";
        return;
      case '\t':
        out_ += "\\t";
        return;
      default:
        break;
    }
    const bool unsafe = code < 0x20 || code == '<' || code == '>' || code == '&' ||
                        code == 0x2028 || code == 0x2029;
    if (unsafe) {
      escape(code);
    } else {
      append_utf8(out_, code);
    }
  }

  std::string out_{};
  unsigned depth_ = 0;
  bool first_ = true;
};

std::string octal(std::int64_t value) {
  std::string digits;
  std::uint64_t left = static_cast<std::uint64_t>(value < 0 ? -value : value);
  for (; left > 0; left /= 8) digits.insert(digits.begin(), static_cast<char>('0' + left % 8));
  return (value < 0 ? "0-" : "0") + (digits.empty() ? std::string("0") : digits);
}

std::map<std::string_view, const Node*> sorted(const Node& map) {
  std::map<std::string_view, const Node*> result;
  for (const Member& member : map.members) result[member.key] = member.value;
  return result;
}

class Printer {
 public:
  std::string print(const Project& project) {
    std::map<std::string_view, const Node*> extensions;
    for (const Member& member : project.model->members)
      if (member.key.starts_with("x-")) extensions[member.key] = member.value;
    json_.begin('{');
    sections(project);
    for (const auto& [key, value] : extensions) {
      json_.key(key);
      raw(*value, 0);
    }
    json_.end('}');
    return json_.take();
  }

  std::string print_raw(const Node& node) {
    raw(node, 0);
    return json_.take();
  }

 private:
  // All that the project has by name; services even if there are none.
  void sections(const Project& project) {
    for (const data::ComposeAttribute& section : data::compose_project().fields->attributes) {
      if (section.name == "name") {
        json_.key("name");
        json_.string(project.name);
      }
      if (section.shape->type != ComposeType::map) continue;
      const Node* node = map_at(*project.model, section.name);
      if ((node == nullptr || node->members.empty()) && section.name != "services") continue;
      json_.key(section.name);
      json_.begin('{');
      if (node != nullptr) {
        for (const auto& [key, value] : sorted(*node)) {
          json_.key(key);
          fields(*value, *section.shape->values->fields);
        }
      }
      json_.end('}');
    }
  }

  // A node that is no map has no fields: those that are always written still are.
  void fields(const Node& node, const data::ComposeFields& fields) {
    std::map<std::string_view, const Node*> members;
    if (node.is(NodeKind::map)) members = sorted(node);
    json_.begin('{');
    for (const data::ComposeAttribute& attribute : fields.attributes) {
      const auto found = members.find(attribute.name);
      const Node* value = found == members.end() ? nullptr : found->second;
      const bool hidden = fields.name == "config" && attribute.name == "content" &&
                          !text_at(node, "environment").empty();
      if (hidden || is_omitted(value, *attribute.shape)) continue;
      json_.key(attribute.printed);
      print_value(value == nullptr ? nothing_ : *value, *attribute.shape);
    }
    json_.end('}');
  }

  static bool is_omitted(const Node* value, const ComposeShape& shape) {
    if (shape.type == ComposeType::unprinted) return true;
    if (shape.printed == ComposePrinted::always) return false;
    const bool given = value != nullptr && !value->is(NodeKind::null);
    if (shape.type == ComposeType::opt_out) return given && value->boolean;
    if (!given) return true;
    return shape.printed == ComposePrinted::if_not_empty && is_empty(*value, shape.type);
  }

  static bool is_empty(const Node& value, ComposeType type) {
    switch (value.kind) {
      case NodeKind::null:
        return true;
      case NodeKind::boolean:
        return !value.boolean;
      case NodeKind::integer:
        return value.integer == 0;
      case NodeKind::real:
        return static_cast<float>(value.real) == 0;
      case NodeKind::text:
        return type == ComposeType::duration ? value.integer == 0 : value.text.empty();
      case NodeKind::list:
        return value.items.empty();
      case NodeKind::map:
        return value.members.empty();
    }
    return false;
  }

  void print_value(const Node& node, const ComposeShape& shape) {
    switch (shape.type) {
      case ComposeType::flag:
      case ComposeType::opt_out:
      case ComposeType::external:
        json_.literal(node.boolean ? "true" : "false");
        break;
      case ComposeType::integer:
      case ComposeType::unsigned16:
      case ComposeType::unsigned32:
      case ComposeType::unsigned64:
      case ComposeType::device_count:
        json_.literal(std::to_string(node.integer));
        break;
      case ComposeType::real:
      case ComposeType::nano_cpus:
        json_.literal(json_number(static_cast<float>(node.real)));
        break;
      case ComposeType::bytes:
        json_.string(std::to_string(node.integer));
        break;
      case ComposeType::file_mode:
        json_.string(octal(node.integer));
        break;
      case ComposeType::ulimit:
        ulimit(node, *shape.fields);
        break;
      case ComposeType::fields:
        fields(node, *shape.fields);
        break;
      case ComposeType::list:
        list(node, *shape.items);
        break;
      case ComposeType::map:
        map(node, *shape.values);
        break;
      case ComposeType::hosts:
        hosts(node);
        break;
      case ComposeType::ssh:
        ssh(node);
        break;
      case ComposeType::command:
        if (node.is(NodeKind::null)) {
          json_.literal("null");
          break;
        }
        raw(node, 0);
        break;
      case ComposeType::text:
        json_.string(node.text);
        break;
      default:
        raw(node, 0);
        break;
    }
  }

  void list(const Node& node, const ComposeShape& items) {
    json_.begin('[');
    for (const Node* item : node.items) {
      json_.next();
      print_value(*item, items);
    }
    json_.end(']');
  }

  void map(const Node& node, const ComposeShape& values) {
    json_.begin('{');
    for (const auto& [key, value] : sorted(node)) {
      json_.key(key);
      if (value->is(NodeKind::null)) {
        json_.literal("null");
      } else {
        print_value(*value, values);
      }
    }
    json_.end('}');
  }

  void ulimit(const Node& node, const data::ComposeFields& limits) {
    if (node.is(NodeKind::integer) && node.integer != 0) {
      json_.literal(std::to_string(node.integer));
    } else {
      fields(node, limits);
    }
  }

  void hosts(const Node& node) {
    std::vector<std::string> all;
    for (const Member& host : node.members)
      for (const Node* address : host.value->items) all.push_back(host.key + "=" + address->text);
    std::ranges::sort(all);
    json_.begin('[');
    for (const std::string& each : all) {
      json_.next();
      json_.string(each);
    }
    json_.end(']');
  }

  // Compose can't write keys with paths as JSON; here they are as in a file.
  void ssh(const Node& node) {
    json_.begin('[');
    for (const auto& [id, path] : sorted(node)) {
      json_.next();
      json_.string(path->is(NodeKind::text) ? std::string(id) + "=" + path->text : std::string(id));
    }
    json_.end(']');
  }

  // Without types: extensions, and maps and lists of texts.
  void raw(const Node& node, unsigned depth) {
    if (depth > kMaxDepth) return json_.literal("null");
    switch (node.kind) {
      case NodeKind::null:
        json_.literal("null");
        break;
      case NodeKind::boolean:
        json_.literal(node.boolean ? "true" : "false");
        break;
      case NodeKind::integer:
        json_.literal(std::to_string(node.integer));
        break;
      case NodeKind::real:
        json_.literal(json_number(node.real));
        break;
      case NodeKind::text:
        json_.string(node.text);
        break;
      case NodeKind::list:
        json_.begin('[');
        for (const Node* item : node.items) {
          json_.next();
          raw(*item, depth + 1);
        }
        json_.end(']');
        break;
      case NodeKind::map:
        json_.begin('{');
        for (const auto& [key, value] : sorted(node)) {
          json_.key(key);
          raw(*value, depth + 1);
        }
        json_.end('}');
        break;
    }
  }

  const Node nothing_{};
  Json json_{};
};

}  // namespace

std::string to_json(const Project& project) {
  return Printer().print(project);
}

std::string to_raw_json(const Node& node) {
  return Printer().print_raw(node);
}

}  // namespace plimsoll::parse::compose
