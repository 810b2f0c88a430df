// YAML trees to nodes: each alias becomes a copy that knows the alias, merge keys lay their keys
// under those of the mapping. Hostile texts grow by aliases: the limits are those of Compose.
// Source: go.yaml.in/yaml v4, constructor; compose-go v2.16.2, loader/reset.go.
#include "parse/compose/document.h"

#include <cmath>
#include <set>
#include <unordered_set>

#include "base/concat.h"
#include "parse/compose/nodes.h"
#include "parse/compose/scalar.h"

namespace plimsoll::parse::compose {
namespace {

constexpr std::size_t kDepth = 400;  // after aliases; go-yaml has no limit of its own

using YamlNode = yaml::Node;
using YamlKind = yaml::NodeKind;

bool is_reset(const YamlNode& node) {
  return node.tag == "!reset";
}
bool is_override(const YamlNode& node) {
  return node.tag == "!override";
}
bool is_merge_key(const YamlNode& key) {
  if (key.kind != YamlKind::scalar || key.value != "<<") return false;
  return key.tag == "tag:yaml.org,2002:merge" ||
         ((key.tag.empty() || key.tag == "!") && key.style == yaml::Style::plain);
}
// What an alias stands for; any other node stands for itself. Null: an alias of nothing.
const YamlNode* behind(const YamlNode& node) {
  return node.kind == YamlKind::alias ? node.target : &node;
}

// --- what is counted and recorded beforehand -----------------------------------------------------

struct Survey {
  std::size_t values = 0;
  bool has_tags = false;  // !reset or !override
};

// Depth is that of the text, which the parser bounds.
void survey(const YamlNode& node, Survey& found) {
  ++found.values;
  if (is_reset(node) || is_override(node)) {
    found.has_tags = true;
    return;
  }
  for (const YamlNode* item : node.items) survey(*item, found);
  for (const yaml::Entry& entry : node.entries) survey(*entry.value, found);
}

// Walks as Compose does when it looks for the two tags: through aliases, with merge keys being no
// part of the path.
class Recorder {
 public:
  Recorder(Resets& resets, std::size_t limit) : resets_(resets), limit_(limit) {}

  void record(const YamlNode& node) {
    const YamlNode* real = behind(node);
    if (real == nullptr || visits_ >= limit_ || depth_ >= kDepth) return;
    ++visits_;
    if (is_reset(*real) || is_override(*real)) {
      resets_.add(path_);
      return;
    }
    ++depth_;
    for (std::size_t i = 0; i < real->items.size(); ++i) enter(std::to_string(i), *real->items[i]);
    for (const yaml::Entry& entry : real->entries)
      enter(std::string(entry.key->value), *entry.value);
    --depth_;
  }

 private:
  void enter(std::string key, const YamlNode& value) {
    const bool is_merge = key == "<<" && !path_.empty();
    if (!is_merge) path_.push_back(std::move(key));
    record(value);
    if (!is_merge) path_.pop_back();
  }

  Resets& resets_;
  std::vector<std::string> path_{};
  std::size_t limit_, visits_ = 0, depth_ = 0;
};

// --- nodes ---------------------------------------------------------------------------------------

class Builder {
 public:
  Builder(const Loading& in, const Opened& file) : in_(in), file_(file) {}

  Node* build(const YamlNode& node) {
    if (node.kind == YamlKind::alias) return build_alias(node, Step::Kind::anchor);
    Node* made = start(node);
    if (made == nullptr) return in_.make();
    switch (node.kind) {
      case YamlKind::scalar:
        fill_scalar(node, *made);
        break;
      case YamlKind::sequence:
        fill_list(node, *made);
        break;
      default:
        fill_map(node, *made);
        break;
    }
    return made;
  }

 private:
  using Keys = std::unordered_set<std::string_view>;

  text::Place place(text::Span span) const { return {file_.number, span}; }

