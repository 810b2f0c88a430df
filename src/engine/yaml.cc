// YAML as configuration files have it: block and flow collections, scalars in all styles, comments.
// A reader of our own, since files come from strangers: libfyaml 0.7.12 hung on a broken directive
// and crashed on broken indentation, a few inputs in a million. What configurations do without is
// refused (keys that are no scalars) or not followed (aliases: null), so time and depth are
// bounded. Source: YAML 1.2.2, chapters 6 to 8.
#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "base/concat.h"
#include "base/utf8.h"
#include "engine/value.h"

namespace plimsoll::engine {
namespace {

constexpr std::string_view kFlowMarks = ",[]{}";

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

bool is_number(const std::string& text) {
  if (text.find_first_not_of("0123456789.-+eE") != std::string::npos) return false;
  char* end = nullptr;
  std::strtod(text.c_str(), &end);
  return *end == '\0';
}

// A plain word by the core schema (10.3.2).
Value plain(std::string text, std::uint32_t line) {
  const auto is = [&](std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, text) != words.end();
  };
  Value value{.kind = Value::Kind::text, .line = line};
  if (is({"", "~", "null", "Null", "NULL"})) {
    value.kind = Value::Kind::null;
    return value;
  }
  if (is({"true", "True", "TRUE", "false", "False", "FALSE"})) {
    value.kind = Value::Kind::boolean;
    value.text = (text[0] | 0x20) == 't' ? "true" : "false";
    return value;
  }
  if (is_number(text)) value.kind = Value::Kind::number;
  value.text = std::move(text);
  return value;
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) {
    constexpr std::string_view kMark = "\xEF\xBB\xBF";
    if (bytes.starts_with(kMark)) bytes.remove_prefix(kMark.size());
    text_.reserve(bytes.size() + 1);
    for (std::size_t i = 0; i < bytes.size(); ++i)
      if (bytes[i] != '\r' || (i + 1 < bytes.size() && bytes[i + 1] != '\n')) text_ += bytes[i];
    if (!text_.ends_with('\n')) text_ += '\n';
  }

  // The first document.
  Value read() {
    while (to_content() && column() == 0 && here() == '%') at_ = line_end();  // directives
    if (document_mark("---")) at_ += 3;
    Value value = node(-1, Where::root);
    if (error_.empty() && to_content() && !document_mark("---") && !document_mark("..."))
      refuse("text that belongs to nothing");
    return value;
  }

  [[nodiscard]] const std::string& error() const { return error_; }
  [[nodiscard]] std::uint32_t error_line() const { return error_line_; }

 private:
  enum class Where : std::uint8_t { root, item, member };

  [[nodiscard]] char here(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\n';
  }
  [[nodiscard]] std::size_t line_end() const {
    return std::min(text_.find('\n', at_), text_.size());
  }
  [[nodiscard]] int column() const { return static_cast<int>(at_ - line_start_); }
  [[nodiscard]] bool blank_behind(std::size_t ahead) const {
    return is_blank(here(ahead)) || here(ahead) == '\n';
  }
  [[nodiscard]] bool is_dash() const { return here() == '-' && blank_behind(1); }
  [[nodiscard]] bool document_mark(std::string_view mark) const {
    return column() == 0 && std::string_view(text_).substr(at_).starts_with(mark) &&
           blank_behind(3);
  }

  Value refuse(std::string_view what) {
    if (error_.empty()) {
      error_ = what;
      error_line_ = line_;
    }
    at_ = text_.size();
    return {};
  }

  void next_line() {
    at_ = std::min(line_end() + 1, text_.size());
    line_start_ = at_;
    ++line_;
  }

  // Over blanks, comments and line ends to the next content; false: there is none.
  bool to_content() {
    while (at_ < text_.size()) {
      while (is_blank(here()) && at_ < text_.size()) ++at_;
      if (here() == '#' && (at_ == line_start_ || is_blank(text_[at_ - 1]))) at_ = line_end();
      if (at_ >= text_.size()) return false;
      if (here() != '\n') return begins_well();
      next_line();
    }
    return false;
  }

  // Notes whether the content begins its line. A tab may stand between words, but says nothing
  // about depth.
  bool begins_well() {
    const std::string_view before = std::string_view(text_).substr(line_start_, at_ - line_start_);
    fresh_ = before.find_first_not_of(" \t") == std::string_view::npos;
    if (!fresh_ || in_flow_ || before.find('\t') == std::string_view::npos) return true;
    refuse("a tab in the indentation");
    return false;
  }

