// One comment for all findings that share a place.
#include "engine/add_ignore.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "base/arena.h"
#include "base/concat.h"
#include "engine/comment_places.h"
#include "engine/pragmas/words.h"
#include "text/edits.h"

namespace plimsoll::engine {
namespace {

std::string comment_of(const std::set<std::string>& names, std::string_view reason) {
  std::string list;
  for (const std::string& name : names) list += concat({list.empty() ? "" : ",", name});
  return concat({"# plimsoll: ignore=", list, " reason=", pragmas::trimmed(reason)});
}

text::Edit comment_above(const text::Source& source, std::uint32_t line, std::string_view comment,
                         bool indented) {
  std::uint32_t at = source.line_start(line);
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (at == 0 && source.bytes().starts_with(kMark)) at = kMark.size();
  const std::string_view text = source.bytes().substr(at);
  const std::string_view indent =
      text.substr(0, indented ? std::min(text.find_first_not_of(" \t"), text.size()) : 0);
  const std::size_t newline = text.find('\n');
  const bool crlf = newline != std::string_view::npos && newline > 0 && text[newline - 1] == '\r';
  return {{0, {at, at}}, concat({indent, comment, crlf ? "\r\n" : "\n"})};
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
  const bool instructions =
      std::ranges::any_of(findings, [](const Judged* j) { return j->instruction_line != 0; });
  const CommentPlaces places = comment_places(source, instructions, arena);
  AddedIgnores added;
  std::map<std::uint32_t, std::set<std::string>> names;  // by the line below the comment
  for (const Judged* judged : findings) {
    const std::uint32_t line = places.above(*judged);
    if (line == 0) {
      ++added.left;
      added.why_left = places.why_not;
      continue;
    }
    ++added.accepted;
    const std::string& code = judged->finding.shellcheck_code;
    names[line].insert(code.empty() ? std::string(judged->rule->name) : code);
  }
  std::vector<text::Edit> edits;
  edits.reserve(names.size());
  for (const auto& [line, list] : names)
    edits.push_back(comment_above(source, line, comment_of(list, reason), places.indented));
  Result<std::string> text = text::apply_edits(source.bytes(), edits);
  if (!text) return tl::unexpected(std::move(text.error()).while_doing(source.path()));
  added.text = std::move(*text);
  if (!places.same(text::Source(source.path(), added.text)))
    return fail(
        ErrorKind::unsupported,
        concat({source.path(), ": comments would change what it says; it is left as it is"}));
  return added;
}

}  // namespace plimsoll::engine
