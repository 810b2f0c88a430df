// Entry: reads a whole script with a fresh Parser. The parser is by recursive descent over bytes;
// see README.md.
#include "parse/shell/parse.h"

#include "parse/shell/parser.h"

namespace plimsoll::parse::shell {

Parser::Parser(const text::Joined& text, Arena& arena)
    : text_(text),
      arena_(arena),
      p_(text.text.data()),
      end_(text.text.data() + text.text.size()),
      tail_(p_) {}

Script Parser::run() {
  Script script{.text = text_};
  script.list = parse_list(Closer::end);
  script.comments = comments_.take(0, arena_);
  script.problems = problems_.take(0, arena_);
  return script;
}

Script parse(const text::Joined& text, Arena& arena) {
  return Parser(text, arena).run();
}

}  // namespace plimsoll::parse::shell
