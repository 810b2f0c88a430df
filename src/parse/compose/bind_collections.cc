// Binds attributes that are collections of texts: "K=V" lists become maps, command lines lists.
// Source: compose-go v2.16.2, types/mapping.go, labels.go, hostList.go, command.go (behaviour).
#include <algorithm>

#include "base/concat.h"
#include "parse/compose/bind.h"
#include "parse/compose/parts.h"
#include "parse/compose/units.h"

namespace plimsoll::parse::compose {
namespace {

using data::ComposeType;

// Compose keeps extensions under this key; maps of texts show it as if it were one of theirs.
constexpr std::string_view kExtensions = "#extensions";

// Latin-1 white space at the end, byte by byte, as Compose looks for it.
bool ends_with_space(std::string_view key) {
  return !key.empty() &&
         std::string_view("\t\n\v\f\r \x85\xA0").find(key.back()) != std::string_view::npos;
}

class Collection {
 public:
  Collection(const Loading& in, ComposeType type, const std::string& path)
      : in_(in), type_(type), path_(path) {}

  Node* bind(Node& node) {
    switch (type_) {
      case ComposeType::string_list:
        return texts(node);
      case ComposeType::any_texts:
        return any_texts(node);
      case ComposeType::command:
        return command(node);
      case ComposeType::test:
        return test(node);
      case ComposeType::hosts:
        return hosts(node);
      case ComposeType::multi_options:
        return multi_options(node);
      default:
        return pairs(node);
    }
  }

 private:
  Node* refuse(Node& node, std::string_view reason) {
    in_.refuse(node, concat({path_, ": ", reason}));
    return &node;
  }

  Node* texts(Node& node) {
    if (node.is(NodeKind::text) && !node.is_time) {
      Node* list = made_from(in_, node, NodeKind::list);
      list->items.push_back(&node);
      return list;
    }
    for (const Node* item : node.items)
      if (!item->is(NodeKind::text) || item->is_time)
        return refuse(node, "must be a list of strings");
    return node.is(NodeKind::list) ? &node : refuse(node, "must be a list of strings");
  }

  Node* any_texts(Node& node) {
    Node* list = node.is(NodeKind::text) ? texts(node) : &node;
    for (Node* item : list->items) text_of(*item);
    return list;
  }

  static void text_of(Node& item) {
    if (item.is(NodeKind::text)) return;
    item.text = item.is(NodeKind::null) ? "" : go_text(item);
    item.kind = NodeKind::text;
  }

  Node* command(Node& node) {
    if (node.is(NodeKind::list)) return texts(node);
    if (!node.is(NodeKind::text)) return refuse(node, "must be a string or list");
    Words words = split_words(node.text);
    if (!words.valid) return refuse(node, "invalid command line string");
    Node* list = made_from(in_, node, NodeKind::list);
    list->items.reserve(words.words.size());
    // Words that stand for each other before and behind the variables.
    Words raw = split_words(node.raw);
    const bool same = !node.raw.empty() && raw.valid && raw.words.size() == words.words.size();
    for (std::size_t i = 0; i < words.words.size(); ++i) {
      Node* item = text_from(in_, node, std::move(words.words[i]));
      if (same)
        item->raw = std::move(raw.words[i]);
      else if (!node.raw.empty())
        item->raw = node.raw;
      list->items.push_back(item);
    }
    return list;
  }

  Node* test(Node& node) {
    if (!node.is(NodeKind::text)) return texts(node);
    Node* list = made_from(in_, node, NodeKind::list);
    list->items = {default_text(in_, node, "CMD-SHELL"), &node};
    return list;
  }

  // What a value of a map becomes; null stays null in an environment alone.
  Node* pair_value(Node& value) {
    if (value.is(NodeKind::null) &&
        (type_ == ComposeType::environment || type_ == ComposeType::ssh)) {
      return &value;
    }
    const bool wrong = type_ == ComposeType::string_map && !value.is(NodeKind::null) &&
                       !value.is(NodeKind::text) && !value.is(NodeKind::integer);
    if (wrong) return refuse(value, "must be a string");
    text_of(value);
    return &value;
  }

