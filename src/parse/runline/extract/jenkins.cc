// Jenkinsfiles: the strings that `sh` is given. Groovy is not parsed, only its strings and
// comments. Source: groovy-lang.org/syntax.html, "Strings"; jenkins.io, "sh: Shell Script".
#include <algorithm>
#include <string_view>

#include "base/ascii.h"
#include "parse/runline/extract/collect.h"

namespace plimsoll::parse::runline {
namespace {

class Scanner {
 public:
  explicit Scanner(Collector& to) : to_(to), text_(to.source.bytes()) {}

  void read() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (starts("//") || starts("/*")) {
        skip_comment();
      } else if (c == '\'' || c == '"') {
        string(nullptr);
      } else if (is_word_char(c)) {
        if (name() == "sh") step();
      } else {
        ++at_;
      }
    }
  }

 private:
  [[nodiscard]] bool starts(std::string_view what) const {
    return text_.substr(at_, what.size()) == what;
  }

  void skip_comment() {
    const bool line = starts("//");
    const std::size_t end = text_.find(line ? "\n" : "*/", at_ + 2);
    at_ = end == std::string_view::npos ? text_.size() : end + (line ? 1 : 2);
  }

  std::string_view name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_word_char(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  void skip_blanks() {
    while (at_ < text_.size() &&
           std::string_view(" \t\r\n(").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }

  // sh 'script', sh(script: "…", returnStdout: true), sh label: 'x', script: '…'
  void step() {
    std::string_view argument;
    while (true) {
      skip_blanks();
      if (at_ == text_.size()) return;
      const char c = text_[at_];
      if (c == '\'' || c == '"') {
        Joiner script;
        const bool wanted = argument.empty() || argument == "script";
        string(wanted ? &script : nullptr);
        if (!wanted) {
          argument = {};
          continue;
        }
        if (mentions_engine(script.text())) read_script(to_, script.take(to_.arena));
        return;
      }
      if (c == ',') {
        ++at_;
        continue;
      }
      if (!is_word_char(c)) return;
      const std::string_view word = name();
      skip_blanks();
      if (at_ < text_.size() && text_[at_] == ':') {
        argument = word;
        ++at_;
      } else if (argument.empty()) {
        return;  // a variable
      } else {
        argument = {};  // true
      }
    }
  }

  // The string that starts here, into `out` with its escapes undone.
  void string(Joiner* out) {
    const char quote = text_[at_];
    const bool triple = text_.substr(at_, 3) == std::string_view(quote == '"' ? "\"\"\"" : "'''");
    const std::size_t size = triple ? 3 : 1;
    const std::string_view closer = text_.substr(at_, size);
    at_ += size;
    std::size_t from = at_;
    const auto keep = [&] {
      if (out != nullptr)
        out->add(to_.source, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(at_));
    };
    while (at_ < text_.size() && !starts(closer)) {
      if (!triple && text_[at_] == '\n') break;  // unterminated
      if (text_[at_] != '\\' || at_ + 1 == text_.size()) {
        ++at_;
        continue;
      }
      keep();
      if (out != nullptr) escape(*out);
      at_ += 2;
      from = at_;
    }
    keep();
    at_ = std::min(at_ + size, text_.size());
  }

  void escape(Joiner& out) {
    const char c = text_[at_ + 1];
    const auto where = static_cast<std::uint32_t>(at_);
    if (c == 'n')
      out.add("\n", where);
    else if (c == 't')
      out.add("\t", where);
    else if (c != '\n')
      out.add(text_.substr(at_ + 1, 1), where + 1);
  }

  Collector& to_;
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

void read_jenkins(Collector& to) {
  Scanner(to).read();
}

}  // namespace plimsoll::parse::runline
