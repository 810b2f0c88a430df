// Reads any bytes as a Dockerfile: nothing may be lost, every place must lie in the source, every
// word can be expanded.
#include <cstddef>
#include <cstdint>
#include <string>

#include "parse/dockerfile/dump.h"
#include "parse/dockerfile/expand.h"
#include "parse/dockerfile/parse.h"

namespace plimsoll::parse::dockerfile {
namespace {

void require(bool condition) {
  if (!condition) __builtin_trap();
}

// Some variables are set, some are not, some are unknown: told by the first letter.
class SomeVariables final : public Variables {
 public:
  [[nodiscard]] Variable find(std::string_view name) const override {
    if (name.empty() || name.front() % 3 == 0) return {};
    if (name.front() % 3 == 1) return {Variable::State::unknown};
    return {Variable::State::known, "a value*of\\it\n"};
  }
};

class Checker {
 public:
  Checker(const text::Source& source, Arena& arena, char escape)
      : source_(source), arena_(arena), escape_(escape) {}

  void span(text::Span span) const {
    require(span.begin <= span.end && span.end <= source_.bytes().size());
  }

  void expands(std::string_view text) {
    const Expansion one = expand(text, escape_, variables_, arena_);
    require(one.error.empty() || one.text.empty() || one.text.data() == text.data());
    expand(text, escape_, variables_, arena_, Quotes::keep);
    expand_words(text, escape_, variables_, arena_);
  }

  void joined(const text::Joined& joined) const {
    require(!joined.pieces.empty() && joined.pieces[0].joined == 0);
    span(joined.where(joined.text));
    for (const text::Piece& piece : joined.pieces) span({piece.source, piece.source});
    // Each byte is the byte that stands at its place.
    for (std::size_t i = 0; i < joined.text.size(); i += 1 + joined.text.size() / 64) {
      const text::Span at = joined.where(joined.text.substr(i, 1));
      require(source_.at(at) == joined.text.substr(i, 1));
    }
  }

  void instruction(const Instruction& i) {
    for (const text::Span s : {i.span, i.keyword_span, i.empty_continuation}) span(s);
    joined(i.joined);
    span(i.joined.where(i.rest));
    for (const Word& word : i.words) span(word.span), expands(word.text);
    for (const Flag& flag : i.flags) span(flag.span), span(flag.value_span), expands(flag.value);
    for (const Pair& pair : i.pairs) {
      for (const text::Span s : {pair.span, pair.key_span, pair.value_span}) span(s);
      require(source_.at(pair.key_span).size() >= pair.key.size());
      expands(pair.value);
    }
    for (const Heredoc& h : i.heredocs) {
      for (const text::Span s : {h.word, h.body_span, h.terminator}) span(s);
      joined(h.body);
      expands(h.body.text);
    }
    for (const Mount& mount : i.mounts) {
      span(mount.span);
      for (const MountOption& option : mount.options) span(option.span), span(option.value_span);
    }
    for (const text::Span s : i.comments) span(s);
    for (const text::Span s : i.inner_comments) span(s);
    if (i.trigger != nullptr) instruction(*i.trigger);
  }

 private:
  const text::Source& source_;
  Arena& arena_;
  char escape_;
  SomeVariables variables_;
};

void check_all(std::string_view bytes) {
  const text::Source source("Dockerfile", std::string(bytes));
  Arena arena;
  const Tree tree = parse(source, arena);
  Checker checker(source, arena, tree.escape);
  std::uint32_t end = 0;
  for (const Node& node : tree.nodes) {
    require(node.span.begin == end && node.span.end > end);
    end = node.span.end;
    if (node.kind == NodeKind::instruction) require(node.index < tree.instructions.size());
    if (node.kind == NodeKind::directive) require(node.index < tree.directives.size());
  }
  require(end == bytes.size());
  for (const Directive& directive : tree.directives)
    checker.span(directive.span), checker.span(directive.value_span);
  for (const Problem& problem : tree.problems) {
    checker.span(problem.where);
    require(!problem.message.empty());
  }
  for (const Instruction& instruction : tree.instructions) checker.instruction(instruction);
  dump(tree);
}

}  // namespace
}  // namespace plimsoll::parse::dockerfile

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  plimsoll::parse::dockerfile::check_all({reinterpret_cast<const char*>(data), size});
  return 0;
}
