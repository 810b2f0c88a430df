// Quoted strings: '…', $'…', "…" (XCU 2.2; Bash manual 3.1.2.4 "ANSI-C Quoting").
#include <algorithm>
#include <cstring>

#include "parse/shell/parser.h"

namespace plimsoll::parse::shell {

namespace {

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

void append_utf8(std::uint32_t code, std::string& to) {
  const auto byte = [&to](std::uint32_t b) { to += static_cast<char>(b); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | code >> 6);
    byte(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    byte(0xE0 | code >> 12);
    byte(0x80 | (code >> 6 & 0x3F));
    byte(0x80 | (code & 0x3F));
  } else if (code < 0x110000) {
    byte(0xF0 | code >> 18);
    byte(0x80 | (code >> 12 & 0x3F));
    byte(0x80 | (code >> 6 & 0x3F));
    byte(0x80 | (code & 0x3F));
  }
}

// The number of up to `digits` digits at `at`, which is moved behind them. At least one digit is
// there.
std::uint32_t number(const char*& at, const char* end, int digits, std::uint32_t base) {
  std::uint32_t value = 0;
  for (; digits > 0 && at < end; --digits, ++at) {
    const int digit = hex_digit(*at);
    if (digit < 0 || static_cast<std::uint32_t>(digit) >= base) break;
    value = value * base + static_cast<std::uint32_t>(digit);
  }
  return value;
}

// Decodes the escape whose letter is at `at`, which is moved behind it.
void append_ansi_escape(const char*& at, const char* end, std::string& to) {
  constexpr std::string_view kLetters = "abeEfnrtv", kMeanings = "\a\b\033\033\f\n\r\t\v";
  const char c = *at;
  if (const std::size_t i = kLetters.find(c); i != std::string_view::npos) {
    to += kMeanings[i];
    ++at;
  } else if (c >= '0' && c <= '7') {
    to += static_cast<char>(number(at, end, 3, 8));
  } else if ((c == 'x' || c == 'u' || c == 'U') && end - at > 1 && hex_digit(at[1]) >= 0) {
    ++at;
    if (c == 'x') to += static_cast<char>(number(at, end, 2, 16));
    if (c == 'u') append_utf8(number(at, end, 4, 16), to);
    if (c == 'U') append_utf8(number(at, end, 8, 16), to);
  } else if (c == 'c' && end - at > 1) {
    to += static_cast<char>(at[1] & 0x1F);
    at += 2;
  } else {
    if (c != '\\' && c != '\'' && c != '"' && c != '?')
      to += '\\';  // an unknown escape stands for itself
    to += c;
    ++at;
  }
}

}  // namespace

Part Parser::parse_single_quoted() {
  const char* start = p_;
  const char* inside = start + 1;
  const void* quote = std::memchr(inside, '\'', static_cast<std::size_t>(end_ - inside));
  const char* close = quote == nullptr ? end_ : static_cast<const char*>(quote);
  p_ = quote == nullptr ? end_ : close + 1;
  if (quote == nullptr) problem(token(start, 1), "the quote is not closed");
  Part part{.kind = PartKind::single_quoted,
            .raw = token(start, static_cast<std::size_t>(p_ - start)),
            .value = token(inside, static_cast<std::size_t>(close - inside))};
  if (backquotes_ > 0 && part.value.find('\\') != std::string_view::npos) {
    decoded_.clear();
    for (const char* at = inside; at < close;) {
      const Glyph g = glyph(at);
      decoded_ += g.c;
      at = g.next;
    }
    part.value = arena_.copy(decoded_);
  }
  return part;
}

// Stands at the dollar sign. Inside backquotes the backslashes are taken as if there were none
// around.
Part Parser::parse_ansi_quoted(const char* inside) {
  const char* start = p_;
  decoded_.clear();
  const char* at = inside;
  while (at < end_ && *at != '\'') {
    if (*at == '\\' && end_ - at > 1) {
      ++at;
      append_ansi_escape(at, end_, decoded_);
    } else {
      decoded_ += *at++;
    }
  }
  p_ = at;
  if (at == end_) {
    problem(token(start, static_cast<std::size_t>(inside - start)), "the quote is not closed");
  } else {
    ++p_;
  }
  return {.kind = PartKind::ansi_quoted,
          .raw = token(start, static_cast<std::size_t>(p_ - start)),
          .value = arena_.copy(decoded_)};
}

// Stands at the opening, " or $"; `inside` is behind it.
Part Parser::parse_double_quoted(const char* inside) {
  const char* start = p_;
  p_ = inside;
  const std::size_t mark = parts_.size();
  if (const Level level(*this); level.ok) parse_quoted_parts('"');
  if (at_end()) {
    problem(token(start, static_cast<std::size_t>(inside - start)), "the quote is not closed");
  } else {
    p_ = glyph(p_).next;
  }
  Part part{.kind = PartKind::double_quoted,
            .raw = token(start, static_cast<std::size_t>(p_ - start)),
            .parts = parts_.take(mark, arena_)};
  if (part.parts.size() == 1 && part.parts[0].kind == PartKind::literal)
    part.value = part.parts[0].value;
  return part;
}

// Pushes the parts up to the closing quote, or up to the end if `closer` is 0 (a here-document).
void Parser::parse_quoted_parts(char closer) {
  while (!at_end()) {
    const Glyph g = glyph(p_);
    if (closer != '\0' && g.c == closer) return;
    if (g.c == '`') {
      parts_.push(parse_backquoted(closer == '"'));
    } else if (g.c == '$' && starts_expansion(g.next, true)) {
      parts_.push(parse_dollar(true));
    } else {
      parse_quoted_literal(closer);
    }
  }
}

// XCU 2.2.3: within double quotes backslash quotes only $ ` " \ and newline; in here-documents
// (2.7.4) not ".
void Parser::parse_quoted_literal(char closer) {
  Literal literal{.start = p_};
  while (p_ < end_) {
    const char* run = std::find_if(
        p_, end_, [](char c) { return c == '"' || c == '$' || c == '`' || c == '\\'; });
    take_run(run, literal);
    if (at_end()) break;
    const Glyph g = glyph(p_);
    if (g.c == '`' || (closer != '\0' && g.c == closer)) break;
    if (g.c == '$' && starts_expansion(g.next, true)) break;
    if (g.c != '\\') {
      take_byte(g, literal);
      continue;
    }
    const char* past = past_continuations(p_);
    const Glyph quoted = glyph(g.next);
    const bool escapes = g.next < end_ && (quoted.c == '$' || quoted.c == '`' || quoted.c == '\\' ||
                                           (quoted.c == '"' && closer == '"'));
    if (past != p_ || escapes) differ(literal);
    if (past != p_) {
      p_ = past;
    } else {
      take_byte(escapes ? quoted : g, literal);
    }
  }
  if (p_ != literal.start) push_literal(literal);
}

}  // namespace plimsoll::parse::shell
