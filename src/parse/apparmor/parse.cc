// Statements end in a comma, blocks have braces; but braces and commas are part of paths too:
// `/{etc,usr}/** r,` is one rule. A brace that opens a block stands behind a blank.
#include "parse/apparmor/parse.h"

#include <algorithm>
#include <vector>

namespace plimsoll::parse::apparmor {
namespace {

constexpr std::size_t kDeepestBlock = 16;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view without_quotes(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
    return text.substr(1, text.size() - 2);
  return text;
}

// A block that is open, with what was read of it.
struct Open {
  Profile profile;
  std::vector<Statement> statements;
  std::size_t slot = 0;  // where it goes
};

class Reader {
 public:
  Reader(std::string_view text, Arena& arena) : text_(text), arena_(arena) {}

  Tree read() {
    while (skip_blanks()) {
      if (text_[at_] == '}')
        close();
      else if (is_line())
        take_line();
      else
        take_statement();
    }
    while (!open_.empty()) {
      problem(open_.back().profile.where, "the block is not closed");
      finish();
    }
    return {.profiles = arena_.copy(profiles_),
            .statements = arena_.copy(outside_),
            .problems = arena_.copy(problems_)};
  }

 private:
  [[nodiscard]] text::Span span(std::string_view part) const {
    const auto begin = static_cast<std::uint32_t>(part.data() - text_.data());
    return {begin, begin + static_cast<std::uint32_t>(part.size())};
  }
  void problem(text::Span where, std::string_view message) {
    problems_.push_back({where, message});
  }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }

  // Blanks and comments. False: the text ends.
  bool skip_blanks() {
    while (at_ < text_.size()) {
      if (is_blank(text_[at_]))
        ++at_;
      else if (text_[at_] == '#' && !rest().starts_with("#include"))
        at_ = line_end();
      else
        return true;
    }
    return false;
  }
  [[nodiscard]] std::size_t line_end() const {
    return std::min(text_.find('\n', at_), text_.size());
  }

  // What ends with its line: includes and variables.
  [[nodiscard]] bool is_line() const {
    const std::string_view line = text_.substr(at_, line_end() - at_);
    if (line.starts_with("#include") || line.starts_with("include ")) return true;
    if (!line.starts_with("@{") && !line.starts_with('$')) return false;
    const std::string_view behind = trimmed(line.substr(std::min(line.find('}') + 1, line.size())));
    return behind.starts_with('=') || behind.starts_with("+=") || line.starts_with('$');
  }
  void take_line() {
    const std::size_t end = line_end();
    add(trimmed(text_.substr(at_, end - at_)));
    at_ = end;
  }

  void add(std::string_view text) {
    (open_.empty() ? outside_ : open_.back().statements).push_back({text, span(text)});
  }

  // Up to a comma, or up to the brace that opens a block.
  void take_statement() {
    const std::size_t first = at_;
    int depth = 0;  // of brackets within words
    bool quoted = false;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      const bool behind_blank = at_ == first || is_blank(text_[at_ - 1]) || text_[at_ - 1] == ')';
      if (c == '\\') {
        ++at_;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (quoted) {
        if (c == '\n') break;
      } else if (c == '#' && behind_blank) {
        at_ = line_end() - 1;
      } else if (c == '{' && behind_blank && depth == 0) {
        open_block(trimmed(text_.substr(first, at_ - first)));
        ++at_;
        return;
      } else if (c == '{' || c == '(' || c == '[') {
        ++depth;
      } else if (depth > 0 && (c == '}' || c == ')' || c == ']')) {
        --depth;
      } else if (c == '}' || (c == ',' && depth == 0)) {
        break;
      }
    }
    at_ = std::min(at_, text_.size());
    const std::string_view statement = trimmed(text_.substr(first, at_ - first));
    if (!statement.empty()) add(statement);
    if (at_ < text_.size() && text_[at_] == ',')
      ++at_;
    else
      problem(span(statement), "the rule does not end in a comma");
    if (at_ == first) ++at_;
  }

  void close() {
    if (open_.empty())
      problem({static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(at_ + 1)},
              "no block is open here");
    else
      finish();
    ++at_;
  }

  void finish() {
    Open& block = open_.back();
    block.profile.statements = arena_.copy(block.statements);
    profiles_[block.slot] = block.profile;
    open_.pop_back();
  }

  void open_block(std::string_view header) {
    if (open_.size() == kDeepestBlock) {
      problem(span(header), "blocks are too deep in each other");
      finish();
    }
    Open block{.profile = {.where = span(header)}, .statements = {}, .slot = profiles_.size()};
    if (!open_.empty()) block.profile.parent = static_cast<std::uint32_t>(open_.back().slot + 1);
    read_header(header, block.profile);
    profiles_.push_back(block.profile);
    open_.push_back(std::move(block));
  }

  void read_header(std::string_view header, Profile& profile) {
    const std::size_t bracket = header.find('(');
    if (bracket != std::string_view::npos) {
      read_flags(header.substr(bracket + 1), profile);
      header = trimmed(header.substr(0, bracket));
      if (header.ends_with('=')) header = trimmed(header.substr(0, header.rfind("flags")));
    }
    for (const std::string_view keyword : {"profile ", "hat "})
      if (header.starts_with(keyword)) header = trimmed(header.substr(keyword.size()));
    const std::size_t quote =
        header.starts_with('"') ? header.find('"', 1) : std::string_view::npos;
    const std::size_t end =
        quote == std::string_view::npos ? header.find_first_of(" \t\r\n") : quote + 1;
    profile.name = without_quotes(header.substr(0, end));
    if (profile.name.empty()) problem(profile.where, "the block has no name");
  }

  void read_flags(std::string_view text, Profile& profile) {
    std::vector<Flag> flags;
    text = text.substr(0, text.find(')'));
    while (!text.empty()) {
      const std::size_t end = std::min(text.find_first_of(", \t\r\n"), text.size());
      if (end > 0) flags.push_back({text.substr(0, end), span(text.substr(0, end))});
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    profile.flags = arena_.copy(flags);
  }

  std::string_view text_;
  Arena& arena_;
  std::size_t at_ = 0;
  std::vector<Open> open_;
  std::vector<Profile> profiles_;
  std::vector<Statement> outside_;
  std::vector<Problem> problems_;
};

}  // namespace

Tree parse(std::string_view text, Arena& arena) {
  return Reader(text, arena).read();
}

}  // namespace plimsoll::parse::apparmor