  // Does a `key:` begin here? Keys end on their line. Returns where its colon is, or npos.
  [[nodiscard]] std::size_t colon_of_key() const {
    std::size_t i = at_;
    const char first = here();
    if (first == '"' || first == '\'') {
      for (++i; i < text_.size(); ++i) {
        if (text_[i] == '\n') return std::string::npos;
        const bool escaped =
            first == '"' ? text_[i] == '\\' : text_[i] == first && text_[i + 1] == first;
        if (escaped)
          ++i;
        else if (text_[i] == first)
          break;
      }
      for (++i; i < text_.size() && is_blank(text_[i]);) ++i;
      return i < text_.size() && text_[i] == ':' && (is_blank(text_[i + 1]) || text_[i + 1] == '\n')
                 ? i
                 : std::string::npos;
    }
    if (kFlowMarks.find(first) != std::string_view::npos) return std::string::npos;
    for (; i < text_.size() && text_[i] != '\n'; ++i) {
      if (text_[i] == ':' && (is_blank(text_[i + 1]) || text_[i + 1] == '\n')) return i;
      if (text_[i] == '#' && i > at_ && is_blank(text_[i - 1])) return std::string::npos;
    }
    return std::string::npos;
  }

  // What stands behind a dash or a key, or all of the document. `parent` is the column of the dash
  // or key.
  Value node(int parent, Where where) {
    if (++depth_ > kConfigDepth) return refuse("lists and tables too deep in each other");
    Value value = node_at_depth(parent, where);
    --depth_;
    return value;
  }

  Value node_at_depth(int parent, Where where) {
    const std::uint32_t began = line_;
    bool more = to_content();
    bool fresh = fresh_;
    // Anchors and tags add nothing that is asked for here.
    while (more && (here() == '&' || here() == '!') && !(fresh && column() <= parent)) {
      while (!blank_behind(0)) ++at_;
      more = to_content();
      fresh = fresh || fresh_;
    }
    const bool list_of_key = where == Where::member && more && is_dash() && column() == parent;
    if (!more || document_mark("---") || document_mark("...") ||
        (fresh && column() <= parent && !list_of_key))
      return {.line = began};
    if (is_dash() && (fresh || where != Where::member)) return sequence(column());
    if (here() == '?' && blank_behind(1)) return refuse("a key that is no word");
    if ((fresh || where != Where::member) && colon_of_key() != std::string::npos)
      return mapping(column());
    if (here() == '|' || here() == '>') return block_scalar(parent);
    if (here() == '[' || here() == '{') {
      in_flow_ = true;
      Value value = flow();
      in_flow_ = false;
      return value;
    }
    if (here() == '"' || here() == '\'') return quoted();
    return block_plain(parent);
  }

  // Is there another entry at this column? What stands deeper, or on a line that is not its own, is
  // an error.
  bool another(int indent, bool first) {
    if (!to_content() || document_mark("---") || document_mark("...")) return false;
    if (!fresh_ && !first) {
      refuse("text behind a value");
      return false;
    }
    if (column() > indent && !first) refuse("a line that is indented deeper than those before it");
    return error_.empty() && column() == indent;
  }

  Value sequence(int indent) {
    Value value{.kind = Value::Kind::list, .line = line_};
    for (bool first = true; another(indent, first) && is_dash(); first = false) {
      ++at_;
      value.items.push_back(node(indent, Where::item));
    }
    return value;
  }

  Value mapping(int indent) {
    Value value{.kind = Value::Kind::table, .line = line_};
    for (bool first = true; another(indent, first); first = false) {
      const std::size_t colon = colon_of_key();
      if (colon == std::string::npos) {
        if (!is_dash()) refuse("a line that is no `key: value`");
        break;
      }
      const std::uint32_t line = line_;
      std::string key;
      if (here() == '"' || here() == '\'') {
        key = quoted().text;
      } else {
        key = text_.substr(at_, colon - at_);
        while (!key.empty() && is_blank(key.back())) key.pop_back();
      }
      at_ = colon + 1;
      Value member = node(indent, Where::member);
      // A list or table is told to stand where its key does.
      if (member.is(Value::Kind::list) || member.is(Value::Kind::table)) member.line = line;
      value.members.push_back({std::move(key), std::move(member)});
    }
    return value;
  }

