// nosemgrep[: ID[,ID…]], or `nosem`, behind a `#` on the line of the finding, or on a line above it
// that holds nothing else. Without ids it speaks of whatever semgrep would report.
// Source: semgrep documentation, "Ignoring files, folders and code".
#include <cstring>

#include "base/ascii.h"
#include "engine/peer_ids.h"
#include "engine/pragmas/pragma.h"
#include "engine/pragmas/words.h"

namespace plimsoll::engine::pragmas {

extern const Dialect kSemgrep = {
    .tool = "semgrep",
    .knows = [](const rules::Alias& a) { return a.tool == "semgrep"; },
    .same = [](const rules::Alias& a, std::string_view name) { return is_called(a, name); }};

namespace {

constexpr std::string_view kNosem = "nosem";

bool is_name_character(char c) {
  return is_word_char(c) || c == '-' || c == '.';
}

// One line that has the word at `at`.
void read_line(std::string_view line, std::size_t at, Pragma pragma, std::vector<Pragma>& out) {
  const std::size_t hash = line.substr(0, at).find('#');
  if (hash == std::string_view::npos || (at > 0 && is_name_character(line[at - 1]))) return;
  std::string_view text = line.substr(at + kNosem.size());
  take(text, "grep");
  if (!text.empty() && is_name_character(text.front())) return;
  if (take(text, ":")) {
    text = trimmed(text);
    std::size_t end = 0;
    while (end < text.size() && (is_name_character(text[end]) || text[end] == ',' ||
                                 (text[end] == ' ' && end > 0 && text[end - 1] == ',')))
      ++end;
    pragma.names = split_names(text.substr(0, end));
  }
  pragma.all = pragma.names.empty();
  // Nothing but the comment on the line: it speaks of the next one too.
  if (trimmed(line.substr(0, hash)).empty()) ++pragma.lines.last;
  out.push_back(std::move(pragma));
}

}  // namespace

void read_semgrep(std::string_view bytes, std::vector<Pragma>& out) {
  std::uint32_t line = 1;
  std::size_t counted = 0;
  for (std::size_t from = 0; from < bytes.size();) {
    const void* found =
        ::memmem(bytes.data() + from, bytes.size() - from, kNosem.data(), kNosem.size());
    if (found == nullptr) return;
    const auto at = static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
    const std::size_t newline = at == 0 ? std::string_view::npos : bytes.rfind('\n', at - 1);
    const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    for (; counted < begin; ++counted) line += bytes[counted] == '\n' ? 1 : 0;
    const std::size_t hash = std::min(bytes.find('#', begin), at);
    Pragma pragma{.dialect = &kSemgrep,
                  .span = {static_cast<std::uint32_t>(hash), static_cast<std::uint32_t>(end)},
                  .lines = {line, line}};
    read_line(bytes.substr(begin, end - begin), at - begin, std::move(pragma), out);
    from = end;
  }
}

}  // namespace plimsoll::engine::pragmas
