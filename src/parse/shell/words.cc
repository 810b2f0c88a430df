// Words and their unquoted text (XCU 2.3, 2.10.2 "WORD"): one view when nothing is to be decoded.
#include <algorithm>

#include "parse/shell/parser.h"

namespace plimsoll::parse::shell {

namespace {

bool is_quoted(PartKind kind) {
  return kind == PartKind::single_quoted || kind == PartKind::ansi_quoted ||
         kind == PartKind::double_quoted;
}

bool is_known(const Part& part) {
  switch (part.kind) {
    case PartKind::literal:
    case PartKind::single_quoted:
    case PartKind::ansi_quoted:
      return true;
    case PartKind::double_quoted:
      return std::ranges::all_of(part.parts,
                                 [](const Part& p) { return p.kind == PartKind::literal; });
    case PartKind::extended_glob:
      return std::ranges::all_of(part.parts, is_known);
    default:
      return false;
  }
}

std::string_view concatenate(std::span<const Part> parts, Arena& arena) {
  std::size_t size = 0;
  for (const Part& part : parts) size += part.value.size();
  if (size == 0) return {};
  char* to = static_cast<char*>(arena.allocate(size, 1));
  char* at = to;
  for (const Part& part : parts) at = std::ranges::copy(part.value, at).out;
  return {to, size};
}

}  // namespace

// Between tokens: whether the next one is a word. <( and >( start one.
bool Parser::at_word() const {
  if (at_end()) return false;
  return char_class(*p_) != CharClass::delimiter || ((*p_ == '<' || *p_ == '>') && peek(1) == '(');
}

// Reads a word onto the stack; false if none is here.
bool Parser::push_word(WordMode mode) {
  const bool regex = mode == WordMode::regex && (peek() == '(' || peek() == '|');
  if (!at_word() && !regex) return false;
  words_.push(parse_word(mode));
  return true;
}

// Stands at the first byte of a word.
Word Parser::parse_word(WordMode mode) {
  const char* start = p_;
  const std::size_t mark = parts_.size();
  while (p_ < end_ && char_class(*p_) == CharClass::plain) ++p_;
  const bool simple = p_ > start && mode != WordMode::regex &&
                      (at_end() || (char_class(*p_) == CharClass::delimiter && *p_ != '(' &&
                                    *p_ != '<' && *p_ != '>'));
  if (simple) {  // nine words in ten
    tail_ = p_;
    const std::string_view raw = since(start);
    parts_.push({.raw = raw, .value = raw});
    return {.raw = raw, .parts = parts_.take(mark, arena_), .value = raw, .known = true};
  }
  p_ = start;
  const WordState outer = word_;
  word_ = {};
  bool array = false;
  for (;;) {
    // bash reads `declare a=(…)` like an assignment; elsewhere this parenthesis is an error.
    if (mode == WordMode::declaration && peek() == '(' && p_ > start && p_[-1] == '=') {
      parts_.push(parse_array_part());
      array = true;
    } else if (!parse_word_part(mode)) {
      break;
    }
  }
  tail_ = p_;
  Word word = finish_word(start, mark);
  if (array) {  // a list has no text
    word.known = false;
    word.value = {};
  }
  word_ = outer;
  return word;
}

// False at the end of the word.
bool Parser::parse_word_part(WordMode mode) {
  if (at_end()) return false;
  const Glyph g = glyph(p_);
  switch (g.c) {
    case '\'':
      parts_.push(parse_single_quoted());
      return true;
    case '"':
      parts_.push(parse_double_quoted(g.next));
      return true;
    case '`':
      parts_.push(parse_backquoted(false));
      return true;
    case '$':
      if (!starts_expansion(g.next, false)) break;
      parts_.push(parse_dollar(false));
      return true;
    case '<':
    case '>':
      if (peek(1) != '(') break;
      parts_.push(parse_substitution(PartKind::process, p_ + 2));
      return true;
    case '?':
    case '*':
    case '+':
    case '@':
    case '!':
      if (peek(1) != '(' || mode == WordMode::regex) break;
      parts_.push(parse_extended_glob());
      return true;
    default:
      break;
  }
  return parse_literal(mode);
}

// False if there is no unquoted text here.
bool Parser::parse_literal(WordMode mode) {
  Literal literal{.start = p_};
  while (p_ < end_) {
    const char* run = p_;
    while (run < end_ && char_class(*run) == CharClass::plain) ++run;
    take_run(run, literal);
    if (at_end()) break;
    if (mode == WordMode::regex && take_regex_byte(literal)) continue;
    if (char_class(*p_) == CharClass::delimiter) break;
    const Glyph g = glyph(p_);
    if (g.c == '\\' ? !take_escape(g, literal) : !take_special(g, literal)) break;
  }
  if (p_ == literal.start) return false;
  push_literal(literal);
  return true;
}

// False where the literal ends.
bool Parser::take_special(Glyph g, Literal& literal) {
  switch (g.c) {
    case '\'':
    case '"':
    case '`':
      return false;
    case '$':
      if (starts_expansion(g.next, false)) return false;
      break;
    case '*':
    case '?':
    case '+':
    case '@':
    case '!':
      if (g.next < end_ && *g.next == '(' && word_.regex_parens == 0) return false;
      if (g.c == '*' || g.c == '?') word_.glob = true;
      break;
    case '[':
      if (word_.bracket == nullptr) word_.bracket = p_;
      break;
    default:
      break;
  }
  take_byte(g, literal);
  return true;
}

// Bash manual, "Conditional Constructs": within a regular expression ( and | are ordinary, and
// blanks too as long as a parenthesis is open. False if the byte is not the regular expression's.
bool Parser::take_regex_byte(Literal& literal) {
  const char c = *p_;
  if (c == '(') {
    ++word_.regex_parens;
  } else if (c == ')') {
    if (word_.regex_parens == 0) return false;
    --word_.regex_parens;
  } else if (c != '|' && c != '+' && c != '@' && c != '!' && c != '?' && c != '*' &&
             (char_class(c) != CharClass::delimiter || word_.regex_parens == 0)) {
    return false;
  }
  take_byte({c, p_ + 1}, literal);
  return true;
}

// XCU 2.2.1. False if the word ends here: a line continuation in front of a blank is not part of
// it.
bool Parser::take_escape(Glyph g, Literal& literal) {
  const char* past = past_continuations(p_);
  if (past != p_) {
    if (ends_word(past) && word_.regex_parens == 0) return false;
    differ(literal);
    p_ = past;
    return true;
  }
  if (g.next == end_) {  // a backslash with nothing to quote stands for itself
    take_byte(g, literal);
    return true;
  }
  differ(literal);
  take_byte(glyph(g.next), literal);
  return true;
}

// From here on the literal is not what the script says.
void Parser::differ(Literal& literal) {
  if (!literal.differs) decoded_.assign(literal.start, p_);
  literal.differs = true;
}

void Parser::take_byte(Glyph g, Literal& literal) {
  if (g.next != p_ + 1) differ(literal);
  if (literal.differs) decoded_ += g.c;
  p_ = g.next;
}

void Parser::take_run(const char* to, Literal& literal) {
  if (literal.differs) decoded_.append(p_, to);
  p_ = to;
}

void Parser::push_literal(const Literal& literal) {
  const std::string_view raw = token(literal.start, static_cast<std::size_t>(p_ - literal.start));
  parts_.push({.raw = raw, .value = literal.differs ? arena_.copy(decoded_) : raw});
}

// Takes the parts from `mark` on; the word ends at the tail.
Word Parser::finish_word(const char* start, std::size_t mark) {
  Word word{
      .raw = since(start), .parts = parts_.take(mark, arena_), .known = true, .glob = word_.glob};
  for (const Part& part : word.parts) {
    word.known = word.known && is_known(part);
    word.quoted = word.quoted || is_quoted(part.kind);
    word.glob = word.glob || part.kind == PartKind::extended_glob;
  }
  // `[` alone is the name of a command; a pattern has its closing bracket too.
  if (word_.bracket != nullptr && std::find(word_.bracket, tail_, ']') != tail_) word.glob = true;
  if (!word.known) return word;
  if (word.parts.empty()) {
    word.value = word.raw;
    return word;
  }
  word.value = word.parts.size() == 1 ? word.parts[0].value : concatenate(word.parts, arena_);
  return word;
}

// The list of `declare a=(1 2)`, as a part whose own parts are those of its elements.
Part Parser::parse_array_part() {
  const char* start = p_;
  const std::size_t mark = words_.size();
  parse_elements();
  const std::size_t parts_mark = parts_.size();
  for (std::size_t i = mark; i < words_.size(); ++i) {
    for (const Part& part : words_[i].parts) parts_.push(part);
  }
  words_.cut(mark);
  const std::string_view raw = since(start);
  return {.raw = raw, .value = raw, .parts = parts_.take(parts_mark, arena_)};
}

}  // namespace plimsoll::parse::shell
