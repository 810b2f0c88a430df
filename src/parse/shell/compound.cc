// Compound commands other than case and [[ ]] (XCU 2.9.4; Bash manual 3.2.5). Each step stands
// behind the word that named it, pushes words and lists, and leaves redirections to parse_command.
#include <algorithm>

#include "parse/shell/parser.h"

namespace plimsoll::parse::shell {

// A list that must hold a command.
List Parser::parse_body(std::string_view opening) {
  const List list = parse_list(Closer::keyword);
  if (list.items.empty()) problem(opening, "no command follows");
  return list;
}

// ( … ), or (( … )) if it can be that. Stands at the parenthesis.
void Parser::parse_subshell(Command& command) {
  const std::string_view opening = token(p_, 1);
  if (peek(1) == '(' && closes_as_arithmetic(p_ + 2)) {
    command.kind = CommandKind::arithmetic;
    const std::string_view both = token(p_, 2);
    p_ += 2;
    parse_arithmetic_command(both);
    return;
  }
  command.kind = CommandKind::subshell;
  ++p_;
  lists_.push(parse_list(Closer::paren));
  if (at_end()) {
    problem(opening, "the parenthesis is not closed");
    return;
  }
  if (lists_.back().items.empty()) problem(opening, "no command follows");
  ++p_;
  tail_ = p_;
}

void Parser::parse_group(std::string_view opening) {
  lists_.push(parse_body(opening));
  expect_reserved(Reserved::close_brace, opening, "`}` is missing");
}

void Parser::parse_if(std::string_view opening) {
  lists_.push(parse_body(opening));
  for (;;) {
    const std::string_view then =
        token(p_, std::min<std::size_t>(4, static_cast<std::size_t>(end_ - p_)));
    if (!take_reserved(Reserved::then)) {
      problem(opening, "`then` is missing");
      break;
    }
    lists_.push(parse_body(then));
    const std::string_view next =
        token(p_, std::min<std::size_t>(4, static_cast<std::size_t>(end_ - p_)));
    if (take_reserved(Reserved::elif)) {
      lists_.push(parse_body(next));
      continue;
    }
    if (take_reserved(Reserved::else_)) lists_.push(parse_body(next));
    break;
  }
  expect_reserved(Reserved::fi, opening, "`fi` is missing");
}

// until too.
void Parser::parse_while(std::string_view opening) {
  lists_.push(parse_body(opening));
  parse_loop_body(opening, false);
}

// do … done. bash takes { … } behind for and select as well.
void Parser::parse_loop_body(std::string_view opening, bool braces) {
  const std::string_view start = token(p_, 0);
  if (braces && take_reserved(Reserved::open_brace)) {
    lists_.push(parse_body(opening));
    expect_reserved(Reserved::close_brace, opening, "`}` is missing");
    return;
  }
  if (!take_reserved(Reserved::do_)) {
    problem(opening, "`do` is missing");
    return;
  }
  lists_.push(parse_body({start.data(), 2}));
  expect_reserved(Reserved::done, opening, "`done` is missing");
}

// for NAME [in WORDS], for ((…)), and select.
void Parser::parse_for(std::string_view opening, Command& command) {
  skip_blanks();
  if (command.kind == CommandKind::for_ && peek() == '(' && peek(1) == '(') {
    command.kind = CommandKind::for_arithmetic;
    const std::string_view both = token(p_, 2);
    p_ += 2;
    parse_arithmetic_command(both);
  } else {
    const char* name = p_;
    p_ = std::find_if_not(p_, end_, is_name_char);
    command.name = token(name, static_cast<std::size_t>(p_ - name));
    tail_ = p_;
    if (command.name.empty()) problem(opening, "the name of a variable is missing");
  }
  skip_lines();
  if (command.kind != CommandKind::for_arithmetic && take_reserved(Reserved::in)) {
    do {
      skip_blanks();
    } while (push_word());
  }
  if (peek() == ';' && peek(1) != ';') ++p_;
  skip_lines();
  parse_loop_body(opening, true);
}

// function NAME [()] body: bash's other form.
void Parser::parse_function_keyword(Command& command) {
  skip_blanks();
  const std::size_t mark = parts_.size();
  command.name = parse_word().raw;
  parts_.cut(mark);
  if (command.name.empty()) problem(command.name, "the name of the function is missing");
  skip_blanks();
  if (at_function_parens()) {
    p_ = std::find(p_, end_, ')') + 1;
    tail_ = p_;
  }
  parse_function_body();
}

// coproc [NAME] command. A name is possible only in front of a compound command.
void Parser::parse_coprocess() {
  skip_blanks();
  const char* name = p_;
  const bool may_be_name = reserved().word == Reserved::none;
  p_ = std::find_if_not(std::find_if_not(p_, end_, is_name_char), end_, is_blank);
  const Reserved word = reserved().word;
  const bool compound = peek() == '(' || (word >= Reserved::if_ && word <= Reserved::test);
  if (!may_be_name || !compound) p_ = name;
  if (can_start_command()) {
    push_list_of(parse_command());
  } else {
    problem(token(p_, 0), "no command follows");
  }
}

}  // namespace plimsoll::parse::shell
