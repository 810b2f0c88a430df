// # trivy:ignore:ID[,ID…][:exp:YYYY-MM-DD] [trivy:ignore:ID …]
// Speaks of the instruction below; such comments may be stacked, others may not stand in between.
// Source: trivy, pkg/iac/ignore.
#include "base/glob.h"
#include "engine/peer_ids.h"
#include "engine/pragmas/pragma.h"
#include "engine/pragmas/words.h"

namespace plimsoll::engine::pragmas {

extern const Dialect kTrivy = {
    .tool = "trivy",
    .knows = [](const rules::Alias& a) { return a.tool == "trivy"; },
    .same = [](const rules::Alias& a, std::string_view name) { return is_called(a, name); }};

namespace {

constexpr std::string_view kIgnoreWord = "trivy:ignore:";

// One word of the comment, behind `trivy:ignore:`: ids, then sections that begin with a colon.
bool read_word(std::string_view word, Pragma& pragma) {
  const std::size_t colon = word.find(':');
  pragma.names = split_names(word.substr(0, colon));
  while (!word.empty()) {
    if (take(word, "exp:")) {
      pragma.until = read_date(word);
      pragma.day_before = true;
      if (pragma.until == 0) return false;
    }
    const std::size_t next = word.find(':');
    word.remove_prefix(next == std::string_view::npos ? word.size() : next + 1);
  }
  return !pragma.names.empty();
}

bool stacked(const Comment& comment, const std::vector<Pragma>& out) {
  // The comments of a block come from the bottom up.
  return !out.empty() && out.back().dialect == &kTrivy &&
         out.back().lines.first == comment.instruction.first &&
         comment.span.end < out.back().span.begin && comment.span.end + 2 >= out.back().span.begin;
}

}  // namespace

void read_trivy(const Comment& comment, std::vector<Pragma>& out) {
  if (comment.text.find(kIgnoreWord) == std::string_view::npos) return;
  if (comment.stands != Comment::Stands::above) return;
  if (!comment.directly_above() && !stacked(comment, out)) return;
  std::string_view text = comment.text;
  while (!text.empty()) {
    const std::size_t blank = text.find_first_of(" \t");
    std::string_view word = text.substr(0, blank);
    Pragma pragma{.dialect = &kTrivy, .span = comment.span, .lines = comment.instruction};
    if (take(word, kIgnoreWord) && read_word(word, pragma)) out.push_back(std::move(pragma));
    text = blank == std::string_view::npos ? std::string_view{} : trimmed(text.substr(blank));
  }
}

}  // namespace plimsoll::engine::pragmas
