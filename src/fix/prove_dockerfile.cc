// Both texts are parsed; what no change meets must have its equal where it went.
#include <algorithm>
#include <map>

#include "base/arena.h"
#include "base/concat.h"
#include "fix/prove.h"
#include "parse/dockerfile/parse.h"

namespace plimsoll::fix {
namespace {

using parse::dockerfile::Flag;
using parse::dockerfile::Heredoc;
using parse::dockerfile::Instruction;
using parse::dockerfile::Tree;

bool same_heredoc(const Heredoc& a, const Heredoc& b) {
  return a.name == b.name && a.body.text == b.body.text && a.expand == b.expand &&
         a.strip_tabs == b.strip_tabs;
}

bool same_instruction(const Instruction& a, const Instruction& b) {
  const auto same_flag = [](const Flag& x, const Flag& y) {
    return x.name == y.name && x.value == y.value && x.has_value == y.has_value;
  };
  return a.keyword == b.keyword && a.exec_form == b.exec_form && a.broken == b.broken &&
         a.joined.text == b.joined.text && a.rest == b.rest &&
         std::ranges::equal(a.flags, b.flags, same_flag) &&
         std::ranges::equal(a.heredocs, b.heredocs, same_heredoc);
}

class Comparison {
 public:
  Comparison(const Pair& pair, const Tree& before, const Tree& after, text::Span& where)
      : pair_(pair), before_(before), after_(after), where_(where) {}

  std::string compare() {
    if (before_.escape != after_.escape || before_.syntax != after_.syntax)
      return "the directives at the top of the file would change";
    for (const Instruction& i : after_.instructions) by_begin_.emplace(i.span.begin, &i);
    std::string wrong = compare_instructions();
    return wrong.empty() ? compare_comments() : wrong;
  }

 private:
  [[nodiscard]] std::string line_of(text::Span span) const {
    return std::to_string(pair_.before.position(span.begin).line);
  }

  std::string compare_instructions() {
    for (const Instruction& old : before_.instructions) {
      if (pair_.meets_before(old.span)) continue;
      const auto found = by_begin_.find(place_after(old.span).begin);
      if (found == by_begin_.end() || !same_instruction(old, *found->second)) {
        where_ = place_after(old.span);
        return concat({"another instruction would change: that of line ", line_of(old.span)});
      }
      by_begin_.erase(found);
    }
    for (const auto& [begin, instruction] : by_begin_)
      if (!pair_.meets_after(instruction->span)) {
        where_ = instruction->span;
        return "an instruction would appear that no edit has written";
      }
    return {};
  }

  // Only for ranges that no change meets, so nothing at their ends belongs to them.
  [[nodiscard]] text::Span place_after(text::Span span) const {
    std::uint32_t begin = span.begin;
    const auto all = pair_.changes.all();
    auto next = std::ranges::upper_bound(all, span.begin, {},
                                         [](const text::Change& c) { return c.before.end; });
    if (next != all.begin()) begin = begin - next[-1].before.end + next[-1].after.end;
    return {begin, begin + span.size()};
  }

  // Without their newlines, so that a line set behind one does not touch it.
  static std::vector<text::Span> comments_of(const text::Source& source, const Tree& tree) {
    std::vector<text::Span> comments;
    for (const parse::dockerfile::Node& node : tree.nodes)
      if (node.kind == parse::dockerfile::NodeKind::comment ||
          node.kind == parse::dockerfile::NodeKind::directive)
        comments.push_back(node.span);
    for (const Instruction& i : tree.instructions)
      comments.insert(comments.end(), i.inner_comments.begin(), i.inner_comments.end());
    for (text::Span& comment : comments)
      while (comment.size() > 0 &&
             (source.bytes()[comment.end - 1] == '\n' || source.bytes()[comment.end - 1] == '\r'))
        --comment.end;
    std::ranges::sort(comments, {}, &text::Span::begin);
    return comments;
  }

  std::string compare_comments() {
    const std::vector<text::Span> after = comments_of(pair_.after, after_);
    for (const text::Span old : comments_of(pair_.before, before_)) {
      if (pair_.meets_before(old)) continue;
      const text::Span now = place_after(old);
      if (std::ranges::binary_search(after, now.begin, {}, &text::Span::begin)) continue;
      where_ = now;
      return concat({"a comment would be lost: that of line ", line_of(old)});
    }
    return {};
  }

  const Pair& pair_;
  const Tree &before_, &after_;
  text::Span& where_;
  std::map<std::uint32_t, const Instruction*> by_begin_;
};

}  // namespace

std::string damaged_dockerfile(const Pair& pair, text::Span& where) {
  Arena old_arena, new_arena;
  const Tree before = parse::dockerfile::parse(pair.before, old_arena);
  const Tree after = parse::dockerfile::parse(pair.after, new_arena);
  if (const auto* added = first_new(before.problems, after.problems)) {
    where = added->where;
    return concat({"the file would no longer parse: ", added->message});
  }
  return Comparison(pair, before, after, where).compare();
}

}  // namespace plimsoll::fix
