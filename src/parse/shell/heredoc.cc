// The bodies of here-documents (XCU 2.7.4): lines behind the command's, up to the delimiter alone
// on a line.
#include <cstring>
#include <utility>

#include "parse/shell/parser.h"

namespace plimsoll::parse::shell {

// Stands behind the newline that ends the line with the operators.
void Parser::read_heredocs() {
  const char* tail = tail_;  // bodies are no part of the commands around them
  const std::size_t from = pending_from_;
  const std::size_t count = pending_.size();
  pending_from_ = count;  // substitutions inside the bodies have documents of their own
  for (std::size_t i = from; i < count; ++i) {
    Heredoc doc = heredocs_[static_cast<std::size_t>(pending_[i])];
    read_heredoc(doc);
    heredocs_[static_cast<std::size_t>(pending_[i])] = doc;
    if (doc.target == nullptr) continue;
    doc.target->body = doc.body;
    doc.target->body_parts = doc.parts;
  }
  pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(from), pending_.end());
  pending_from_ = from;
  tail_ = tail;
}

// A document whose delimiter never comes reaches to the end: shells only warn of it.
void Parser::read_heredoc(Heredoc& doc) {
  const char* start = p_;
  const char* stop = end_;
  bool continued =
      false;  // a line that ends in a backslash swallows the next one, delimiter or not
  for (const char* line = p_; line < end_;) {
    const void* found = std::memchr(line, '\n', static_cast<std::size_t>(end_ - line));
    const char* line_end = found == nullptr ? end_ : static_cast<const char*>(found);
    const char* next = found == nullptr ? end_ : line_end + 1;
    const char* text = line;
    while (doc.strip_tabs && text < line_end && *text == '\t') ++text;
    p_ = next;
    if (!continued &&
        std::string_view(text, static_cast<std::size_t>(line_end - text)) == doc.delimiter) {
      stop = line;
      break;
    }
    const char* slash = line_end;
    while (slash > line && slash[-1] == '\\') --slash;
    continued = !doc.quoted && (line_end - slash) % 2 == 1;
    line = next;
  }
  doc.read = true;
  doc.body = token(start, static_cast<std::size_t>(stop - start));
  if (!doc.quoted) doc.parts = parse_heredoc_body(doc.body);
}

std::span<const Part> Parser::parse_heredoc_body(std::string_view body) {
  const char* outer_p = std::exchange(p_, body.data());
  const char* outer_end = std::exchange(end_, body.data() + body.size());
  const std::size_t mark = parts_.size();
  if (const Level level(*this); level.ok) parse_quoted_parts('\0');
  // "Expansions in it": the text between them is in the body.
  std::size_t kept = mark;
  for (std::size_t i = mark; i < parts_.size(); ++i) {
    if (parts_[i].kind != PartKind::literal) parts_[kept++] = parts_[i];
  }
  parts_.cut(kept);
  p_ = outer_p;
  end_ = outer_end;
  return parts_.take(mark, arena_);
}

}  // namespace plimsoll::parse::shell
