// A comment goes above the whole instruction, even for a finding inside of a continued one, and
// above comments by which other tools accept something: those must stay next to it.
#include "engine/add_ignore.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <vector>

#include "base/arena.h"
#include "base/concat.h"
#include "engine/pragmas/words.h"
#include "parse/dockerfile/parse.h"
#include "text/edits.h"

namespace plimsoll::engine {
namespace {

using parse::dockerfile::Node;
using parse::dockerfile::NodeKind;
using parse::dockerfile::Tree;

bool is_distance_kept(std::string_view comment) {
  constexpr std::array<std::string_view, 7> kWords = {
      "hadolint", "trivy:", "nosem", "kics-scan", "tally", "dockerfile-utils:", "check"};
  return std::ranges::any_of(
      kWords, [&](std::string_view word) { return comment.find(word) != std::string_view::npos; });
}

// The line above which a comment for the instruction at `line` goes.
std::uint32_t place_above(const text::Source& source, const std::set<std::uint32_t>& comments,
                          std::uint32_t line) {
  std::uint32_t place = line;
  for (std::uint32_t above = line; above > 1 && comments.contains(above - 1); --above)
    if (is_distance_kept(source.line(above - 1))) place = above - 1;
  return place;
}

text::Edit comment_above(const text::Source& source, std::uint32_t line,
                         const std::set<std::string>& names, std::string_view reason) {
  std::uint32_t at = source.line_start(line);
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (at == 0 && source.bytes().starts_with(kMark)) at = kMark.size();
  const std::string_view text = source.bytes().substr(at);
  const std::string_view indent =
      text.substr(0, std::min(text.find_first_not_of(" \t"), text.size()));
  const std::size_t newline = text.find('\n');
  const bool crlf = newline != std::string_view::npos && newline > 0 && text[newline - 1] == '\r';
  std::string list;
  for (const std::string& name : names) list += concat({list.empty() ? "" : ",", name});
  return {{0, {at, at}},
          concat({indent, "# plimsoll: ignore=", list, " reason=", reason, crlf ? "\r\n" : "\n"})};
}

bool same_instructions(const Tree& a, const Tree& b) {
  return a.problems.size() == b.problems.size() && a.directives.size() == b.directives.size() &&
         a.escape == b.escape &&
         std::ranges::equal(
             a.instructions, b.instructions, {}, [](const auto& i) { return i.joined.text; },
             [](const auto& i) { return i.joined.text; });
}

}  // namespace

std::string_view wrong_reason(std::string_view reason) {
  if (pragmas::trimmed(reason).empty()) return "say why with --reason TEXT";
  if (std::ranges::any_of(reason, [](unsigned char c) { return c < 0x20 || c == 0x7f; }))
    return "--reason must be one line of text";
  if (reason.find("until=") != std::string_view::npos)
    return "--reason must not contain until=, which would be read as a date";
  return {};
}

Result<AddedIgnores> add_ignores(const text::Source& source,
                                 std::span<const Judged* const> findings, std::string_view reason) {
  Arena arena;
  const Tree before = parse::dockerfile::parse(source, arena);
  std::set<std::uint32_t> comments;
  for (const Node& node : before.nodes)
    if (node.kind == NodeKind::comment) comments.insert(source.position(node.span.begin).line);

  AddedIgnores added;
  std::map<std::uint32_t, std::set<std::string>> names;  // by the instruction's line
  for (const Judged* judged : findings) {
    if (judged->instruction_line == 0) {
      ++added.left;
      continue;
    }
    ++added.accepted;
    const std::string& code = judged->finding.shellcheck_code;
    names[judged->instruction_line].insert(code.empty() ? std::string(judged->rule->name) : code);
  }
  std::vector<text::Edit> edits;
  edits.reserve(names.size());
  for (const auto& [line, list] : names)
    edits.push_back(
        comment_above(source, place_above(source, comments, line), list, pragmas::trimmed(reason)));
  Result<std::string> text = text::apply_edits(source.bytes(), edits);
  if (!text) return tl::unexpected(std::move(text.error()).while_doing(source.path()));
  added.text = std::move(*text);

  const text::Source changed(source.path(), added.text);
  Arena after_arena;
  if (!same_instructions(before, parse::dockerfile::parse(changed, after_arena)))
    return fail(
        ErrorKind::unsupported,
        concat({source.path(), ": comments would change what it says; it is left as it is"}));
  return added;
}

}  // namespace plimsoll::engine
