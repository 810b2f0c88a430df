// Bytes, blanks, comments and reserved words: what all other steps of the parser stand on.
#include <cstring>

#include "parse/shell/parser.h"

namespace plimsoll::parse::shell {

namespace {

struct ReservedText {
  std::string_view text;
  Reserved word;
};

constexpr ReservedText kReserved[] = {
    {"then", Reserved::then},    {"else", Reserved::else_},     {"elif", Reserved::elif},
    {"fi", Reserved::fi},        {"do", Reserved::do_},         {"done", Reserved::done},
    {"esac", Reserved::esac},    {"}", Reserved::close_brace},  {"if", Reserved::if_},
    {"while", Reserved::while_}, {"until", Reserved::until_},   {"for", Reserved::for_},
    {"case", Reserved::case_},   {"select", Reserved::select_}, {"function", Reserved::function},
    {"{", Reserved::open_brace}, {"[[", Reserved::test},        {"!", Reserved::not_},
    {"time", Reserved::time},    {"coproc", Reserved::coproc},  {"in", Reserved::in},
};

// True for the first letters of reserved words: most commands are told apart by one look.
constexpr std::array<bool, 256> kStartsReserved = [] {
  std::array<bool, 256> starts{};
  for (const ReservedText& r : kReserved) starts[static_cast<unsigned char>(r.text[0])] = true;
  return starts;
}();

}  // namespace

// XCU 2.6.3: within backquotes, backslash keeps its meaning except before $, ` or \ (and " if they
// stand in double quotes). Each level of backquotes takes away its own backslashes, the outermost
// first.
Parser::Glyph Parser::unescaped(const char* at, unsigned level) const {
  if (at == end_) return {'\0', end_};
  if (level == 0 || *at != '\\') return {*at, at + 1};
  const Glyph first = unescaped(at, level - 1);
  if (first.c != '\\' || first.next == end_) return first;
  const Glyph second = unescaped(first.next, level - 1);
  const bool in_quotes = (quoted_backquotes_ >> level & 1U) != 0;
  if (second.c == '$' || second.c == '`' || second.c == '\\' || (in_quotes && second.c == '"'))
    return second;
  return first;
}

// XCU 2.2.1: backslash and newline vanish. A carriage return between them is the editor's, not the
// author's.
const char* Parser::past_continuations(const char* at) const {
  while (end_ - at >= 2 && *at == '\\') {
    if (at[1] == '\n') {
      at += 2;
    } else if (at[1] == '\r' && end_ - at >= 3 && at[2] == '\n') {
      at += 3;
    } else {
      break;
    }
  }
  return at;
}

bool Parser::ends_word(const char* at) const {
  at = past_continuations(at);
  return at == end_ || char_class(*at) == CharClass::delimiter;
}

// Called between tokens only, so that # starts a comment (XCU 2.3, rule 9).
void Parser::skip_blanks() {
  while (p_ < end_) {
    if (is_blank(*p_)) {
      ++p_;
    } else if (*p_ == '\\') {
      const char* past = past_continuations(p_);
      if (past == p_) return;
      p_ = past;
    } else if (*p_ == '#') {
      const void* stop = std::memchr(p_, '\n', static_cast<std::size_t>(end_ - p_));
      const char* start = p_;
      p_ = stop == nullptr ? end_ : static_cast<const char*>(stop);
      comments_.push(token(start, static_cast<std::size_t>(p_ - start)));
    } else {
      return;
    }
  }
}

void Parser::skip_lines() {
  skip_blanks();
  while (peek() == '\n') {
    newline();
    skip_blanks();
  }
}

// The bodies of here-documents start behind the newline that ends their line (XCU 2.7.4).
void Parser::newline() {
  ++p_;
  if (pending_.size() > pending_from_) read_heredocs();
}

Keyword Parser::reserved() const {
  if (at_end() || !kStartsReserved[static_cast<unsigned char>(*p_)]) return {};
  const std::string_view rest(p_, static_cast<std::size_t>(end_ - p_));
  for (const ReservedText& r : kReserved) {
    if (r.text[0] == *p_ && rest.starts_with(r.text) && ends_word(p_ + r.text.size())) {
      return {r.word, static_cast<std::uint8_t>(r.text.size())};
    }
  }
  return {};
}

bool Parser::take_reserved(Reserved word) {
  const Keyword found = reserved();
  if (found.word != word) return false;
  p_ += found.size;
  tail_ = p_;
  return true;
}

void Parser::expect_reserved(Reserved word, std::string_view opening, std::string_view message) {
  if (!take_reserved(word)) problem(opening, message);
}

// One mistake leaves several constructs unfinished; only the first complaint made at a place is of
// use.
void Parser::problem(std::string_view where, std::string_view message) {
  if (last_problem_ == p_) return;
  last_problem_ = p_;
  if (problems_.size() < kMaxProblems) problems_.push({where, message});
}

// Reports the token at hand and steps over it.
void Parser::unexpected() {
  const Keyword keyword = reserved();
  std::size_t size = keyword.size;
  if (size == 0) {
    const bool twice = (*p_ == ';' || *p_ == '&' || *p_ == '|') &&
                       (peek(1) == *p_ || (*p_ == ';' && peek(1) == '&'));
    size = twice ? 2 : 1;
  }
  problem(token(p_, size), "unexpected here");
  p_ += size;
}

bool Parser::enter() {
  if (++depth_ <= kMaxDepth) return true;
  problem(token(p_, at_end() ? 0 : 1), "nested deeper than 100 levels");
  p_ = end_;
  last_problem_ = p_;  // that nothing is closed now is no news
  return false;
}

std::string_view Parser::since(const char* start) const {
  return {start, tail_ > start ? static_cast<std::size_t>(tail_ - start) : 0};
}

std::string_view Parser::token(const char* start, std::size_t size) const {
  return {start, size};
}

}  // namespace plimsoll::parse::shell
