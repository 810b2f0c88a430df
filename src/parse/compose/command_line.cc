// Splits a command that is one text into words. Source: mattn/go-shellwords 1.0.12, which Compose
// splits with: quotes and backslashes as a shell, no variables, and it stops at an operator.
#include "base/ascii.h"
#include "parse/compose/units.h"

namespace plimsoll::parse::compose {
namespace {

class Splitter {
 public:
  Words split(std::string_view text) {
    for (const char c : text)
      if (!take(c)) break;
    if (inside_word_) result_.words.push_back(std::move(word_));
    if (escaped_ || single_quoted_ || double_quoted_ || backticks_ || parentheses_)
      result_.valid = false;
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool quoted() const {
    return single_quoted_ || double_quoted_ || backticks_ || parentheses_;
  }

  void add(char c) {
    word_ += c;
    inside_word_ = true;
  }

  // False: the command ends here.
  bool take(char c) {
    if (escaped_) {
      escaped_ = false;
      add(c);
      return true;
    }
    if (c == '\\') {
      if (single_quoted_) {
        word_ += c;
      } else {
        escaped_ = true;
      }
      return true;
    }
    if (is_space(c)) {
      space(c);
      return true;
    }
    return special(c);
  }

  void space(char c) {
    if (quoted()) {
      word_ += c;
    } else if (inside_word_) {
      result_.words.push_back(std::move(word_));
      word_.clear();
      inside_word_ = false;
    }
  }

  bool special(char c) {
    switch (c) {
      case '`':
        if (!single_quoted_ && !double_quoted_ && !parentheses_) backticks_ = !backticks_;
        break;
      case ')':
        if (!single_quoted_ && !double_quoted_ && !backticks_) parentheses_ = !parentheses_;
        break;
      case '(':
        if (single_quoted_ || double_quoted_ || backticks_) break;
        if (parentheses_ || !word_.ends_with('$')) {
          result_.valid = false;
          return false;
        }
        parentheses_ = true;
        word_ += c;
        return true;
      case '"':
        if (single_quoted_ || parentheses_) break;
        inside_word_ = inside_word_ || double_quoted_;
        double_quoted_ = !double_quoted_;
        return true;
      case '\'':
        if (double_quoted_ || parentheses_) break;
        inside_word_ = inside_word_ || single_quoted_;
        single_quoted_ = !single_quoted_;
        return true;
      case ';':
      case '&':
      case '|':
      case '<':
      case '>':
        return quoted() ? (add(c), true) : end(c);
      default:
        break;
    }
    add(c);
    return true;
  }

  // "2>": the number belongs to the operator.
  bool end(char c) {
    if (c == '>' && !word_.empty() && word_.front() >= '0' && word_.front() <= '9')
      inside_word_ = false;
    return false;
  }

  Words result_{};
  std::string word_{};
  bool inside_word_ = false, escaped_ = false;
  bool single_quoted_ = false, double_quoted_ = false, backticks_ = false, parentheses_ = false;
};

}  // namespace

Words split_words(std::string_view text) {
  return Splitter().split(text);
}

}  // namespace plimsoll::parse::compose