  // Words to the end of the line, and of the lines below that are indented deeper.
  Value block_plain(int parent) {
    if (here() == '*') {  // an alias
      at_ = line_end();
      return {.line = line_};
    }
    if (here() == '@' || here() == '`' || here() == '%')
      return refuse("a word that begins with a reserved character");
    const std::uint32_t line = line_;
    std::string words = rest_of_line();
    std::uint32_t last = line_;
    while (to_content() && fresh_ && column() > parent && !document_mark("---") &&
           !document_mark("...")) {
      if (colon_of_key() != std::string::npos) return refuse("a key inside of a text");
      words += folded(line_ - last);
      last = line_;
      words += rest_of_line();
    }
    return plain(std::move(words), line);
  }

  std::string rest_of_line() {
    std::size_t end = line_end();
    for (std::size_t i = at_ + 1; i < end; ++i)
      if (text_[i] == '#' && is_blank(text_[i - 1])) end = i;
    std::string words = text_.substr(at_, end - at_);
    if (words.find(": ") != std::string::npos) refuse("a colon inside of a text");
    at_ = std::max(at_, line_end());
    while (!words.empty() && is_blank(words.back())) words.pop_back();
    return words;
  }

  // `|` keeps line ends, `>` folds them; behind it may stand how the last ones are kept, and the
  // indentation.
  Value block_scalar(int parent) {
    Value value{.kind = Value::Kind::text, .line = line_};
    const bool folds = here() == '>';
    char last = ' ';
    int indent = -1;
    for (++at_; !blank_behind(0); ++at_) {
      if (here() >= '1' && here() <= '9') indent = std::max(parent, 0) + (here() - '0');
      if (here() == '-' || here() == '+') last = here();
    }
    next_line();
    std::size_t ends = 0;  // since the last line that had words
    bool deeper = false;   // that line was indented deeper than the text
    while (at_ < text_.size()) {
      const std::string_view line = std::string_view(text_).substr(at_, line_end() - at_);
      const std::size_t first = line.find_first_not_of(' ');
      if (first != std::string_view::npos) {
        if (indent < 0) indent = static_cast<int>(first);
        if (indent <= parent || static_cast<int>(first) < indent) break;
        const std::string_view words = line.substr(static_cast<std::size_t>(indent));
        const bool keeps = !folds || deeper || is_blank(words.front());
        if (!value.text.empty() && !keeps)
          value.text += folded(ends);
        else
          value.text += std::string(ends, '\n');
        deeper = is_blank(words.front());
        value.text += words;
        ends = 0;
      }
      ++ends;
      next_line();
    }
    if (last == '+' || (last == ' ' && !value.text.empty()))
      value.text += std::string(last == '+' ? ends : 1, '\n');
    return value;
  }

