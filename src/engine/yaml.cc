// A YAML file as the values that configurations are made of: the first document, words resolved by
// the core schema. Source: YAML 1.2.2, 10.3.2.
#include <algorithm>
#include <cstdlib>

#include "base/arena.h"
#include "base/concat.h"
#include "engine/value.h"
#include "parse/yaml/parse.h"
#include "text/source.h"

namespace plimsoll::engine {
namespace {

namespace yaml = parse::yaml;

bool is_number(const std::string& text) {
  if (text.find_first_not_of("0123456789.-+eE") != std::string::npos) return false;
  char* end = nullptr;
  std::strtod(text.c_str(), &end);
  return *end == '\0';
}

Value plain(std::string text, std::uint32_t line) {
  const auto is = [&](std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, text) != words.end();
  };
  Value value{.kind = Value::Kind::text, .line = line};
  if (is({"", "~", "null", "Null", "NULL"})) {
    value.kind = Value::Kind::null;
    return value;
  }
  if (is({"true", "True", "TRUE", "false", "False", "FALSE"})) {
    value.kind = Value::Kind::boolean;
    value.text = (text[0] | 0x20) == 't' ? "true" : "false";
    return value;
  }
  if (is_number(text)) value.kind = Value::Kind::number;
  value.text = std::move(text);
  return value;
}

// Trees are no deeper than kConfigDepth, so recursion is bounded.
class Conversion {
 public:
  explicit Conversion(const text::Source& source) : source_(source) {}

  Value value_of(const yaml::Node& node) {
    Value value{.line = line_of(node)};
    switch (node.kind) {
      case yaml::NodeKind::alias:
        return value;
      case yaml::NodeKind::scalar:
        if (node.style == yaml::Style::plain && node.tag != "tag:yaml.org,2002:str")
          return plain(std::string(node.value), value.line);
        value.kind = Value::Kind::text;
        value.text = node.value;
        return value;
      case yaml::NodeKind::sequence:
        value.kind = Value::Kind::list;
        value.items.reserve(node.items.size());
        for (const yaml::Node* item : node.items) value.items.push_back(value_of(*item));
        return value;
      case yaml::NodeKind::mapping:
        value.kind = Value::Kind::table;
        value.members.reserve(node.entries.size());
        for (const yaml::Entry& entry : node.entries) value.members.push_back(member_of(entry));
    }
    return value;
  }

  // The line of the first key that is no word; 0: there is none.
  [[nodiscard]] std::uint32_t strange_key() const { return strange_key_; }

 private:
  [[nodiscard]] std::uint32_t line_of(const yaml::Node& node) const {
    return source_.position(node.span.begin).line;
  }

  Member member_of(const yaml::Entry& entry) {
    const std::uint32_t line = line_of(*entry.key);
    if (entry.key->kind != yaml::NodeKind::scalar && strange_key_ == 0) strange_key_ = line;
    Value value = value_of(*entry.value);
    // A list or table is told to stand where its key does.
    if (value.is(Value::Kind::list) || value.is(Value::Kind::table)) value.line = line;
    return {std::string(entry.key->value), std::move(value)};
  }

  const text::Source& source_;
  std::uint32_t strange_key_ = 0;
};

// What is wrong behind the first document is nobody's concern.
bool is_behind_first(const yaml::Tree& tree, std::string_view bytes) {
  if (tree.documents.size() != 1) return tree.documents.size() > 1;
  const std::uint32_t end = tree.documents[0]->span.end;
  const std::uint32_t problem = std::max(end, tree.problem->where.begin);
  return bytes.substr(end, problem - end).find("\n...") != std::string_view::npos;
}

}  // namespace

Result<Value> parse_yaml(const std::string& path, std::string_view bytes) {
  if (bytes.size() > kConfigLimit)
    return fail(ErrorKind::too_large, concat({path, " is larger than any configuration"}));
  const text::Source source(path, std::string(bytes));
  Arena arena;
  const yaml::Tree tree = yaml::parse(source.bytes(), arena, {.depth = kConfigDepth});
  const auto refused = [&](std::uint32_t line, std::string_view why) {
    return fail(ErrorKind::malformed, concat({path, ":", std::to_string(line), ": ", why}), line);
  };
  if (tree.problem != nullptr && !is_behind_first(tree, source.bytes()))
    return refused(source.position(tree.problem->where.begin).line, tree.problem->message);
  if (tree.documents.empty()) return Value{.line = 1};
  Conversion conversion(source);
  Value value = conversion.value_of(*tree.documents[0]);
  if (conversion.strange_key() != 0)
    return refused(conversion.strange_key(), "a key that is no word");
  return value;
}

}  // namespace plimsoll::engine
