// A pattern becomes a regular expression, unless a comparison will do. The expression is written as
// text and then read, as the original does it: what stands in brackets is rewritten as well, and
// only reading the result tells what `[*]` comes to.
#include "parse/ignorefile/wildcard.h"

#include "base/utf8.h"

namespace plimsoll::parse::ignorefile {
namespace {

constexpr char32_t kEnd = 0xFFFFFFFF;
constexpr char32_t kByteOrderMark = 0xFEFF;

// As Go's text/scanner: malformed bytes are U+FFFD, a byte order mark in front is not there.
class Characters {
 public:
  explicit Characters(std::string_view text) : text_(text) {
    if (peek() == kByteOrderMark) next();
  }
  [[nodiscard]] char32_t peek() const { return text_.empty() ? kEnd : go_character(text_).code; }
  char32_t next() {
    if (text_.empty()) return kEnd;
    const Utf8Character c = go_character(text_);
    text_.remove_prefix(c.size_bytes);
    return c.code;
  }

 private:
  std::string_view text_;
};

enum class Form : std::uint8_t { exact, prefix, suffix, expression };

struct Written {
  Form form = Form::exact;
  std::string expression = "^";
};

// Behind the first star.
void write_star(Characters& in, bool at_start, Written& out) {
  if (in.peek() != '*') {
    out.expression += "[^/]*";
    out.form = Form::expression;
    return;
  }
  in.next();
  if (in.peek() == '/') in.next();
  if (in.peek() != kEnd) {
    out.expression += "(.*/)?";
    out.form = Form::expression;
  } else if (out.form == Form::exact) {
    out.form = Form::prefix;
  } else {
    out.expression += ".*";
    out.form = Form::expression;
  }
  if (at_start) out.form = Form::suffix;
}

void write_escaped(Characters& in, Written& out) {
  out.expression += '\\';
  if (in.peek() == kEnd) return;
  append_utf8(out.expression, in.next());
  out.form = Form::expression;
}

Written write(std::string_view pattern) {
  // `{`, `|` and `}` are meant to be escaped as well, but v0.6.1 keeps its table in 64 bits: it
  // reaches no character behind `?`.
  constexpr std::string_view kSpecial = ".+()$";
  Written out;
  Characters in(pattern);
  for (bool at_start = true; in.peek() != kEnd; at_start = false) {
    const char32_t c = in.next();
    if (c == '*') {
      write_star(in, at_start, out);
    } else if (c == '?') {
      out.expression += "[^/]";
      out.form = Form::expression;
    } else if (c == '\\') {
      write_escaped(in, out);
    } else {
      if (c < 0x80 && kSpecial.find(static_cast<char>(c)) != std::string_view::npos)
        out.expression += '\\';
      if (c == '[' || c == ']') out.form = Form::expression;
      append_utf8(out.expression, c);
    }
  }
  out.expression += '$';
  return out;
}

}  // namespace

Wildcard::Wildcard(std::string_view pattern) {
  const Written written = write(pattern);
  switch (written.form) {
    case Form::exact:
      text_ = pattern;
      break;
    case Form::prefix:
      kind_ = Kind::prefix;
      text_ = pattern.substr(0, pattern.size() - 2);
      break;
    case Form::suffix:
      kind_ = Kind::suffix;
      text_ = pattern.substr(2);
      break;
    case Form::expression:
      read(written.expression);
      break;
  }
}

void Wildcard::read(std::string_view expression) {
  auto regexp = std::make_shared<Regexp>();
  kind_ = regexp->read(expression) ? Kind::expression : Kind::broken;
  expression_ = std::move(regexp);
}

bool Wildcard::matches(std::string_view path, std::uint64_t& steps) const {
  ++steps;
  switch (kind_) {
    case Kind::exact:
      return path == text_;
    case Kind::prefix:
      return path.starts_with(text_);
    case Kind::suffix:
      return path.ends_with(text_) || (text_.front() == '/' && path == text_.substr(1));
    case Kind::expression:
      return expression_->matches(path, steps);
    case Kind::broken:
      return false;
  }
  return false;
}

}  // namespace plimsoll::parse::ignorefile
