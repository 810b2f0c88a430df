// # checkov:skip=ID[,ID…][:reason], and so with bridgecrew: and cortex:
// Speaks of the whole file, wherever it stands (bridgecrewio/checkov#2139).
#include <array>

#include "engine/peer_ids.h"
#include "engine/pragmas/pragma.h"
#include "engine/pragmas/words.h"

namespace plimsoll::engine::pragmas {

extern const Dialect kCheckov = {
    .tool = "checkov",
    .knows = [](const rules::Alias& a) { return a.tool == "checkov"; },
    .same = [](const rules::Alias& a, std::string_view name) { return is_called(a, name); }};

static constexpr std::array<std::string_view, 3> kWords = {
    "checkov:skip=", "bridgecrew:skip=", "cortex:skip="};

void read_checkov(const Comment& comment, std::vector<Pragma>& out) {
  for (const std::string_view word : kWords) {
    const std::size_t at = comment.text.find(word);
    if (at == std::string_view::npos) continue;
    const std::string_view text = trimmed(comment.text.substr(at + word.size()));
    const std::size_t end = text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789, ");
    Pragma pragma{.dialect = &kCheckov, .span = comment.span};
    pragma.names = split_names(text.substr(0, end));
    if (end != std::string_view::npos && text[end] == ':')
      pragma.reason = trimmed(text.substr(end + 1));
    // Behind a blank stands a word of the author's, not another id.
    for (std::string_view& name : pragma.names) name = name.substr(0, name.find(' '));
    if (!pragma.names.empty()) out.push_back(std::move(pragma));
    return;
  }
}

}  // namespace plimsoll::engine::pragmas
