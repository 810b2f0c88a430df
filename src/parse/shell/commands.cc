// Lists, pipelines and the choice of command (XCU 2.9.2, 2.9.3).
#include "parse/shell/parser.h"

namespace plimsoll::parse::shell {

// Reads up to what ends the list, which is left for the caller. Stands anywhere in front of the
// first command.
List Parser::parse_list(Closer closer) {
  const std::size_t mark = items_.size();
  const char* start = p_;
  List list;
  Join join = Join::first;
  for (;;) {
    skip_lines();
    if (at_end() || at_closer(closer)) break;
    if (!can_start_command()) {
      unexpected();
      continue;
    }
    const bool first = items_.size() == mark;
    if (first) start = p_;
    Item item{.join = first ? Join::first : join};
    const bool read = parse_pipeline(item.pipeline);
    if (read) items_.push(item);
    skip_blanks();
    join = parse_joint();
    if (read) list.background = join == Join::background;
  }
  list.raw = items_.size() == mark ? token(p_, 0) : since(start);
  list.items = items_.take(mark, arena_);
  return list;
}

// Reads what stands behind a pipeline and says how the next one follows.
Join Parser::parse_joint() {
  const char c = peek();
  if ((c == '&' || c == '|') && peek(1) == c) {
    const std::string_view op = token(p_, 2);
    p_ += 2;
    skip_lines();
    if (!can_start_command()) problem(op, "no command follows");
    return c == '&' ? Join::and_ : Join::or_;
  }
  if (c == '&') {
    ++p_;
    return Join::background;
  }
  const bool ends_item = c == ';' && (peek(1) == ';' || peek(1) == '&');
  if (at_end() || c == '\n' || c == ')' || ends_item) return Join::sequence;
  if (c == ';') {
    ++p_;
    return Join::sequence;
  }
  // Only a compound command may be followed at once by a reserved word: `{ { a; } }`.
  if (!at_closer(Closer::keyword)) problem(token(p_, 1), "unexpected behind a command");
  return Join::sequence;
}

bool Parser::at_closer(Closer closer) const {
  if (*p_ == ')') return closer != Closer::end;
  if (closer != Closer::keyword) return false;
  if (*p_ == ';') return peek(1) == ';' || peek(1) == '&';
  const Reserved word = reserved().word;
  return word != Reserved::none && word <= Reserved::close_brace;
}

bool Parser::can_start_command() const {
  if (at_end()) return false;
  switch (*p_) {
    case '\n':
    case ';':
    case '|':
    case ')':
      return false;
    case '&':
      return peek(1) == '>';
    default:
      break;
  }
  const Reserved word = reserved().word;
  return word == Reserved::none || word > Reserved::close_brace;
}

// False if there is no command.
bool Parser::parse_pipeline(Pipeline& pipeline) {
  const char* start = p_;
  while (take_reserved(Reserved::not_)) {
    pipeline.negated = !pipeline.negated;
    skip_blanks();
  }
  if (!can_start_command()) {
    problem(token(start, 1), "no command follows");
    return false;
  }
  const std::size_t commands = commands_.size(), operators = operators_.size();
  if (reserved().word == Reserved::time) {
    commands_.push(parse_time());
  } else {
    commands_.push(parse_command());
    for (skip_blanks(); peek() == '|' && peek(1) != '|'; skip_blanks()) {
      const std::string_view op = token(p_, peek(1) == '&' ? 2 : 1);
      p_ += op.size();
      skip_lines();
      while (reserved().word ==
             Reserved::not_) {  // only the first command of a pipeline may be negated
        unexpected();
        skip_blanks();
      }
      if (!can_start_command()) {
        problem(op, "no command follows");
        break;
      }
      operators_.push(op);
      commands_.push(parse_command());
    }
  }
  pipeline.commands = commands_.take(commands, arena_);
  pipeline.operators = operators_.take(operators, arena_);
  return true;
}

// Bash manual 3.2.3. `time` alone is allowed.
Command Parser::parse_time() {
  const char* start = p_;
  const std::size_t mark = lists_.size();
  take_reserved(Reserved::time);
  skip_blanks();
  if (peek() == '-' && peek(1) == 'p' && ends_word(p_ + 2)) {
    p_ += 2;
    tail_ = p_;
    skip_blanks();
  }
  const Level level(*this);
  Pipeline pipeline;
  const char* inner = p_;
  if (level.ok && can_start_command() && parse_pipeline(pipeline))
    push_list_of(pipeline, since(inner));
  return {.kind = CommandKind::time, .raw = since(start), .lists = lists_.take(mark, arena_)};
}

// Stands at the first byte of a command.
Command Parser::parse_command() {
  const Keyword keyword = reserved();
  const bool plain = keyword.word == Reserved::none || keyword.word <= Reserved::close_brace ||
                     keyword.word >= Reserved::not_;
  if (peek() != '(' && plain && keyword.word != Reserved::coproc) return parse_simple();
  Command command;
  const char* start = p_;
  const Level level(*this);
  if (!level.ok) {
    command.raw = token(start, 0);
    return command;
  }
  const std::size_t lists = lists_.size(), words = words_.size(), redirects = redirects_.size();
  parse_compound(keyword, command);
  command.lists = lists_.take(lists, arena_);
  command.words = words_.take(words, arena_);
  for (skip_blanks(); at_redirect(); skip_blanks()) parse_redirect();
  command.redirects = take_redirects(redirects);
  command.raw = since(start);
  return command;
}

// Sets the kind, and pushes the words and lists.
void Parser::parse_compound(Keyword keyword, Command& command) {
  const std::string_view opening = token(p_, keyword.size);
  p_ += keyword.size;
  tail_ = p_;
  switch (keyword.word) {
    case Reserved::if_:
      command.kind = CommandKind::if_;
      return parse_if(opening);
    case Reserved::while_:
      command.kind = CommandKind::while_;
      return parse_while(opening);
    case Reserved::until_:
      command.kind = CommandKind::until_;
      return parse_while(opening);
    case Reserved::for_:
      command.kind = CommandKind::for_;
      return parse_for(opening, command);
    case Reserved::select_:
      command.kind = CommandKind::select_;
      return parse_for(opening, command);
    case Reserved::case_:
      command.kind = CommandKind::case_;
      return parse_case(opening);
    case Reserved::function:
      command.kind = CommandKind::function;
      return parse_function_keyword(command);
    case Reserved::open_brace:
      command.kind = CommandKind::group;
      return parse_group(opening);
    case Reserved::test:
      command.kind = CommandKind::test;
      return parse_test(opening);
    case Reserved::coproc:
      command.kind = CommandKind::coprocess;
      return parse_coprocess();
    default:
      return parse_subshell(command);
  }
}

void Parser::push_list_of(const Command& command) {
  const std::size_t mark = commands_.size();
  commands_.push(command);
  push_list_of({.commands = commands_.take(mark, arena_)}, command.raw);
}

void Parser::push_list_of(const Pipeline& pipeline, std::string_view raw) {
  const std::size_t mark = items_.size();
  items_.push({.pipeline = pipeline});
  lists_.push({.raw = raw, .items = items_.take(mark, arena_)});
}

}  // namespace plimsoll::parse::shell