  // Once a place, however many aliases lead there.
  void refuse(text::Span where, std::string message) {
    if (!told_.insert(where.begin).second) return;
    in_.project.problems.push_back({place(where), true, std::move(message), via_});
  }

  // Null: no more nodes are made.
  Node* start(const YamlNode& node) {
    if (stopped_) return nullptr;
    ++made_;
    if (!via_.empty()) ++made_by_alias_;
    if (is_excessive()) {
      stopped_ = true;
      refuse(node.span, "the document is made of aliases for the most part");
      return nullptr;
    }
    Node* made = in_.make();
    made->where = place(node.span);
    made->via = via_;
    made->editable = !by_anchor_;
    return made;
  }

  // The same thresholds as go-yaml: 99 % of small documents, down to 10 % of large ones.
  [[nodiscard]] bool is_excessive() const {
    if (made_by_alias_ <= 100 || made_ <= 1000) return false;
    constexpr double kSmall = 400'000, kLarge = 4'000'000;
    const auto all = static_cast<double>(made_);
    const double part = all <= kSmall   ? 0.99
                        : all >= kLarge ? 0.10
                                        : 0.99 - 0.89 * (all - kSmall) / (kLarge - kSmall);
    return static_cast<double>(made_by_alias_) / all > part;
  }

  // Runs `inside` with a step on the way.
  template <class Action>
  void by_way_of(const YamlNode& alias, Step::Kind kind, const Action& inside) {
    const bool add = via_.size() < kMaxSteps;
    const bool before = std::exchange(by_anchor_, true);
    if (add) via_.push_back({kind, place(alias.span)});
    inside();
    if (add) via_.pop_back();
    by_anchor_ = before;
  }

  Node* build_alias(const YamlNode& alias, Step::Kind kind) {
    if (alias.target == nullptr) {
      refuse(alias.span, concat({"no anchor &", alias.value,
                                 " stands before this alias, or the alias lies within it"}));
      return in_.make();
    }
    Node* made = nullptr;
    by_way_of(alias, kind, [&] { made = build(*alias.target); });
    return made;
  }

  void fill_scalar(const YamlNode& node, Node& made) {
    const bool is_quoted =
        node.style == yaml::Style::single_quoted || node.style == yaml::Style::double_quoted;
    if (is_quoted && node.span.size() >= 2) {
      ++made.where.span.begin;
      --made.where.span.end;
    }
    if (std::string why = resolve_scalar(node, made); !why.empty())
      refuse(node.span, std::move(why));
    if (made.is(NodeKind::real) && !std::isfinite(made.real))
      refuse(node.span, "this is no number that Compose can pass on");
  }

  bool enter(const YamlNode& node) {
    if (depth_ < kDepth) {
      ++depth_;
      return true;
    }
    refuse(node.span, "collections are nested too deeply");
    return false;
  }

  void fill_list(const YamlNode& node, Node& made) {
    made.kind = NodeKind::list;
    if (!enter(node)) return;
    const bool outside = std::exchange(in_override_, in_override_ || is_override(node));
    made.items.reserve(node.items.size());
    for (const YamlNode* item : node.items)
      if (!is_left_out(*item)) made.items.push_back(build(*item));
    in_override_ = outside;
    --depth_;
  }

  void fill_map(const YamlNode& node, Node& made) {
    made.kind = NodeKind::map;
    if (!enter(node)) return;
    const bool outside = std::exchange(in_override_, in_override_ || is_override(node));
    made.members.reserve(node.entries.size());
    Keys keys;
    add_members(node, made, keys);
    in_override_ = outside;
    --depth_;
  }

  // Within !override the tag means nothing.
  [[nodiscard]] bool is_left_out(const YamlNode& value) const {
    const YamlNode* real = behind(value);
    return !in_override_ && real != nullptr && is_reset(*real);
  }

