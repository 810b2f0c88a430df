// case … esac (XCU 2.9.4.3).
#include "parse/shell/parser.h"

namespace plimsoll::parse::shell {

// The words are the subject and then the patterns of all items; one list an item.
void Parser::parse_case(std::string_view opening) {
  skip_blanks();
  if (!push_word()) problem(opening, "the word to compare is missing");
  skip_lines();
  if (!take_reserved(Reserved::in)) {
    problem(opening, "`in` is missing");
    return;
  }
  for (skip_lines(); !at_end(); skip_lines()) {
    if (take_reserved(Reserved::esac)) return;
    if (!parse_patterns()) return;
    if (!parse_case_item()) break;
  }
  expect_reserved(Reserved::esac, opening, "`esac` is missing");
}

// [(] pattern [| pattern]… ). False if they can't be read.
bool Parser::parse_patterns() {
  if (peek() == '(') {
    ++p_;
    skip_blanks();
  }
  for (;;) {
    if (!push_word()) break;
    skip_blanks();
    if (peek() != '|') break;
    ++p_;
    skip_blanks();
  }
  if (peek() == ')') {
    ++p_;
    return true;
  }
  problem(token(p_, at_end() ? 0 : 1), "expected `)` behind the patterns");
  return false;
}

// False behind the last item, which needs no ;;.
bool Parser::parse_case_item() {
  lists_.push(parse_list(Closer::keyword));
  if (peek() != ';') return false;
  p_ += peek(1) == ';' && peek(2) == '&' ? 3 : 2;
  tail_ = p_;
  return true;
}

}  // namespace plimsoll::parse::shell
