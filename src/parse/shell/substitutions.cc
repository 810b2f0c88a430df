// Scripts and formulas inside words: $(…), `…`, <(…), $((…)), and the patterns of extglob
// (XCU 2.6.3, 2.6.4).
#include "parse/shell/parser.h"

namespace plimsoll::parse::shell {

namespace {

// The quote that closes the one at `at`; the end if there is none.
const char* closing_quote(const char* at, const char* end) {
  const char quote = *at++;
  for (; at < end && *at != quote; ++at) {
    if (quote == '"' && *at == '\\' && end - at > 1) ++at;
  }
  return at;
}

}  // namespace

// $(…), <(…) and >(…). Stands at its first byte.
Part Parser::parse_substitution(PartKind kind, const char* inside) {
  const char* start = p_;
  const std::string_view opening = token(start, static_cast<std::size_t>(inside - start));
  const std::size_t outer_pending = pending_from_;
  pending_from_ = pending_.size();  // the bodies of here-documents outside follow the outer line
  p_ = inside;
  Part part{.kind = kind};
  if (const Level level(*this); level.ok) {
    part.list = arena_.make(parse_list(Closer::paren));
  } else {
    part.list = arena_.make(List{.raw = token(p_, 0)});
  }
  if (at_end()) {
    problem(opening, "the parenthesis is not closed");
  } else {
    ++p_;
  }
  pending_from_ = outer_pending;
  part.raw = token(start, static_cast<std::size_t>(p_ - start));
  return part;
}

// The place of the quote that closes, which is the first one not behind a backslash, quoted or not
// (XCU 2.6.3); the end if there is none.
const char* Parser::find_backquote(const char* inside) const {
  for (const char* at = inside; at < end_;) {
    const Glyph g = glyph(at);
    if (g.c == '`') return at;
    at = g.c == '\\' ? glyph(g.next).next : g.next;
  }
  return end_;
}

// Reads what is inside in place, so that its views are of the script: `end_` is drawn in to the
// closing quote, and glyph() takes the backslashes off.
Part Parser::parse_backquoted(bool in_quotes) {
  const char* start = p_;
  const char* inside = glyph(p_).next;
  const std::string_view opening = token(start, static_cast<std::size_t>(inside - start));
  const char* close = find_backquote(inside);
  const char* outer_end = end_;
  const char* after = close == outer_end ? close : glyph(close).next;
  const std::size_t outer_pending = pending_from_;
  Part part{.kind = PartKind::command};
  if (close == outer_end) problem(opening, "the backquote is not closed");
  p_ = inside;
  end_ = close;
  pending_from_ = pending_.size();
  const Level level(*this);
  if (level.ok && backquotes_ < kMaxBackquotes) {
    ++backquotes_;
    const unsigned bit = 1U << backquotes_;
    const unsigned outer_quoted = quoted_backquotes_;
    quoted_backquotes_ = in_quotes ? quoted_backquotes_ | bit : quoted_backquotes_ & ~bit;
    part.list = arena_.make(parse_list(Closer::end));
    quoted_backquotes_ = outer_quoted;
    --backquotes_;
  } else {
    problem(opening, "too many backquotes inside each other");
    part.list = arena_.make(List{.raw = token(inside, 0)});
  }
  pending_from_ = outer_pending;
  end_ = outer_end;
  p_ = after;
  part.raw = token(start, static_cast<std::size_t>(p_ - start));
  return part;
}

// Bash manual 3.5.8.1. Stands at the character in front of the parenthesis.
Part Parser::parse_extended_glob() {
  const char* start = p_;
  const std::size_t mark = parts_.size();
  p_ += 2;
  if (const Level level(*this); level.ok) {
    unsigned open = 1;
    while (!at_end() && open > 0) {
      const Glyph g = glyph(p_);
      if (g.c == '\\') {
        p_ = glyph(g.next).next;
      } else if (!parse_nested_part(false, true)) {
        if (g.c == '(') ++open;
        if (g.c == ')') --open;
        p_ = g.next;
      }
    }
    if (open > 0) problem(token(start, 2), "the parenthesis is not closed");
  }
  const std::string_view raw = token(start, static_cast<std::size_t>(p_ - start));
  return {.kind = PartKind::extended_glob,
          .raw = raw,
          .value = raw,
          .parts = parts_.take(mark, arena_)};
}

// $((…)) and $[…]. Stands at the dollar sign.
Part Parser::parse_arithmetic(const char* inside, bool bracket) {
  const char* start = p_;
  const std::size_t mark = parts_.size();
  p_ = inside;
  if (const Level level(*this); level.ok) {
    parse_arithmetic_inside(token(start, static_cast<std::size_t>(inside - start)), bracket);
    p_ += at_end() ? 0 : bracket ? 1 : 2;
  }
  return {.kind = PartKind::arithmetic,
          .raw = token(start, static_cast<std::size_t>(p_ - start)),
          .parts = parts_.take(mark, arena_)};
}

// Steps to the closing )) or ], pushing the quoted strings and expansions in between.
void Parser::parse_arithmetic_inside(std::string_view opening, bool bracket) {
  const char open_char = bracket ? '[' : '(';
  const char close_char = bracket ? ']' : ')';
  unsigned open = 0;
  while (!at_end()) {
    const Glyph g = glyph(p_);
    if (g.c == close_char && open == 0 && (bracket || peek(1) == ')')) return;
    if (g.c == '\\') {
      p_ = glyph(g.next).next;
    } else if (!parse_nested_part(true, true)) {
      if (g.c == open_char) ++open;
      if (g.c == close_char && open > 0) --open;
      p_ = g.next;
    }
  }
  problem(opening, "the formula is not closed");
}

// Whether the parenthesis that matches the second one of (( is followed by another. A look over the
// bytes, for which at most as many levels pass the same byte as may be nested; what is never closed
// is taken as arithmetic.
bool Parser::closes_as_arithmetic(const char* inside) const {
  unsigned open = 0;
  for (const char* at = inside; at < end_; ++at) {
    if (*at == '\\') {
      if (++at == end_) return true;
      continue;
    }
    if (*at == '\'' || *at == '"') at = closing_quote(at, end_);
    if (at == end_) return true;
    if (*at == '(') ++open;
    if (*at != ')') continue;
    if (open == 0) return end_ - at > 1 && at[1] == ')';
    --open;
  }
  return true;
}

}  // namespace plimsoll::parse::shell
