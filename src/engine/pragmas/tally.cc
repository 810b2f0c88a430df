// # tally ignore=RULE[,RULE…][;reason=…]             the instruction below
// # tally global ignore=…                            the file
// A rule's namespace may be left out; `all` is every rule. Its forms for hadolint's and BuildKit's
// comments are read as theirs.
#include "base/glob.h"
#include "engine/peer_ids.h"
#include "engine/pragmas/pragma.h"
#include "engine/pragmas/words.h"

namespace plimsoll::engine::pragmas {

extern const Dialect kTally = {
    .tool = "tally",
    .knows =
        [](const rules::Alias& a) {
          return a.tool == "tally" || a.tool == "hadolint" || a.tool == "buildkit";
        },
    .same =
        [](const rules::Alias& a, std::string_view name) {
          if (a.tool == "tally") return is_called(a, name);
          if (glob_match(name, a.id)) return true;
          const std::size_t slash = name.find('/');
          return slash != std::string_view::npos && glob_match(name.substr(0, slash), a.tool) &&
                 glob_match(name.substr(slash + 1), a.id);
        }};

void read_tally(const Comment& comment, std::vector<Pragma>& out) {
  std::string_view text = comment.text;
  if (!take_word(text, "tally")) return;
  const bool global = take_word(text, "global");
  if (!take(text, "ignore") || !take_equals(text)) return;
  if (!global && comment.stands != Comment::Stands::above) return;
  Pragma pragma{
      .dialect = &kTally, .span = comment.span, .lines = global ? Lines{} : comment.instruction};
  if (const std::size_t reason = text.find(";reason="); reason != std::string_view::npos) {
    pragma.reason = trimmed(text.substr(reason + 8));
    text = trimmed(text.substr(0, reason));
  }
  pragma.names = split_names(text);
  if (pragma.names.size() == 1 && pragma.names.front() == "all") {
    pragma.all = true;
    pragma.names.clear();
  }
  for (const std::string_view name : pragma.names)
    if (name.find_first_of(" \t;") != std::string_view::npos) return;
  if (pragma.all || !pragma.names.empty()) out.push_back(std::move(pragma));
}

}  // namespace plimsoll::engine::pragmas
