// # kics-scan ignore                     at the head of the file: the file
// # kics-scan disable=ID[,ID…]           at the head: these queries
// # kics-scan enable=ID[,ID…]            at the head: all queries but these
// # kics-scan ignore-line                the instruction below
// # kics-scan ignore-block               the instruction below; above a FROM its whole stage
// Source: KICS, pkg/parser/docker/comments.go and docs/running-kics.md. It reads them in any case.
#include <string>

#include "engine/peer_ids.h"
#include "engine/pragmas/pragma.h"
#include "engine/pragmas/words.h"

namespace plimsoll::engine::pragmas {

extern const Dialect kKics = {
    .tool = "kics",
    .knows = [](const rules::Alias& a) { return a.tool == "kics"; },
    .same = [](const rules::Alias& a, std::string_view name) { return is_called(a, name); }};

namespace {

bool is_word(std::string_view text, std::string_view word) {
  if (text.size() != word.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != word[i]) return false;
  }
  return true;
}

}  // namespace

void read_kics(const Comment& comment, std::vector<Pragma>& out) {
  constexpr std::string_view kTool = "kics-scan";
  if (!is_word(comment.text.substr(0, kTool.size()), kTool)) return;
  std::string_view text = comment.text.substr(kTool.size());
  if (text.empty() || (text.front() != ' ' && text.front() != '\t')) return;
  text = trimmed(text);
  Pragma pragma{.dialect = &kKics, .span = comment.span, .lines = comment.instruction};
  const std::string_view word = text.substr(0, text.find_first_of(" \t="));
  const bool above = comment.stands == Comment::Stands::above;
  if (is_word(word, "ignore-line") && above) {
    pragma.all = true;
  } else if (is_word(word, "ignore-block") && above) {
    pragma.all = true;
    if (comment.is_from) pragma.lines = comment.stage;
  } else if (is_word(word, "ignore") && comment.head) {
    pragma.all = true;
    pragma.lines = {};
  } else if ((is_word(word, "disable") || is_word(word, "enable")) && comment.head) {
    text.remove_prefix(word.size());
    if (!take_equals(text)) return;
    pragma.all = is_word(word, "enable");
    pragma.names = split_names(text);
    pragma.lines = {};
    if (pragma.names.empty()) return;
  } else {
    return;
  }
  out.push_back(std::move(pragma));
}

}  // namespace plimsoll::engine::pragmas
