// # dclint disable-file               as the first line that is neither empty nor `---`: the file
// # dclint disable [RULE …]           in that line: the file
// # dclint disable-line [RULE …]      its line; alone on a line, the next one
// Rules are parted by blanks; without any, all are meant. dclint reports what is wrong with an item
// of a list at the list's key, so a comment there speaks of the items too. Since it looks for
// `disable` and takes the rest as names, `disable-line RULE` in the first line holds for the file.
// Source: dclint 3.1.0, extractGlobalDisableRules and extractDisableLineRules, and what it does.
#include <algorithm>
#include <cstring>

#include "engine/peer_ids.h"
#include "engine/pragmas/pragma.h"
#include "engine/pragmas/words.h"

namespace plimsoll::engine::pragmas {

extern const Dialect kDclint = {
    .tool = "dclint",
    .compose_alone = true,
    .knows = [](const rules::Alias& a) { return a.tool == "dclint"; },
    .same = [](const rules::Alias& a, std::string_view name) { return is_called(a, name); }};

namespace {

// What follows `# dclint WORD`, if that stands in the line; `hash` is where it begins.
bool take_comment(std::string_view line, std::string_view word, std::string_view& rest,
                  std::size_t& hash) {
  for (hash = line.find('#'); hash != std::string_view::npos; hash = line.find('#', hash + 1)) {
    rest = trimmed(line.substr(hash + 1));
    if (take_word(rest, "dclint") && take(rest, word)) return true;
  }
  return false;
}

void add_names(std::string_view list, Pragma& pragma) {
  constexpr std::string_view kBlanks = " \t\r";
  for (list = trimmed(list); !list.empty();) {
    const std::size_t end = std::min(list.find_first_of(kBlanks), list.size());
    if (list.front() != '-') pragma.names.push_back(list.substr(0, end));
    list = trimmed(list.substr(end));
  }
}

// The lines of a file one after the other, without their ends.
class LineReader {
 public:
  explicit LineReader(std::string_view bytes, std::size_t at = 0) : bytes_(bytes), end_(at) {}
  bool next() {
    if (end_ >= bytes_.size()) return false;
    begin_ = end_;
    const std::size_t newline = std::min(bytes_.find('\n', begin_), bytes_.size());
    line_ = bytes_.substr(begin_, newline - begin_);
    if (line_.ends_with('\r')) line_.remove_suffix(1);
    end_ = newline + 1;
    return true;
  }
  [[nodiscard]] std::string_view line() const { return line_; }
  [[nodiscard]] std::size_t begin() const { return begin_; }
  [[nodiscard]] std::size_t end() const { return end_; }

 private:
  std::string_view bytes_, line_;
  std::size_t begin_ = 0, end_ = 0;
};

std::size_t indentation_of(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

// How many lines below belong to the list whose key stands in `line`; `at`: where they begin.
std::uint32_t lines_of_list(std::string_view bytes, std::string_view line, std::size_t at) {
  if (!trimmed(line.substr(0, line.find(" #"))).ends_with(':')) return 0;
  LineReader below(bytes, at);
  std::size_t indented = std::string_view::npos;  // the list's
  std::uint32_t count = 0, walked = 0;
  while (below.next()) {
    ++walked;
    const std::size_t here = indentation_of(below.line());
    const std::string_view text = below.line().substr(here);
    if (text.empty() || text.front() == '#') continue;
    const bool item = text.front() == '-';
    if (indented == std::string_view::npos) {
      if (!item || here < indentation_of(line)) return 0;
      indented = here;
    }
    if (here < indented || (here == indented && !item)) break;
    count = walked;
  }
  return count;
}

Pragma made(const LineReader& at, std::size_t hash, std::string_view names) {
  Pragma pragma{.dialect = &kDclint,
                .span = {static_cast<std::uint32_t>(at.begin() + hash),
                         static_cast<std::uint32_t>(at.begin() + at.line().size())}};
  add_names(names, pragma);
  return pragma;
}

void read_first(const LineReader& at, std::vector<Pragma>& out) {
  std::string_view rest;
  std::size_t hash = 0;
  if (!take_comment(at.line(), "disable", rest, hash)) return;
  Pragma pragma = made(at, hash, rest);
  pragma.all = rest.empty() || trimmed(at.line()).starts_with("# dclint disable-file");
  if (pragma.all) pragma.names.clear();
  if (pragma.all || !pragma.names.empty()) out.push_back(std::move(pragma));
}

}  // namespace

void read_dclint(std::string_view bytes, std::vector<Pragma>& out) {
  if (::memmem(bytes.data(), bytes.size(), "dclint", 6) == nullptr) return;
  LineReader at(bytes);
  bool first = true;
  for (std::uint32_t number = 1; at.next(); ++number) {
    const std::string_view text = trimmed(at.line());
    if (first && !text.empty() && text != "---") {
      read_first(at, out);
      first = false;
    }
    std::string_view rest;
    std::size_t hash = 0;
    if (!take_comment(at.line(), "disable-line", rest, hash)) continue;
    Pragma pragma = made(at, hash, rest);
    pragma.all = pragma.names.empty();
    pragma.lines = {number, number};
    LineReader below = at;
    if (text.starts_with('#')) {
      pragma.lines = {number + 1, number + 1};
      if (!below.next()) continue;
    }
    pragma.lines.last += lines_of_list(bytes, below.line(), below.end());
    out.push_back(std::move(pragma));
  }
}

}  // namespace plimsoll::engine::pragmas
