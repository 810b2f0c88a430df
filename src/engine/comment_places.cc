// One function a language. Comments by which other tools accept something must stay next to what
// they speak of, so ours goes above those.
#include "engine/comment_places.h"

#include <algorithm>
#include <array>
#include <set>

#include "engine/pragmas/words.h"
#include "parse/dockerfile/parse.h"
#include "parse/runline/extract/extract.h"
#include "parse/yaml/parse.h"

namespace plimsoll::engine {
namespace {

namespace yaml = parse::yaml;
using parse::dockerfile::Node;
using parse::dockerfile::NodeKind;
using parse::runline::Carrier;
using parse::runline::RunLine;

bool is_distance_kept(std::string_view comment) {
  constexpr std::array<std::string_view, 8> kWords = {
      "hadolint", "trivy:", "nosem", "kics-scan", "tally", "dockerfile-utils:", "check", "dclint"};
  return std::ranges::any_of(
      kWords, [&](std::string_view word) { return comment.find(word) != std::string_view::npos; });
}

// --- Dockerfiles ---------------------------------------------------------------------------------

bool same_instructions(const parse::dockerfile::Tree& a, const parse::dockerfile::Tree& b) {
  return a.problems.size() == b.problems.size() && a.directives.size() == b.directives.size() &&
         a.escape == b.escape &&
         std::ranges::equal(
             a.instructions, b.instructions, {}, [](const auto& i) { return i.joined.text; },
             [](const auto& i) { return i.joined.text; });
}

// Above the whole instruction, even for a finding inside of a continued one.
CommentPlaces in_dockerfile(const text::Source& source, Arena& arena) {
  const auto* tree = arena.make(parse::dockerfile::parse(source, arena));
  std::set<std::uint32_t> comments;
  for (const Node& node : tree->nodes)
    if (node.kind == NodeKind::comment) comments.insert(source.position(node.span.begin).line);
  return {.above =
              [&source, comments = std::move(comments)](const Judged& judged) {
                std::uint32_t place = judged.instruction_line;
                for (std::uint32_t line = place; line > 1 && comments.contains(line - 1); --line)
                  if (is_distance_kept(source.line(line - 1))) place = line - 1;
                return place;
              },
          .same =
              [tree](const text::Source& changed) {
                Arena after;
                return same_instructions(*tree, parse::dockerfile::parse(changed, after));
              },
          .why_not = "at no instruction"};
}

// --- YAML ----------------------------------------------------------------------------------------

bool same_nodes(const yaml::Node& a, const yaml::Node& b) {
  if (a.kind != b.kind || a.value != b.value || a.tag != b.tag || a.anchor != b.anchor ||
      a.items.size() != b.items.size() || a.entries.size() != b.entries.size())
    return false;
  for (std::size_t i = 0; i < a.items.size(); ++i)
    if (!same_nodes(*a.items[i], *b.items[i])) return false;
  for (std::size_t i = 0; i < a.entries.size(); ++i)
    if (!same_nodes(*a.entries[i].key, *b.entries[i].key) ||
        !same_nodes(*a.entries[i].value, *b.entries[i].value))
      return false;
  return true;
}

bool same_documents(const yaml::Tree& a, const yaml::Tree& b) {
  return (a.problem == nullptr) == (b.problem == nullptr) &&
         std::ranges::equal(a.documents, b.documents,
                            [](const auto* x, const auto* y) { return same_nodes(*x, *y); });
}

// Of entries or items in the order of the text, the last one that begins at or before `at`.
template <class List, class Begin>
const auto* last_before(const List& list, std::uint32_t at, Begin begin) {
  const auto after = std::ranges::upper_bound(list, at, {}, begin);
  return after == list.begin() ? nullptr : &after[-1];
}

// The first byte of the innermost key or item of a block that holds `at`; npos: there is none.
std::size_t block_at(const yaml::Node& document, std::uint32_t at) {
  std::size_t found = std::string_view::npos;
  const yaml::Node* node = &document;
  while (node != nullptr && node->style == yaml::Style::block) {
    const yaml::Node* inner = nullptr;
    if (node->kind == yaml::NodeKind::mapping) {
      const yaml::Entry* entry =
          last_before(node->entries, at, [](const yaml::Entry& e) { return e.key->span.begin; });
      if (entry == nullptr) break;
      found = entry->key->span.begin;
      inner = entry->value;
    } else {
      const yaml::Node* const* item =
          last_before(node->items, at, [](const yaml::Node* n) { return n->span.begin; });
      if (item == nullptr) break;
      found = (*item)->span.begin;
      inner = *item;
    }
    node = inner->span.begin <= at ? inner : nullptr;
  }
  return found;
}

std::size_t indentation_of_line(std::string_view line) {
  return std::min(line.find_first_not_of(" \t"), line.size());
}

// Above the line of the key or item. A comment there that is indented like it is no text of a block
// scalar, whose lines are indented further.
CommentPlaces in_yaml(const text::Source& source, Arena& arena) {
  const auto* tree = arena.make(yaml::parse(source.bytes(), arena));
  return {.above = [&source, tree](const Judged& judged) -> std::uint32_t {
            const std::uint32_t at = judged.finding.where.span.begin;
            const yaml::Node* const* document =
                last_before(tree->documents, at, [](const yaml::Node* n) { return n->span.begin; });
            const std::size_t block = document == nullptr || tree->problem != nullptr
                                          ? std::string_view::npos
                                          : block_at(**document, at);
            if (block == std::string_view::npos) return 0;
            std::uint32_t place = source.position(static_cast<std::uint32_t>(block)).line;
            const std::size_t indented = indentation_of_line(source.line(place));
            for (std::uint32_t line = place - 1; line > 0; --line) {
              const std::string_view text = source.line(line);
              if (indentation_of_line(text) != indented || text.substr(indented, 1) != "#") break;
              if (is_distance_kept(text)) place = line;
            }
            return place;
          },
          .same =
              [tree](const text::Source& changed) {
                Arena after;
                return same_documents(*tree, yaml::parse(changed.bytes(), after));
              },
          .why_not = "at no key of its own"};
}

// --- scripts and Makefiles -----------------------------------------------------------------------

bool same_words(const RunLine& a, const RunLine& b) {
  return a.image.raw == b.image.raw && a.problem == b.problem && a.complete == b.complete &&
         std::ranges::equal(
             a.options, b.options, {}, [](const auto& o) { return o.value.raw; },
             [](const auto& o) { return o.value.raw; }) &&
         std::ranges::equal(
             a.command, b.command, {}, [](const auto& w) { return w.raw; },
             [](const auto& w) { return w.raw; });
}

// Above the run line, and what it continues. In a Makefile without indentation: with a tab it would
// be a line of the recipe, which make prints.
CommentPlaces in_script(const text::Source& source, Carrier carrier, Arena& arena) {
  const auto lines = parse::runline::extract(source, 0, carrier, arena).lines;
  return {.above = [&source, lines](const Judged& judged) -> std::uint32_t {
            const std::uint32_t at = judged.finding.where.span.begin;
            const RunLine* found =
                last_before(lines, at, [](const RunLine& l) { return l.where.begin; });
            if (found == nullptr || at > found->where.end) return 0;
            std::uint32_t line = source.position(found->where.begin).line;
            while (line > 1 && source.line(line - 1).ends_with('\\')) --line;
            return line;
          },
          .same =
              [lines, carrier](const text::Source& changed) {
                Arena after;
                const auto now = parse::runline::extract(changed, 0, carrier, after).lines;
                return std::ranges::equal(lines, now, same_words);
              },
          .why_not = "at no run line",
          .indented = carrier != Carrier::makefile};
}

CommentPlaces nowhere(std::string_view why) {
  return {.above = [](const Judged&) -> std::uint32_t { return 0; },
          .same = [](const text::Source&) { return true; },
          .why_not = why};
}

bool is_json(std::string_view path, std::string_view bytes) {
  return path.ends_with(".json") || pragmas::trimmed(bytes.substr(0, 256)).starts_with('{');
}

}  // namespace

CommentPlaces comment_places(const text::Source& source, bool instructions, Arena& arena) {
  const std::string_view path = source.path(), bytes = source.bytes();
  if (is_json(path, bytes)) return nowhere("in JSON, which has no comments: use plimsoll.toml");
  if (path.ends_with(".yml") || path.ends_with(".yaml")) return in_yaml(source, arena);
  if (instructions) return in_dockerfile(source, arena);
  if (path.ends_with(".dockerignore") || path.ends_with(".containerignore"))
    return nowhere("in an ignore file: use plimsoll.toml");
  switch (const Carrier carrier = parse::runline::carrier_of(path, bytes.substr(0, 256))) {
    case Carrier::shell:
    case Carrier::makefile:
      return in_script(source, carrier, arena);
    case Carrier::markdown:
      return nowhere("in Markdown's code, which can't carry a comment: use plimsoll.toml");
    case Carrier::none:
      return in_dockerfile(source, arena);
    default:
      return nowhere("in a file that can't carry such comments: use plimsoll.toml");
  }
}

}  // namespace plimsoll::engine
