// Two small readers. That of `.env` follows compose-go where it is odd as well: a colon sets a
// value, text behind a closing quote begins the next statement, `export` may stand before a name.
#include "parse/compose/dotenv.h"

#include <algorithm>

#include "base/concat.h"
#include "base/utf8.h"

namespace plimsoll::parse::compose {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kTooLong = "the values of this file grow too long";

text::Span span(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

// Unicode's white space.
bool is_unicode_space(char32_t c) {
  return (c >= '\t' && c <= '\r') || c == ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

// The few that may stand around a name and before a value.
bool is_blank(char32_t c) {
  return c == '\t' || c == '\v' || c == '\f' || c == '\r' || c == ' ' || c == 0x85 || c == 0xA0;
}

// Above ASCII Compose asks for letters and numbers; here it is all but space, punctuation and
// what is broken, which needs no tables.
bool is_name_character(const Utf8Character& c) {
  if (c.code < 0x80)
    return (c.code >= '0' && c.code <= '9') || ((c.code | 0x20) >= 'a' && (c.code | 0x20) <= 'z') ||
           c.code == '_' || c.code == '.' || c.code == '-' || c.code == '[' || c.code == ']';
  return c.valid && c.code != kReplacementCharacter && c.code >= 0xAA &&
         !is_unicode_space(c.code) && (c.code < 0x2000 || c.code > 0x206F) &&
         (c.code < 0x3001 || c.code > 0x3004);
}

template <class Predicate>
std::size_t skip(std::string_view text, std::size_t at, Predicate predicate) {
  while (at < text.size()) {
    const Utf8Character c = first_character(text.substr(at));
    if (!c.valid || !predicate(c.code)) break;
    at += c.size_bytes;
  }
  return at;
}

// The end of the text before trailing white space.
std::size_t trimmed_end(std::string_view text, std::size_t begin, std::size_t end) {
  while (end > begin) {
    std::size_t last = end - 1;
    while (last > begin && (static_cast<unsigned char>(text[last]) & 0xC0U) == 0x80U) --last;
    const Utf8Character c = first_character(text.substr(last, end - last));
    if (!c.valid || c.size_bytes != end - last || !is_unicode_space(c.code)) break;
    end = last;
  }
  return end;
}

// What `\0` and up to three digits behind it stand for. `at` is at the zero, and goes behind them.
std::string octal(std::string_view text, std::size_t& at) {
  const std::size_t first = ++at;
  while (at < text.size() && at < first + 3 && text[at] >= '0' && text[at] <= '9') ++at;
  const std::string_view digits = text.substr(first, at - first);
  std::uint32_t code = 0;
  bool good = digits.size() == 3;
  for (const char digit : digits) {
    good = good && digit < '8';
    code = code * 8 + static_cast<std::uint32_t>(digit - '0');
  }
  std::string out;
  if (good && code < 0x100)
    append_utf8(out, code);
  else
    out = concat({"\\", digits});  // the zero is lost all the same
  return out;
}

// Of a text in double quotes, before variables are replaced: `\$` becomes `$$` for that.
std::string unescaped(std::string_view text) {
  constexpr std::string_view kEscapes = "abfnrtv\"\\";
  constexpr std::string_view kMeant = "\a\b\f\n\r\t\v\"\\";
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '\\' || i + 1 >= text.size()) {
      out += text[i++];
      continue;
    }
    ++i;
    if (const std::size_t known = kEscapes.find(text[i]); known != std::string_view::npos) {
      out += kMeant[known];
      ++i;
    } else if (text[i] == '$') {
      out += "$$";
      ++i;
    } else if (text[i] == '0') {
      out += octal(text, i);
    } else {
      out += '\\';
    }
  }
  return out;
}

class Reader {
 public:
  Reader(std::string_view text, const Lookup& outside, Variables& variables)
      : text_(text), outside_(outside), variables_(variables) {
    if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
  }

  Dotenv read() {
    while (out_.fault.empty() && to_statement()) statement();
    return std::move(out_);
  }

 private:
  bool to_statement() {
    while (true) {
      at_ = skip(text_, at_, is_unicode_space);
      if (at_ >= text_.size()) return false;
      if (text_[at_] != '#') return true;
      at_ = std::min(text_.find('\n', at_), text_.size());
    }
  }

  void statement() {
    skip_export();
    if (at_ >= text_.size()) return stop(at_, at_, "nothing stands behind export");
    Assignment it;
    std::size_t end = at_;
    char mark = '\0';
    while (end < text_.size() && mark == '\0') {
      const Utf8Character c = first_character(text_.substr(end));
      if (c.code == '=' || c.code == ':' || c.code == '\n') {
        mark = text_[end];
      } else if (!(c.valid && is_blank(c.code)) && !is_name_character(c)) {
        return stop(end, end + c.size_bytes, "a character that names of variables don't have");
      } else {
        end += c.size_bytes;
      }
    }
    // Without any mark up to the end of the file, all of it is taken for a value.
    if (mark == '\0') end = at_;
    const std::size_t name_end = trimmed_end(text_, at_, end);
    it.name = text_.substr(at_, name_end - at_);
    it.name_at = span(at_, name_end);
    if (it.name.find(' ') != std::string::npos)
      return stop(at_, name_end, "a name of a variable with a space in it");
    at_ = skip(text_, end + (mark == '\0' ? 0 : 1), is_blank);
    if (mark == '\n')
      inherit(it, end);
    else
      value(it);
    if (out_.fault.empty()) keep(std::move(it));
  }

