// # hadolint ignore=CODE[,CODE…] [# reason]          the instruction on the very next line
// # hadolint stage ignore=…                          directly above a FROM: its stage
// # hadolint global ignore=…                         the file, from anywhere
// Measured with hadolint 2.15: it refuses the whole comment if anything but codes, commas and
// blanks stands before a second `#`; of two comments above each other the last one counts.
#include <algorithm>

#include "engine/pragmas/pragma.h"
#include "engine/pragmas/words.h"

namespace plimsoll::engine::pragmas {

extern const Dialect kHadolint = {
    .tool = "hadolint",
    .knows = [](const rules::Alias& a) { return a.tool == "hadolint"; },
    .same = [](const rules::Alias& a, std::string_view name) { return a.id == name; }};

static bool is_code(std::string_view name) {
  return name.find_first_not_of("DLSC0123456789") == std::string_view::npos;
}

void read_hadolint(const Comment& comment, std::vector<Pragma>& out) {
  std::string_view text = comment.text;
  if (!take_word(text, "hadolint")) return;
  Pragma pragma{.dialect = &kHadolint, .span = comment.span, .lines = comment.instruction};
  const bool global = take_word(text, "global");
  const bool stage = !global && take_word(text, "stage");
  if (!take(text, "ignore") || !take_equals(text)) return;
  if (global)
    pragma.lines = {};
  else if (!comment.directly_above() || (stage && !comment.is_from))
    return;
  else if (stage)
    pragma.lines = comment.stage;
  const std::size_t hash = text.find('#');
  if (hash != std::string_view::npos) {
    pragma.reason = trimmed(text.substr(hash + 1));
    text = trimmed(text.substr(0, hash));
  }
  pragma.names = split_names(text);
  if (!pragma.names.empty() && std::ranges::all_of(pragma.names, is_code))
    out.push_back(std::move(pragma));
}

}  // namespace plimsoll::engine::pragmas