  // The mapping's own keys, then those of its merge keys: the first to set a key wins.
  void add_members(const YamlNode& node, Node& made, Keys& keys) {
    const YamlNode* merge = nullptr;
    check_keys(node);
    for (const yaml::Entry& entry : node.entries) {
      if (is_merge_key(*entry.key)) {
        merge = entry.value;
        continue;
      }
      if (is_left_out(*entry.value)) continue;
      const YamlNode* key = behind(*entry.key);
      if (key == nullptr || !is_text(*key) || stopped_) continue;
      if (!keys.insert(key->value).second) continue;
      Node* value = build(*entry.value);
      made.members.push_back({std::string(key->value), key_place(*entry.key), value});
    }
    if (merge != nullptr && !is_left_out(*merge)) add_merged(*merge, made, keys, true);
  }

  void add_merged(const YamlNode& value, Node& made, Keys& keys, bool may_be_list) {
    const YamlNode* real = behind(value);
    if (real == nullptr) {
      static_cast<void>(build_alias(value, Step::Kind::merge_key));
      return;
    }
    const bool is_list = real->kind == YamlKind::sequence && may_be_list;
    if ((real->kind != YamlKind::mapping && !is_list) || !enter(*real)) {
      refuse(value.span, "a merge key takes a mapping, or a list of mappings");
      return;
    }
    if (value.kind == YamlKind::alias)
      by_way_of(value, Step::Kind::merge_key, [&] { add_from(*real, made, keys); });
    else
      add_from(*real, made, keys);
    --depth_;
  }

  void add_from(const YamlNode& merged, Node& made, Keys& keys) {
    for (const YamlNode* item : merged.items) add_merged(*item, made, keys, false);
    if (merged.kind == YamlKind::mapping) add_members(merged, made, keys);
  }

  void check_keys(const YamlNode& node) {
    std::unordered_map<std::string_view, const YamlNode*> seen;
    for (const yaml::Entry& entry : node.entries) {
      const YamlNode* key = behind(*entry.key);
      if (key == nullptr || (!is_merge_key(*key) && !is_text(*key))) {
        refuse(entry.key->span, "keys have to be texts: put this one into quotes");
        continue;
      }
      const auto [at, is_new] = seen.emplace(key->value, entry.key);
      if (is_new) continue;
      const std::uint32_t line = file_.source->position(at->second->span.begin).line;
      refuse(entry.key->span, concat({"the key \"", key->value, "\" is already set on line ",
                                      std::to_string(line)}));
    }
  }

  static bool is_text(const YamlNode& key) {
    if (key.kind != YamlKind::scalar) return false;
    Node type;
    return resolve_scalar(key, type).empty() && type.is(NodeKind::text) && type.text == key.value;
  }

  text::Place key_place(const YamlNode& key) const {
    text::Span span = key.span;
    const bool is_quoted =
        key.style == yaml::Style::single_quoted || key.style == yaml::Style::double_quoted;
    if (is_quoted && span.size() >= 2) {
      ++span.begin;
      --span.end;
    }
    return place(span);
  }

  const Loading& in_;
  const Opened& file_;
  std::vector<Step> via_{};
  std::set<std::uint32_t> told_{};
  std::size_t made_ = 0, made_by_alias_ = 0, depth_ = 0;
  bool by_anchor_ = false, in_override_ = false, stopped_ = false;
};

}  // namespace

Document to_nodes(const Loading& in, const yaml::Node& document, const Opened& file) {
  Document result;
  const text::Place top = {file.number, {document.span.begin, document.span.begin}};
  const auto refuse = [&](std::string message) {
    in.project.problems.push_back({top, true, std::move(message), {}});
  };
  Survey found;
  survey(document, found);
  const std::size_t limit = in.settings.limits.values;
  if (found.values > limit) {
    refuse(concat({"the document has more than ", std::to_string(limit), " values"}));
    return result;
  }
  if (found.has_tags) Recorder(result.resets, limit).record(document);
  result.root = Builder(in, file).build(document);
  if (!result.root->is(NodeKind::map)) {
    refuse("the top level of a Compose file has to be a mapping");
    result.root = nullptr;
  }
  return result;
}

}  // namespace plimsoll::parse::compose
