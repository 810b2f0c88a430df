// Line by line: `#` at the start of a line or behind a blank, and not within quotes; in a text for
// people `<!-- … -->`.
#include "engine/comments.h"

#include <algorithm>
#include <ranges>

#include "base/fs.h"
#include "engine/pragmas/words.h"

namespace plimsoll::engine {
namespace {

using pragmas::Comment;

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

std::size_t indentation(std::string_view line) {
  return std::min(line.find_first_not_of(" \t"), line.size());
}

// Where the line's comment begins; npos: it has none.
std::size_t comment_at(std::string_view line) {
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if ((c == '"' || c == '\'') && (i == 0 || is_blank(line[i - 1]))) {
      quote = c;
    } else if (c == '#' && (i == 0 || is_blank(line[i - 1]))) {
      return i;
    }
  }
  return std::string_view::npos;
}

class CommentReading {
 public:
  explicit CommentReading(const text::Source& source)
      : source_(source), markdown_(source.path().ends_with(".md")) {
    const std::string& path = source.path();
    yaml_ = path.ends_with(".yml") || path.ends_with(".yaml");
  }

  std::vector<Comment> read() {
    const std::uint32_t lines = source_.line_count();
    bool head = true;
    for (std::uint32_t number = 1; number <= lines; ++number) {
      const std::string_view line = source_.line(number);
      const bool empty = indentation(line) == line.size();
      const std::size_t at = markdown_ ? line.find("<!--") : comment_at(line);
      const bool whole = at != std::string_view::npos && at == indentation(line);
      if (at != std::string_view::npos) add(line, number, at, whole, head);
      head = head && (empty || whole);
    }
    // From the end, so that a long block of comments is walked once.
    for (Comment& comment : std::views::reverse(found_))
      if (comment.instruction.first == 0) attach(comment, lines);
    return std::move(found_);
  }

 private:
  void add(std::string_view line, std::uint32_t number, std::size_t at, bool whole, bool head) {
    std::string_view text = line.substr(at + (markdown_ ? 4 : 1));
    if (markdown_) text = text.substr(0, text.find("-->"));
    text = pragmas::trimmed(text);
    if (text.size() < 8 || text.find_first_of(":=-") == std::string_view::npos) return;
    const std::uint32_t begin = source_.line_start(number) + static_cast<std::uint32_t>(at);
    const auto size = static_cast<std::uint32_t>(line.size() - at);
    Comment comment{.text = text,
                    .span = {begin, begin + size},
                    .line = number,
                    .stands = Comment::Stands::above,
                    .head = head};
    if (!whole) comment.instruction = {number, number};
    found_.push_back(comment);
  }

  // The line below that is neither empty nor a comment, and what belongs to it.
  void attach(Comment& comment, std::uint32_t lines) {
    std::uint32_t first = comment.line + 1;
    while (first <= lines && first != below_line_ && is_between(source_.line(first))) ++first;
    if (first == below_line_) first = below_first_;
    below_line_ = comment.line;
    below_first_ = first;
    if (first > lines) {
      comment.stands = Comment::Stands::alone;
      return;
    }
    if (first == last_first_) {
      comment.instruction = {first, last_};
      return;
    }
    std::uint32_t last = first;
    const std::size_t indented = indentation(source_.line(first));
    for (std::uint32_t next = first + 1; next <= lines; ++next) {
      const std::string_view line = source_.line(next);
      const bool belongs = yaml_ ? is_between(line) || indentation(line) > indented
                                 : source_.line(next - 1).ends_with('\\');
      if (!belongs) break;
      if (!is_between(line)) last = next;
    }
    comment.instruction = {first, last};
    last_first_ = first;
    last_ = last;
  }

  static bool is_between(std::string_view line) {
    const std::size_t at = indentation(line);
    return at == line.size() || line[at] == '#';
  }

  const text::Source& source_;
  bool markdown_, yaml_ = false;
  // The comment below that was attached last, and the line that it stands above.
  std::uint32_t below_line_ = 0, below_first_ = 0;
  std::uint32_t last_first_ = 0, last_ = 0;  // the block that was walked last
  std::vector<Comment> found_;
};

}  // namespace

std::vector<Comment> comments_of(const text::Source& source) {
  return CommentReading(source).read();
}

}  // namespace plimsoll::engine
