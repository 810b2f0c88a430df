// Markdown: fenced blocks that hold commands, without prompts and without what commands print.
// Source: CommonMark 0.31, "Fenced code blocks".
#include <algorithm>
#include <iterator>
#include <string_view>

#include "base/ascii.h"
#include "parse/runline/extract/collect.h"

namespace plimsoll::parse::runline {
namespace {

enum class Language : std::uint8_t { none, script, session };  // session: prompts are expected

struct Fence {
  char mark = 0;
  std::size_t size = 0, indent = 0;
  Language language = Language::none;
};

// "```bash", "``` {.sh}", "~~~ console title=x"
Language language_of(std::string_view info) {
  constexpr std::string_view kScripts[] = {"",   "bash", "docker", "dockercli", "shell",
                                           "sh", "text", "txt",    "zsh",       "code"};
  constexpr std::string_view kSessions[] = {"console",  "sh-session",   "shell-session",
                                            "terminal", "shellsession", "bash-session"};
  const std::size_t begin = std::min(info.find_first_not_of(" \t{."), info.size());
  info.remove_prefix(begin);
  const std::string word = lower(info.substr(0, info.find_first_of(" \t{}:,\r")));
  if (std::ranges::find(kSessions, word) != std::end(kSessions)) return Language::session;
  return std::ranges::find(kScripts, word) != std::end(kScripts) ? Language::script
                                                                 : Language::none;
}

// What stands before a fence: blanks, "> " of a quotation.
std::size_t indent_of(std::string_view line) {
  return std::min(line.find_first_not_of(" \t>"), line.size());
}

bool opens(std::string_view line, Fence& fence) {
  const std::size_t indent = indent_of(line);
  const std::string_view rest = line.substr(indent);
  if (rest.empty() || (rest[0] != '`' && rest[0] != '~')) return false;
  const std::size_t size = std::min(rest.find_first_not_of(rest[0]), rest.size());
  const std::string_view info = rest.substr(size);
  if (size < 3 || (rest[0] == '`' && info.find('`') != std::string_view::npos)) return false;
  fence = {.mark = rest[0], .size = size, .indent = indent, .language = language_of(info)};
  return true;
}

bool closes(std::string_view line, const Fence& fence) {
  const std::string_view rest = trimmed(line.substr(indent_of(line)));
  return rest.size() >= fence.size && rest.find_first_not_of(fence.mark) == std::string_view::npos;
}

struct Line {
  std::uint32_t begin, end;  // without the newline
};

class Block {
 public:
  explicit Block(Collector& to) : to_(to) {}

  void start(Language language) {
    lines_.clear();
    language_ = language;
  }
  void add(Line line) { lines_.push_back(line); }

  void read() {
    if (lines_.empty() || language_ == Language::none) return;
    const bool prompts =
        std::ranges::any_of(lines_, [&](Line line) { return prompt_size(text(line)) > 0; });
    if (prompts) return read_session();
    for (const Line line : lines_) joiner_.add(to_.source, line.begin, line.end + 1);
    flush();
  }

 private:
  [[nodiscard]] std::string_view text(Line line) const {
    return to_.source.at({line.begin, line.end});
  }

  // "$ ", "user@host:~$ "; "# " where it can't be a comment.
  [[nodiscard]] std::size_t prompt_size(std::string_view line) const {
    const std::size_t start = std::min(line.find_first_not_of(" \t"), line.size());
    const std::string_view rest = line.substr(start);
    if (rest.starts_with("$ ") || rest.starts_with("% ")) return start + 2;
    if (rest.starts_with("# ")) {
      const std::string_view command = rest.substr(2);
      const bool engine = command.starts_with("docker ") || command.starts_with("podman ") ||
                          command.starts_with("nerdctl ");
      return language_ == Language::session && engine ? start + 2 : 0;
    }
    const std::size_t dollar = rest.find("$ ");
    const bool host = dollar != std::string_view::npos &&
                      rest.substr(0, dollar).find('@') != std::string_view::npos &&
                      rest.substr(0, dollar).find(' ') == std::string_view::npos;
    return host ? start + dollar + 2 : 0;
  }

  void read_session() {
    bool continued = false;
    for (const Line line : lines_) {
      std::size_t skip = prompt_size(text(line));
      if (skip == 0 && continued && text(line).starts_with("> ")) skip = 2;
      if (skip == 0 && !continued) continue;  // what a command printed
      joiner_.add(to_.source, line.begin + static_cast<std::uint32_t>(skip), line.end + 1);
      continued = trimmed_end(text(line)).ends_with('\\');
      if (!continued) flush();
    }
    flush();
  }

  static std::string_view trimmed_end(std::string_view text) {
    return text.substr(0, text.find_last_not_of('\r') + 1);
  }

  void flush() {
    if (!joiner_.empty() && mentions_engine(joiner_.text()))
      read_script(to_, joiner_.take(to_.arena));
    joiner_.clear();
  }

  Collector& to_;
  Language language_ = Language::none;
  std::vector<Line> lines_;
  Joiner joiner_;
};

// Not more than the fence itself is indented by.
std::size_t content_start(std::string_view line, const Fence& fence) {
  return std::min(indent_of(line), fence.indent);
}

}  // namespace

void read_markdown(Collector& to) {
  const std::string_view bytes = to.source.bytes();
  Fence fence;
  Block block(to);
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t newline = std::min(bytes.find('\n', begin), bytes.size());
    const std::string_view line = bytes.substr(begin, newline - begin);
    if (fence.mark == 0) {
      if (opens(line, fence)) block.start(fence.language);
    } else if (closes(line, fence)) {
      fence.mark = 0;
      block.read();
    } else {
      const std::size_t start = begin + content_start(line, fence);
      block.add({static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(newline)});
    }
    begin = newline + 1;
  }
  if (fence.mark != 0) block.read();
}

}  // namespace plimsoll::parse::runline
