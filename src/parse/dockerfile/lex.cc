// Characters, quotes and words; variables are in lex_variables.cc. Works on code points, as
// BuildKit's scanner does: bytes that are not UTF-8 come out as U+FFFD. Source: BuildKit
// frontend/dockerfile/shell/lex.go.
#include "parse/dockerfile/lex.h"

#include <utility>

namespace plimsoll::parse::dockerfile {
namespace {

constexpr int kDeepestVariable = 100;  // ours: the stack is finite, and nobody nests ${} deeper

char32_t rune_of(char c) {
  return static_cast<unsigned char>(c);
}

}  // namespace

Lex::Lex(std::string_view input, LexMode mode, const Variables& variables, Arena& arena)
    : input_(input),
      mode_(mode),
      variables_(variables),
      arena_(arena),
      raw_escapes_(mode.raw_escapes) {
  if (input_.starts_with("\xEF\xBB\xBF")) at_ = 3;  // Go's text/scanner drops a byte order mark
}

bool Lex::run_word() {
  return read(text_, {kEnd, mode_.raw_escapes});
}

bool Lex::run_words() {
  split_ = true;
  if (!run_word()) return false;
  sign_begin_ = at_;
  end_word();
  return true;
}

char32_t Lex::peek() const {
  return at_ < input_.size() ? decode_rune(input_, at_).value : kEnd;
}

char32_t Lex::next() {
  if (at_ == input_.size()) return kEnd;
  const Rune rune = decode_rune(input_, at_);
  at_ += rune.size;
  return rune.value;
}

bool Lex::fail(std::string message) {
  if (error_.empty()) error_ = std::move(message);
  return false;
}

// Reads up to `how.stop`, which is taken, or to the end of the text.
bool Lex::read(std::string& out, Nested how) {
  if (depth_ == kDeepestVariable) return fail("variables are nested too deeply");
  // BuildKit has one buffer for the word being split, and empties it whenever it reads a nested
  // word: what stands in front of `${x:-y}` in the same word is lost.
  if (depth_ > 0) word_.clear();
  ++depth_;
  const bool outer_escapes = std::exchange(raw_escapes_, how.raw_escapes);
  const bool split = split_ && depth_ == 1;
  bool stopped = how.stop == kEnd;
  bool good = true;
  while (good && at_ < input_.size()) {
    const char32_t c = peek();
    if (how.stop != kEnd && c == how.stop) {
      next();
      stopped = true;
      break;
    }
    sign_begin_ = split ? at_ : sign_begin_;
    const bool quote = (c == '\'' || c == '"') && !mode_.plain_quotes;
    if (c != '$' && c != '<' && !quote) {
      read_plain(out);
      continue;
    }
    const std::size_t before = out.size();
    good = read_special(c, out, how.pattern);
    if (!good || !split) continue;
    const std::string_view added = std::string_view(out).substr(before);
    if (c == '$')
      add_value(added);
    else
      add_raw(added);
  }
  --depth_;
  raw_escapes_ = outer_escapes;
  if (!good || stopped) return good;
  return fail(std::string("missing '") + static_cast<char>(how.stop) + "' in ${}");
}

bool Lex::read_special(char32_t c, std::string& out, bool pattern) {
  if (c == '$') return dollar(out);
  if (c == '\'') return single_quoted(out, pattern);
  if (c == '"') return double_quoted(out, pattern);
  heredoc_sign(out);
  return true;
}

// A character that means itself, or one that is escaped.
void Lex::read_plain(std::string& out) {
  const bool split = split_ && depth_ == 1;
  char32_t c = next();
  if (c != rune_of(mode_.escape)) {
    if (split) add_char(c);
    append_rune(out, c);
    return;
  }
  const auto put = [&](char32_t rune) {
    const std::size_t before = out.size();
    append_rune(out, rune);
    if (split) add_raw(std::string_view(out).substr(before));
  };
  if (raw_escapes_) put(c);
  c = next();
  if (c != kEnd) put(c);  // at the end of the text there is nothing to escape
}

bool Lex::single_quoted(std::string& out, bool pattern) {
  next();
  if (mode_.raw_quotes) out += '\'';
  while (true) {
    const char32_t c = next();
    if (c == kEnd) return fail("a single quote is not closed");
    if (c == '\'') break;
    if (pattern && c == rune_of(mode_.escape)) append_rune(out, c);
    append_rune(out, c);
  }
  if (mode_.raw_quotes) out += '\'';
  return true;
}

bool Lex::double_quoted(std::string& out, bool pattern) {
  next();
  if (mode_.raw_quotes) out += '"';
  while (true) {
    const char32_t c = peek();
    if (c == kEnd) return fail("a double quote is not closed");
    if (c == '$') {
      if (!dollar(out)) return false;
      continue;
    }
    next();
    if (c == '"') break;
    if (c == rune_of(mode_.escape))
      escape_in_quotes(out, pattern);
    else
      append_rune(out, c);
  }
  if (mode_.raw_quotes) out += '"';
  return true;
}

// Only `"`, `$` and the escape character itself can be escaped within double quotes. The escape
// character was taken.
void Lex::escape_in_quotes(std::string& out, bool pattern) {
  const char32_t c = peek();
  if (c == kEnd) return;
  if (c == '"' || c == '$' || c == rune_of(mode_.escape)) {
    if (raw_escapes_) out += mode_.escape;
    append_rune(out, next());
    return;
  }
  // A pattern is read once more, so that its escape character has to be escaped.
  if (raw_escapes_ && (!mode_.raw_quotes || pattern)) out += mode_.escape;
  out += mode_.escape;
}

// Blanks between `<<` and its word do not end the word.
void Lex::heredoc_sign(std::string& out) {
  next();
  out += '<';
  if (peek() != '<') return;
  next();
  out += '<';
  for (char32_t c = peek(); c == ' ' || c == '\t' || c == '\r'; c = peek())
    append_rune(out, next());
}

void Lex::add_char(char32_t c) {
  if (is_space(c)) {
    if (in_word_) end_word();
    return;
  }
  if (word_.empty()) word_begin_ = sign_begin_;
  append_rune(word_, c);
  in_word_ = true;
}

void Lex::add_raw(std::string_view text) {
  if (word_.empty()) word_begin_ = sign_begin_;
  word_ += text;
  in_word_ = true;
}

// The value of a variable outside of quotes: its blanks part words.
void Lex::add_value(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Rune rune = decode_rune(text, at);
    add_char(rune.value);
    at += rune.size;
  }
}

// Words without any character vanish, quoted or not: BuildKit, wordsStruct.
void Lex::end_word() {
  if (word_.empty()) return;
  words_.push_back({arena_.copy(word_), static_cast<std::uint32_t>(word_begin_),
                    static_cast<std::uint32_t>(sign_begin_)});
  word_.clear();
  in_word_ = false;
}

}  // namespace plimsoll::parse::dockerfile
