// Redirections (XCU 2.7; Bash manual 3.6).
#include <memory>

#include "parse/shell/parser.h"

namespace plimsoll::parse::shell {

namespace {

// The longer ones stand before those that they start with.
constexpr std::string_view kOperators[] = {"<<<", "<<-", "&>>", "<<", "<&", "<>",
                                           ">>",  ">&",  ">|",  "&>", "<",  ">"};

}  // namespace

// A number or {name} belongs to the redirection only if the operator follows at once.
bool Parser::at_redirect() const {
  std::size_t ahead = 0;
  if (is_digit(peek())) {
    while (is_digit(peek(ahead))) ++ahead;
  } else if (peek() == '{' && is_name_start(peek(1))) {
    for (ahead = 2; is_name_char(peek(ahead));) ++ahead;
    if (peek(ahead) != '}') return false;
    ++ahead;
  } else if (peek() == '&') {
    return peek(1) == '>';
  }
  const char c = peek(ahead);
  return (c == '<' || c == '>') && peek(ahead + 1) != '(';
}

void Parser::parse_redirect() {
  const char* start = p_;
  OpenRedirect open;
  Redirect& redirect = open.redirect;
  while (*p_ != '<' && *p_ != '>' && *p_ != '&') ++p_;
  redirect.descriptor = token(start, static_cast<std::size_t>(p_ - start));
  const std::string_view rest(p_, static_cast<std::size_t>(end_ - p_));
  for (std::string_view op : kOperators) {
    if (!rest.starts_with(op)) continue;
    redirect.op = token(p_, op.size());
    break;
  }
  p_ += redirect.op.size();
  tail_ = p_;
  skip_blanks();
  if (at_word()) {
    redirect.target = parse_word();
  } else {
    problem(redirect.op, "nothing follows the redirection");
    redirect.target.raw = token(tail_, 0);
  }
  redirect.raw = since(start);
  redirect.body = token(tail_, 0);
  if (redirect.op == "<<" || redirect.op == "<<-") {
    const Word& word = redirect.target;
    // No expansion is made on the delimiter, so one that holds a $ ends the document as it is
    // written.
    Heredoc doc{.delimiter = word.known ? word.value : word.raw,
                .strip_tabs = redirect.op == "<<-"};
    doc.quoted = word.quoted || word.raw.find('\\') != std::string_view::npos;
    open.heredoc = static_cast<std::int32_t>(heredocs_.size());
    pending_.push_back(open.heredoc);
    heredocs_.push_back(doc);
  }
  redirects_.push(open);
}

// A here-document's body may have been read already (inside a substitution on the same line) or
// come later.
std::span<const Redirect> Parser::take_redirects(std::size_t mark) {
  const std::size_t count = redirects_.size() - mark;
  if (count == 0) return {};
  Redirect* to =
      static_cast<Redirect*>(arena_.allocate(sizeof(Redirect) * count, alignof(Redirect)));
  for (std::size_t i = 0; i < count; ++i) {
    const OpenRedirect& open = redirects_[mark + i];
    Redirect* redirect = std::construct_at(to + i, open.redirect);
    if (open.heredoc < 0) continue;
    Heredoc& doc = heredocs_[static_cast<std::size_t>(open.heredoc)];
    doc.target = redirect;
    if (!doc.read) continue;
    redirect->body = doc.body;
    redirect->body_parts = doc.parts;
  }
  redirects_.cut(mark);
  return {to, count};
}

}  // namespace plimsoll::parse::shell
