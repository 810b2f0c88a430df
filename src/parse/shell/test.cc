// [[ … ]] and (( … )) (Bash manual 3.2.5.2). Words are kept; the operators between them only steer
// the reading.
#include <algorithm>

#include "parse/shell/parser.h"

namespace plimsoll::parse::shell {

void Parser::parse_test(std::string_view opening) {
  parse_test_or();
  skip_lines();
  const bool closed = peek() == ']' && peek(1) == ']' && ends_word(p_ + 2);
  if (!closed) {
    problem(opening, "`]]` is missing or an operator is not understood");
    // The test most likely ends on this line.
    while (!at_end() && *p_ != '\n' && !(p_[0] == ']' && peek(1) == ']')) ++p_;
    if (peek() != ']') return;
  }
  p_ += 2;
  tail_ = p_;
}

// Terms joined by && and ||, whose precedence does not matter to us.
void Parser::parse_test_or() {
  for (;;) {
    parse_test_term();
    skip_lines();
    const char c = peek();
    if ((c != '&' && c != '|') || peek(1) != c) return;
    p_ += 2;
  }
}

// ! term, ( terms ), -op word, word, word op word.
void Parser::parse_test_term() {
  skip_lines();
  while (peek() == '!' && ends_word(p_ + 1)) {
    words_.push(parse_word());
    skip_lines();
  }
  if (peek() == '(') {
    const std::string_view opening = token(p_, 1);
    ++p_;
    const Level level(*this);
    if (level.ok) parse_test_or();
    skip_lines();
    if (peek() == ')') {
      ++p_;
    } else {
      problem(opening, "the parenthesis is not closed");
    }
    return;
  }
  if (peek() == ']' && peek(1) == ']' && ends_word(p_ + 2)) {
    problem(token(p_, 2), "a condition is missing");
    return;
  }
  const std::size_t mark = words_.size();
  if (!push_word()) {
    problem(token(p_, at_end() ? 0 : 1), "a condition is missing");
    return;
  }
  parse_test_operator(words_[mark].raw);
}

// What may follow the first word of a term.
void Parser::parse_test_operator(std::string_view first) {
  skip_blanks();
  if (peek() == '<' || peek() == '>') {
    const std::string_view op = token(p_, 1);
    ++p_;
    return push_operand(op, WordMode::normal);
  }
  const bool closes = peek() == ']' && peek(1) == ']' && ends_word(p_ + 2);
  if (closes || !at_word()) return;  // a word alone is true if it is not empty
  if (first.size() == 2 && first[0] == '-' && is_name_start(first[1])) {
    push_word();
    return;
  }
  push_word();
  const std::string_view op = words_.back().raw;
  constexpr std::string_view kBinary[] = {"=",   "==",  "!=",  "=~",  "-eq", "-ne", "-lt",
                                          "-le", "-gt", "-ge", "-nt", "-ot", "-ef"};
  if (std::ranges::find(kBinary, op) == std::end(kBinary)) {
    problem(op, "this is not an operator of [[ ]]");
    return;
  }
  push_operand(op, op == "=~" ? WordMode::regex : WordMode::normal);
}

void Parser::push_operand(std::string_view op, WordMode mode) {
  skip_blanks();
  if (!push_word(mode)) problem(op, "nothing to compare with");
}

// (( … )): one word, the formula. Stands behind the parentheses.
void Parser::parse_arithmetic_command(std::string_view opening) {
  const char* start = p_;
  const std::size_t mark = parts_.size();
  parse_arithmetic_inside(opening, false);
  words_.push({.raw = token(start, static_cast<std::size_t>(p_ - start)),
               .parts = parts_.take(mark, arena_)});
  p_ += at_end() ? 0 : 2;
  tail_ = p_;
}

}  // namespace plimsoll::parse::shell