  void skip_export() {
    constexpr std::string_view kExport = "export";
    if (!text_.substr(at_).starts_with(kExport)) return;
    const std::size_t behind = at_ + kExport.size();
    if (behind >= text_.size() ||
        std::string_view("\t\n\f\r ").find(text_[behind]) == std::string_view::npos)
      return;
    at_ = skip(text_, behind, is_blank);
  }

  void inherit(Assignment& it, std::size_t line_end) {
    it.inherited = true;
    it.value_at = span(line_end, line_end);
    const std::string* found = outside_(it.name);
    it.set = found != nullptr;
    if (it.set) it.value = *found;
  }

  void value(Assignment& it) {
    const char quote = at_ < text_.size() ? text_[at_] : '\0';
    if (quote == '"' || quote == '\'') return quoted(it, quote);
    const std::size_t begin = at_;
    std::size_t end = std::min(text_.find('\n', at_), text_.size());
    at_ = std::min(end + 1, text_.size());
    end = std::min(end, std::max(begin, text_.substr(0, end).find(" #", begin)));
    end = trimmed_end(text_, begin, end);
    it.value_at = span(begin, end);
    expand(it, std::string(text_.substr(begin, end - begin)));
  }

  void quoted(Assignment& it, char quote) {
    const std::size_t begin = at_;
    std::string words;
    bool escaped = false;
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == quote && !escaped) {
        it.value_at = span(begin, ++at_);
        if (quote == '"') return expand(it, unescaped(words));
        it.value = std::move(words);
        return;
      }
      if (c != quote && !escaped && c == '\\') {
        escaped = true;
        continue;
      }
      if (c != quote && escaped) words += '\\';
      escaped = false;
      words += c;
    }
    stop(begin, std::min(text_.find('\n', begin), text_.size()), "a quote that is not closed");
  }

  void expand(Assignment& it, const std::string& words) {
    Interpolated got = interpolate(words, [&](std::string_view name) -> const std::string* {
      if (const std::string* found = outside_(name)) return found;
      const auto own = variables_.find(name);
      return own == variables_.end() ? nullptr : &own->second;
    });
    it.value = std::move(got.text);
    it.uses = std::move(got.uses);
    for (VariableUse& use : it.uses) use.where = it.value_at;
    if (!got) stop(it.value_at.begin, it.value_at.end, got.message);
  }

  void keep(Assignment it) {
    total_ += it.value.size();
    if (total_ > kDotenvLimit) return stop(it.value_at.begin, it.value_at.end, kTooLong);
    if (it.set) variables_[it.name] = it.value;
    out_.assignments.push_back(std::move(it));
  }

  void stop(std::size_t begin, std::size_t end, std::string_view why) {
    out_.fault = why;
    out_.fault_at = span(begin, end);
  }

  std::string_view text_;
  const Lookup& outside_;
  Variables& variables_;
  std::size_t at_ = 0;
  std::size_t total_ = 0;
  Dotenv out_{};
};

// A line that sets nothing, or what is wrong with it.
struct RawLine {
  std::string_view fault{};
  bool ignored = false;
};

RawLine look_at(std::string_view line, std::string_view name) {
  // Docker reads lines into a buffer of this size.
  constexpr std::size_t kLongestLine = std::size_t{64} << 10;
  if (line.size() >= kLongestLine) return {"a line longer than 64 KiB"};
  for (std::size_t i = 0; i < line.size();) {
    const Utf8Character c = first_character(line.substr(i));
    if (!c.valid) return {"bytes that are not UTF-8"};
    i += c.size_bytes;
  }
  const std::size_t first = skip(line, 0, is_unicode_space);
  if (first >= line.size() || line[first] == '#') return {.ignored = true};
  if (name.empty()) return {"a line without a name before the equals sign"};
  if (name.find_first_of(" \t\n\v\f\r") != std::string_view::npos)
    return {"a name of a variable with a space in it"};
  return {};
}

}  // namespace

Dotenv parse_dotenv(std::string_view text, const Lookup& outside, Variables& variables) {
  return Reader(text, outside, variables).read();
}

Dotenv parse_raw_env(std::string_view text, const Lookup& outside, Variables& variables) {
  Dotenv out;
  std::size_t total = 0;
  std::size_t begin = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  for (std::size_t next = 0; begin < text.size(); begin = next) {
    std::size_t end = std::min(text.find('\n', begin), text.size());
    next = std::min(end + 1, text.size());
    if (end > begin && text[end - 1] == '\r') --end;
    const std::size_t first = skip(text.substr(0, end), begin, is_unicode_space);
    const std::size_t equals = std::min(text.substr(0, end).find('=', first), end);
    const RawLine line =
        look_at(text.substr(begin, end - begin), text.substr(first, equals - first));
    if (line.ignored) continue;
    if (!line.fault.empty()) {
      out.fault = line.fault;
      out.fault_at = span(first, end);
      return out;
    }
    Assignment it{.name = std::string(text.substr(first, equals - first)),
                  .name_at = span(first, equals),
                  .value_at = span(std::min(equals + 1, end), end),
                  .inherited = equals == end};
    if (it.inherited) {
      const std::string* found = outside(it.name);
      it.set = found != nullptr;
      if (it.set) it.value = *found;
    } else {
      it.value = text.substr(equals + 1, end - equals - 1);
    }
    total += it.value.size();
    if (total > kDotenvLimit) {
      out.fault = kTooLong;
      out.fault_at = it.value_at;
      return out;
    }
    if (it.set) variables[it.name] = it.value;
    out.assignments.push_back(std::move(it));
  }
  return out;
}

}  // namespace plimsoll::parse::compose