  Node* pairs(Node& node) {
    if (node.is(NodeKind::map)) {
      fold_extensions(in_, node);
      for (Member& member : node.members) member.value = pair_value(*member.value);
      return &node;
    }
    if (!node.is(NodeKind::list)) return refuse(node, "must be a mapping or list");
    Node* map = made_from(in_, node, NodeKind::map);
    MapFiller filler(*map);
    for (Node* item : node.items) {
      text_of(*item);
      const KeyValue parts = cut(item->text, '=');
      if (type_ == ComposeType::environment && ends_with_space(parts.key)) {
        refuse(*item,
               concat({"environment variable ", parts.key, " is declared with a trailing space"}));
        continue;
      }
      filler.put(parts.key, item_value(*item, parts), part_place(*item, 0, parts.key.size()));
    }
    return map;
  }

  Node* item_value(const Node& item, const KeyValue& parts) {
    if (parts.found) return text_part(in_, item, parts.key.size() + 1, item.text.size());
    return type_ == ComposeType::environment ? made_from(in_, item, NodeKind::null)
                                             : text_from(in_, item, "");
  }

  Node* hosts(Node& node) {
    Node* map = made_from(in_, node, NodeKind::map);
    MapFiller filler(*map);
    if (node.is(NodeKind::map)) fold_extensions(in_, node);
    for (const Member& member : node.members) {
      if (member.value->is(NodeKind::map)) {
        refuse(*member.value, "must be an address or a list of addresses");
      } else if (is_host(member.key, *member.value)) {
        filler.put(member.key, addresses(*member.value), member.where);
      }
    }
    for (Node* item : node.items) {
      text_of(*item);
      KeyValue parts = cut(item->text, '=');
      if (!parts.found) parts = cut(item->text, ':');
      if (!parts.found) {
        refuse(*item, concat({"invalid additional host, missing IP: ", item->text}));
      } else if (is_host(parts.key, *item)) {
        add_host(filler, *item, parts);
      }
    }
    return map;
  }

  bool is_host(std::string_view name, Node& at) {
    if (!name.empty() && name.find_first_of(":=") == std::string_view::npos) return true;
    refuse(at, concat({"bad host name '", name, "'"}));
    return false;
  }

  // "[::1]" is "::1".
  static void drop_brackets(Node& address) {
    std::string& text = address.text;
    if (text.size() > 2 && text.front() == '[' && text.back() == ']')
      text = text.substr(1, text.size() - 2);
  }

  Node* addresses(Node& value) {
    Node* list = &value;
    if (!value.is(NodeKind::list)) {
      list = made_from(in_, value, NodeKind::list);
      list->items.push_back(&value);
    }
    for (Node* item : list->items) {
      text_of(*item);
      drop_brackets(*item);
    }
    return list;
  }

  // A host that comes again has all addresses.
  void add_host(MapFiller& filler, const Node& item, const KeyValue& parts) {
    Node* list = filler.find(parts.key);
    if (list == nullptr) {
      list = made_from(in_, item, NodeKind::list);
      filler.put(parts.key, list, part_place(item, 0, parts.key.size()));
    }
    std::size_t start = parts.key.size() + 1;
    while (start <= item.text.size()) {
      const std::size_t end = std::min(item.text.find(',', start), item.text.size());
      list->items.push_back(text_part(in_, item, start, end));
      drop_brackets(*list->items.back());
      start = end + 1;
    }
  }

  Node* multi_options(Node& node) {
    if (!node.is(NodeKind::map)) return refuse(node, "must be a mapping");
    fold_extensions(in_, node);
    for (Member& member : node.members) {
      if (!member.value->is(NodeKind::list)) {
        Node* list = made_from(in_, *member.value, NodeKind::list);
        list->items.push_back(member.value);
        member.value = list;
      }
      for (Node* item : member.value->items) {
        if (item->is(NodeKind::null)) item->text = "<nil>";
        if (!item->is(NodeKind::text)) item->text = go_text(*item);
        item->kind = NodeKind::text;
      }
    }
    return &node;
  }

  const Loading& in_;
  const ComposeType type_;
  const std::string& path_;
};

}  // namespace

void fold_extensions(const Loading& in, Node& map) {
  const auto is_extension = [](const Member& member) { return member.key.starts_with("x-"); };
  if (std::ranges::none_of(map.members, is_extension)) return;
  Node* folded = made_from(in, map, NodeKind::map);
  const text::Place where = std::ranges::find_if(map.members, is_extension)->where;
  for (const Member& member : map.members)
    if (is_extension(member)) folded->members.push_back(member);
  std::erase_if(map.members, is_extension);
  map.members.push_back({std::string(kExtensions), where, folded});
}

Node* bind_collection(const Loading& in, Node& node, const data::ComposeShape& shape,
                      const std::string& path) {
  return Collection(in, shape.type, path).bind(node);
}

}  // namespace plimsoll::parse::compose