  Value quoted() {
    const char quote = here();
    Value value{.kind = Value::Kind::text, .line = line_};
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = here();
      if (c == quote && quote == '\'' && here(1) == '\'') {
        ++at_;
      } else if (c == quote) {
        ++at_;
        return value;
      }
      if (c == '\n') {
        fold(value.text);
      } else if (c == '\\' && quote == '"') {
        escape(value.text);
      } else {
        value.text += c;
      }
    }
    return refuse("a quote that is not closed");
  }

  // A line end inside of quotes: one blank, however much space is around it; empty lines are line
  // ends.
  void fold(std::string& out) {
    while (!out.empty() && is_blank(out.back())) out.pop_back();
    std::size_t ends = 0;
    for (; at_ < text_.size() && (here() == '\n' || is_blank(here())); ++at_) {
      if (here() != '\n') continue;
      ++ends;
      ++line_;
      line_start_ = at_ + 1;
    }
    --at_;
    out += folded(ends);
  }

  // What so many line ends between two words mean.
  static std::string folded(std::size_t ends) {
    return ends > 1 ? std::string(ends - 1, '\n') : std::string(" ");
  }

  // at_ is at the backslash, and goes to the last character of the escape.
  void escape(std::string& out) {
    ++at_;
    constexpr std::string_view kNames = "0abtnvfre\"/\\ \t";
    constexpr std::string_view kMeant("\0\a\b\t\n\v\f\r\x1B\"/\\ \t", 14);
    const char c = here();
    if (const std::size_t i = kNames.find(c); i != std::string_view::npos) {
      out += kMeant[i];
    } else if (c == '\n') {  // the line end is left out
      std::string kept;
      fold(kept);
      if (kept != " ") out += kept;
    } else if (const std::size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0) {
      std::uint32_t code = 0;
      const std::string_view text = std::string_view(text_).substr(at_ + 1, digits);
      const auto read = std::from_chars(text.data(), text.data() + text.size(), code, 16);
      if (text.size() < digits || read.ptr != text.data() + digits) {
        refuse("an escape that is not complete");
        return;
      }
      const bool character = code < 0x110000 && (code < 0xD800 || code > 0xDFFF);
      append_utf8(out, character ? code : kReplacementCharacter);
      at_ += digits;
    } else {
      refuse("an unknown escape");
    }
  }

  Value flow() {
    if (++depth_ > kConfigDepth) return refuse("lists and tables too deep in each other");
    Value value = here() == '[' ? flow_list() : here() == '{' ? flow_table() : flow_scalar();
    --depth_;
    return value;
  }

  // To what comes next inside of brackets.
  bool in_brackets() {
    if (to_content()) return true;
    refuse("a bracket that is not closed");
    return false;
  }

  Value flow_list() {
    Value value{.kind = Value::Kind::list, .line = line_};
    ++at_;
    while (in_brackets() && here() != ']') {
      value.items.push_back(flow());
      if (!separator(']')) return value;
    }
    if (error_.empty()) ++at_;
    return value;
  }

  Value flow_table() {
    Value value{.kind = Value::Kind::table, .line = line_};
    ++at_;
    while (in_brackets() && here() != '}') {
      Value key = flow_scalar();
      Value member{.line = line_};
      if (in_brackets() && here() == ':') {
        ++at_;
        if (in_brackets() && here() != ',' && here() != '}') member = flow();
      }
      value.members.push_back({std::move(key.text), std::move(member)});
      if (!separator('}')) return value;
    }
    if (error_.empty()) ++at_;
    return value;
  }

  // A comma, or the bracket that closes, which stays.
  bool separator(char close) {
    if (!in_brackets()) return false;
    if (here() == ',') {
      ++at_;
    } else if (here() != close) {
      refuse("neither a comma nor a bracket that closes");
    }
    return error_.empty();
  }

  Value flow_scalar() {
    while (here() == '&' || here() == '!') {
      while (!blank_behind(0) && kFlowMarks.find(here()) == std::string_view::npos) ++at_;
      if (!in_brackets()) return {};
    }
    if (here() == '"' || here() == '\'') return quoted();
    const std::uint32_t line = line_;
    const bool alias = here() == '*';
    std::string words;
    if (here() == '?' && blank_behind(1)) return refuse("a key that is no word");
    while (kFlowMarks.find(here()) == std::string_view::npos) {
      if (here() == '\n') {
        const std::uint32_t last = line_;
        if (!in_brackets()) return {};
        while (!words.empty() && is_blank(words.back())) words.pop_back();
        if (kFlowMarks.find(here()) == std::string_view::npos && here() != '#')
          words += folded(line_ - last);
        continue;
      }
      const bool ends =
          here() == ':' && (blank_behind(1) || kFlowMarks.find(here(1)) != std::string_view::npos);
      if (ends || (here() == '#' && !words.empty() && is_blank(words.back()))) break;
      words += text_[at_++];
    }
    while (!words.empty() && is_blank(words.back())) words.pop_back();
    if (words.empty() && here() != ':') return refuse("nothing where a value should be");
    return alias ? Value{.line = line} : plain(std::move(words), line);
  }

  std::string text_;  // ends with a newline
  std::size_t at_ = 0, line_start_ = 0;
  std::uint32_t line_ = 1, error_line_ = 0;
  unsigned depth_ = 0;
  bool fresh_ = true;  // the content at hand is the first of its line
  bool in_flow_ = false;
  std::string error_;
};

}  // namespace

Result<Value> parse_yaml(const std::string& path, std::string_view bytes) {
  if (bytes.size() > kConfigLimit)
    return fail(ErrorKind::too_large, concat({path, " is larger than any configuration"}));
  Reader reader(bytes);
  Value value = reader.read();
  if (reader.error().empty()) return value;
  const std::uint32_t line = reader.error_line();
  return fail(ErrorKind::malformed, concat({path, ":", std::to_string(line), ": ", reader.error()}),
              line);
}

}  // namespace plimsoll::engine
