// Both models are walked together. What differs must stand, before or after, where a change is: the
// loader keeps for each value the text that it comes from, through variables and extends as well.
#include <algorithm>

#include "base/concat.h"
#include "fix/prove.h"
#include "parse/compose/path.h"

namespace plimsoll::fix {
namespace {

using parse::compose::Down;
using parse::compose::Member;
using parse::compose::Node;
using parse::compose::NodeKind;
using parse::compose::Path;
using parse::compose::Step;

class Models {
 public:
  explicit Models(const ModelPair& models) : models_(models) {}

  std::string compare() {
    differs(*models_.before.model, *models_.after.model);
    return wrong_.empty() ? std::string() : concat({"it would also change ", wrong_});
  }

 private:
  using Pairs = std::map<std::uint32_t, const Pair*>;

  [[nodiscard]] bool met(text::Place where, bool is_after) const {
    const Pairs& pairs = is_after ? models_.by_after : models_.by_before;
    const auto found = pairs.find(where.source);
    if (found == pairs.end()) return false;
    return is_after ? found->second->meets_after(where.span)
                    : found->second->meets_before(where.span);
  }
  [[nodiscard]] bool met(const Node& node, bool is_after) const {
    return met(node.where, is_after) || std::ranges::any_of(node.via, [&](const Step& step) {
             return met(step.where, is_after);
           });
  }

  void must(bool is_meant) {
    if (!is_meant && wrong_.empty()) wrong_ = path_.text();
  }

  static bool same_scalar(const Node& a, const Node& b) {
    return a.kind == b.kind && a.boolean == b.boolean && a.integer == b.integer &&
           a.real == b.real && a.is_time == b.is_time && a.text == b.text &&
           a.unknown_because == b.unknown_because;
  }

  static bool same(const Node& a, const Node& b) {
    if (a.kind != b.kind || a.items.size() != b.items.size() ||
        a.members.size() != b.members.size() || !same_scalar(a, b))
      return false;
    for (std::size_t i = 0; i < a.items.size(); ++i)
      if (!same(*a.items[i], *b.items[i])) return false;
    return std::ranges::all_of(a.members, [&](const Member& m) {
      const Node* other = b.find(m.key);
      return other != nullptr && same(*m.value, *other);
    });
  }

  void differs(const Node& before, const Node& after) {
    if (!wrong_.empty()) return;
    if (before.is(NodeKind::map) && after.is(NodeKind::map)) return maps_differ(before, after);
    if (before.is(NodeKind::list) && after.is(NodeKind::list)) return lists_differ(before, after);
    // What was written must have been edited: that an edit's text became a part of it is not
    // enough.
    if (before.kind != after.kind || !same_scalar(before, after))
      must(met(before, false) || (!before.written && met(after, true)));
  }

  void maps_differ(const Node& before, const Node& after) {
    for (const Member& old : before.members) {
      const Down down(path_, old.key);
      if (const Node* now = after.find(old.key))
        differs(*old.value, *now);
      else
        must(met(old.where, false) || met(*old.value, false));
    }
    for (const Member& now : after.members) {
      if (before.find(now.key) != nullptr) continue;
      const Down down(path_, now.key);
      must(met(now.where, true) || met(*now.value, true));
    }
  }

  void lists_differ(const Node& before, const Node& after) {
    std::size_t begin = 0, old_end = before.items.size(), new_end = after.items.size();
    while (begin < old_end && begin < new_end && same(*before.items[begin], *after.items[begin]))
      ++begin;
    while (begin < old_end && begin < new_end &&
           same(*before.items[old_end - 1], *after.items[new_end - 1]))
      --old_end, --new_end;
    const bool is_paired = old_end == new_end;
    for (std::size_t i = begin; i < old_end; ++i) {
      const std::string number = std::to_string(i);
      const Down down(path_, number);
      if (is_paired)
        differs(*before.items[i], *after.items[i]);
      else
        must(met(*before.items[i], false));
    }
    for (std::size_t i = begin; !is_paired && i < new_end; ++i) {
      const std::string number = std::to_string(i);
      const Down down(path_, number);
      must(met(*after.items[i], true));
    }
  }

  const ModelPair& models_;
  Path path_;
  std::string wrong_;
};

}  // namespace

std::string damaged_model(const ModelPair& models) {
  const auto &before = models.before.problems, &after = models.after.problems;
  if (const auto* added = first_new(before, after))
    return concat({"Compose would refuse the project: ", added->message});
  if (models.after.gaps.size() > models.before.gaps.size())
    return "a part of the project could no longer be read";
  return Models(models).compare();
}

}  // namespace plimsoll::fix
