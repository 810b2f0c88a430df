// Simple commands: assignments, words and redirections in a row (XCU 2.9.1), and NAME() which
// begins like one.
#include <algorithm>

#include "parse/shell/parser.h"

namespace plimsoll::parse::shell {

namespace {

// Builtins whose arguments bash reads like assignments (Bash manual 4.2).
bool is_declaration(std::string_view name) {
  return name == "export" || name == "declare" || name == "local" || name == "readonly" ||
         name == "typeset";
}

}  // namespace

Command Parser::parse_simple() {
  const char* start = p_;
  const std::size_t words = words_.size(), assignments = assignments_.size(),
                    redirects = redirects_.size();
  WordMode mode = WordMode::normal;
  for (skip_blanks(); !at_end(); skip_blanks()) {
    if (at_redirect()) {
      parse_redirect();
      continue;
    }
    if (!at_word()) break;
    const char* op = words_.size() == words ? assignment_operator() : nullptr;
    if (op != nullptr) {
      parse_assignment(op);
      continue;
    }
    words_.push(parse_word(mode));
    if (words_.size() == words + 1 && is_declaration(words_.back().value))
      mode = WordMode::declaration;
  }
  const bool one_word = words_.size() == words + 1 && assignments_.size() == assignments &&
                        redirects_.size() == redirects;
  if (one_word && at_function_parens()) {
    const std::string_view name = words_.back().raw;
    words_.cut(words);
    return parse_function(start, name);
  }
  return {.raw = since(start),
          .assignments = assignments_.take(assignments, arena_),
          .words = words_.take(words, arena_),
          .redirects = take_redirects(redirects)};
}

// Where the = or += of the assignment that starts here stands; null if it is a word (XCU 2.10.2,
// rule 7).
const char* Parser::assignment_operator() const {
  if (!is_name_start(*p_)) return nullptr;
  const char* at = std::find_if_not(p_, end_, is_name_char);
  if (at < end_ && *at == '[') at = past_subscript(at);
  if (at == nullptr || at == end_) return nullptr;
  if (*at == '=' || (*at == '+' && end_ - at > 1 && at[1] == '=')) return at;
  return nullptr;
}

// Behind the ] that closes the subscript; null if it is none. A subscript may hold blanks in quotes
// or parentheses. The look ahead is bounded, as it is made at each word that is followed by a
// bracket.
const char* Parser::past_subscript(const char* bracket) const {
  constexpr std::ptrdiff_t kLongest = 256;
  const char* stop = bracket + std::min(kLongest, end_ - bracket);
  unsigned brackets = 0, parens = 0;
  char quote = '\0';
  for (const char* at = bracket; at < stop; ++at) {
    const char c = *at;
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '[') {
      ++brackets;
    } else if (c == ']') {
      if (--brackets == 0) return at + 1;
    } else if (c == '(') {
      ++parens;
    } else if (c == ')' && parens > 0) {
      --parens;
    } else if (parens == 0 && char_class(c) == CharClass::delimiter) {
      return nullptr;
    }
  }
  return nullptr;
}

void Parser::parse_assignment(const char* op) {
  const char* start = p_;
  Assignment assignment{.append = *op == '+'};
  const char* name_end = std::find_if_not(p_, op, is_name_char);
  assignment.name = token(start, static_cast<std::size_t>(name_end - start));
  p_ = op + (assignment.append ? 2 : 1);
  if (peek() == '(') {
    assignment.array = true;
    assignment.value = {.raw = token(p_, 0)};
    const std::size_t mark = words_.size();
    parse_elements();
    assignment.elements = words_.take(mark, arena_);
  } else {
    assignment.value = parse_word();
  }
  assignment.raw = since(start);
  assignments_.push(assignment);
}

// (a b c), over several lines if need be. Pushes the words.
void Parser::parse_elements() {
  const std::string_view opening = token(p_, 1);
  ++p_;
  for (;;) {
    skip_lines();
    if (at_end()) {
      problem(opening, "the list is not closed");
      break;
    }
    if (*p_ == ')') {
      ++p_;
      break;
    }
    if (!push_word()) unexpected();
  }
  tail_ = p_;
}

bool Parser::at_function_parens() const {
  if (peek() != '(') return false;
  const char* close = std::find_if_not(p_ + 1, end_, is_blank);
  return close != end_ && *close == ')';
}

// XCU 2.9.5. Stands at the parentheses.
Command Parser::parse_function(const char* start, std::string_view name) {
  p_ = std::find(p_, end_, ')') + 1;
  tail_ = p_;
  const std::size_t mark = lists_.size();
  parse_function_body();
  return {.kind = CommandKind::function,
          .raw = since(start),
          .name = name,
          .lists = lists_.take(mark, arena_)};
}

// The standard wants a compound command; dash takes any, and so do we.
void Parser::parse_function_body() {
  const std::string_view parens = token(tail_ - 1, 1);
  skip_lines();
  const Level level(*this);
  if (!level.ok) return;
  if (can_start_command()) {
    push_list_of(parse_command());
  } else {
    problem(parens, "the function has no body");
  }
}

}  // namespace plimsoll::parse::shell
