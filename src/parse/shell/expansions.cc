// What a dollar sign starts: parameters here, the rest handed on (XCU 2.6; Bash manual 3.5.3).
#include <algorithm>
#include <string_view>

#include "parse/shell/parser.h"

namespace plimsoll::parse::shell {

// True if the dollar sign in front of `behind_dollar` is not just a dollar sign.
bool Parser::starts_expansion(const char* behind_dollar, bool in_quotes) const {
  if (behind_dollar == end_) return false;
  const char c = glyph(behind_dollar).c;
  if (c == '\'' || c == '"') return !in_quotes;
  return c == '{' || c == '(' || c == '[' || is_name_char(c) || is_special_parameter(c);
}

// Stands at the dollar sign of an expansion.
Part Parser::parse_dollar(bool in_quotes) {
  const char* start = p_;
  const Glyph dollar = glyph(p_);
  const Glyph g = glyph(dollar.next);
  switch (g.c) {
    case '\'':
      return parse_ansi_quoted(g.next);
    case '"':
      return parse_double_quoted(g.next);
    case '{':
      return parse_braced(g.next, in_quotes);
    case '[':
      return parse_arithmetic(g.next, true);
    case '(':
      // XCU 2.6.3: $(( is arithmetic if it can be.
      if (g.next < end_ && *g.next == '(' && closes_as_arithmetic(g.next + 1)) {
        return parse_arithmetic(g.next + 1, false);
      }
      return parse_substitution(PartKind::command, g.next);
    default:
      break;
  }
  p_ = g.next;
  const char* name = dollar.next;
  if (is_name_start(g.c)) {
    while (p_ < end_ && is_name_char(*p_)) ++p_;
  }
  return {.kind = PartKind::parameter,
          .raw = token(start, static_cast<std::size_t>(p_ - start)),
          .value = token(name, static_cast<std::size_t>(p_ - name))};
}

// ${NAME…}. Stands at the dollar sign.
Part Parser::parse_braced(const char* inside, bool in_quotes) {
  const char* start = p_;
  Part part{.kind = PartKind::parameter};
  p_ = inside;
  const std::size_t mark = parts_.size();
  if (const Level level(*this); level.ok) {
    if (!parse_braced_name(part)) {
      problem(token(start, static_cast<std::size_t>(p_ - start)),
              "this is not the name of a variable");
    }
    const char* operation = p_;
    const std::string_view rest(p_, static_cast<std::size_t>(end_ - p_));
    const bool pattern =
        !rest.empty() && std::string_view("#%/^,").find(rest[0]) != std::string_view::npos;
    parse_operation(start, in_quotes && !pattern);
    part.operation = token(operation, static_cast<std::size_t>(p_ - operation));
  }
  if (!at_end()) ++p_;
  part.raw = token(start, static_cast<std::size_t>(p_ - start));
  part.parts = parts_.take(mark, arena_);
  return part;
}

// Reads the name and steps behind it; false if there is none that a shell would take.
bool Parser::parse_braced_name(Part& part) {
  const auto names = [](char c) { return is_name_char(c) || is_special_parameter(c); };
  bool indirect = false;
  if (peek() == '#' || peek() == '!') {
    // ${#x} and ${!x} have a prefix; ${#}, ${#:-x} and ${!} name a special parameter.
    const char c = peek(1);
    const bool prefix =
        is_name_char(c) || (is_special_parameter(c) && (peek(2) == '}' || peek(2) == '['));
    indirect = prefix && peek() == '!';
    if (prefix) ++p_;
  }
  const char* name = p_;
  const Glyph g = glyph(p_);
  if (at_end() || !names(g.c)) return false;
  p_ = g.next;
  if (is_name_start(g.c)) {
    p_ = std::find_if_not(p_, end_, is_name_char);
  } else if (is_digit(g.c)) {
    p_ = std::find_if_not(p_, end_, is_digit);
  }
  part.value = token(name, static_cast<std::size_t>(p_ - name));
  if (indirect && peek() == '*') return true;
  return at_end() || std::string_view("}[:-=?+#%/^,@\\").find(*p_) != std::string_view::npos;
}

// Steps to the closing brace, pushing the quoted strings and expansions in between.
// XCU 2.6.2: a brace inside of them, or behind a backslash, does not close.
void Parser::parse_operation(const char* opening, bool in_quotes) {
  while (!at_end()) {
    const Glyph g = glyph(p_);
    if (g.c == '}') return;
    if (g.c == '\\') {
      p_ = glyph(g.next).next;
    } else if (!parse_nested_part(in_quotes, !in_quotes)) {
      p_ = g.next;
    }
  }
  problem(token(opening, static_cast<std::size_t>(glyph(opening).next - opening) + 1),
          "`${` is not closed");
}

// Pushes the quoted string or expansion that starts here; false if none does. In "${x:-it's}" a
// single quote is text.
bool Parser::parse_nested_part(bool in_quotes, bool single_quotes) {
  const Glyph g = glyph(p_);
  if (g.c == '"') {
    parts_.push(parse_double_quoted(g.next));
  } else if (g.c == '\'' && single_quotes) {
    parts_.push(parse_single_quoted());
  } else if (g.c == '`') {
    parts_.push(parse_backquoted(in_quotes));
  } else if (g.c == '$' && starts_expansion(g.next, in_quotes)) {
    parts_.push(parse_dollar(in_quotes));
  } else {
    return false;
  }
  return true;
}

}  // namespace plimsoll::parse::shell
