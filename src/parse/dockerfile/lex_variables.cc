// `$name`, `${name}` and all of its modifiers.
// Source: BuildKit frontend/dockerfile/shell/lex.go (processDollar, processName); Dockerfile
// reference, "Environment replacement". What rests on an unknown variable is marked, so that nobody
// takes it for the truth.
#include "parse/dockerfile/lex.h"
#include "parse/dockerfile/pattern.h"

namespace plimsoll::parse::dockerfile {
namespace {

// POSIX, "Special Parameters".
bool is_special_parameter(char32_t c) {
  return c < 0x80 &&
         std::string_view("@*#?-$!0").find(static_cast<char>(c)) != std::string_view::npos;
}

}  // namespace

Variable Lex::look_up(std::string_view name) {
  const Variable found = variables_.find(name);
  if (found.state == Variable::State::unknown) {
    knowledge_.complete = false;
    if (knowledge_.unknown.empty()) knowledge_.unknown = name;
  }
  return found;
}

void Lex::unset(std::string_view name) {
  if (knowledge_.unset.empty()) knowledge_.unset = name;
}

std::string_view Lex::read_name() {
  const std::size_t begin = at_;
  const char32_t first = peek();
  if (is_digit(first)) {
    while (is_digit(peek())) next();
  } else if (is_special_parameter(first)) {
    next();
  } else {
    for (char32_t c = first; c != kEnd && (is_letter(c) || is_digit(c) || c == '_'); c = peek())
      next();
  }
  return input_.substr(begin, at_ - begin);
}

bool Lex::dollar(std::string& out) {
  next();
  if (peek() == '{') return braces(out);
  const std::string_view name = read_name();
  if (name.empty())
    out += '$';
  else
    plain_variable(name, "$", "", out);
  return true;
}

void Lex::plain_variable(std::string_view name, std::string_view before, std::string_view behind,
                         std::string& out) {
  const Variable value = look_up(name);
  if (value.state != Variable::State::unset) {
    out += value.text;
    return;
  }
  unset(name);
  if (mode_.keep_unset) out.append(before).append(name).append(behind);
}

bool Lex::braces(std::string& out) {
  next();
  const char32_t first = peek();
  if (first == kEnd) return fail("missing '}'");
  if (first == '{' || first == '}' || first == ':') return fail("bad substitution");
  Modifier modifier;
  modifier.name = read_name();
  const std::size_t begin = at_;
  modifier.sign = next();
  if (modifier.sign == '}') {
    plain_variable(modifier.name, "${", "}", out);
    return true;
  }
  if (modifier.sign == '/') return replaced(modifier.name, out);
  modifier.null_is_unset = modifier.sign == ':';
  if (modifier.null_is_unset) modifier.sign = next();
  modifier.text = input_.substr(begin, at_ - begin);
  return modified(modifier, out);
}

bool Lex::modified(const Modifier& modifier, std::string& out) {
  const char32_t sign = modifier.sign;
  const bool pattern = sign == '#' || sign == '%';
  const bool known = sign == '-' || sign == '+' || sign == '?' || pattern;
  if ((pattern || !known) && modifier.null_is_unset == pattern)
    return fail("unsupported modifier (" + modifier.text + ") in substitution");
  const Knowledge before = knowledge_;
  std::string word;
  if (!read(word, {'}', pattern, pattern})) return false;
  return apply(modifier, word, before, out);
}

bool Lex::apply(const Modifier& modifier, const std::string& word, const Knowledge& before,
                std::string& out) {
  const Knowledge with_word = knowledge_;
  knowledge_ = before;  // the word counts only where it is used
  const Variable value = look_up(modifier.name);
  const bool unknown = value.state == Variable::State::unknown;
  const bool is_unset = value.state == Variable::State::unset;
  if (is_unset && mode_.keep_unset) {
    out.append("${").append(modifier.name).append(modifier.text).append(word).append("}");
    return true;
  }
  const bool missing = is_unset || (modifier.null_is_unset && value.text.empty());
  switch (modifier.sign) {
    case '-':
    case '+':
      if (unknown) return true;
      if (missing == (modifier.sign == '-')) {
        knowledge_ = with_word;
        out += word;
      } else if (!missing) {
        out += value.text;
      }
      return true;
    case '?':
      return required(modifier, word, value, out);
    case '#':
    case '%':
      if (!with_word.complete) {
        knowledge_ = with_word;
        return true;
      }
      knowledge_.unset = with_word.unset;
      return trimmed(modifier, word, value, out);
    default:
      return fail("unsupported modifier (" + modifier.text + ") in substitution");
  }
}

bool Lex::required(const Modifier& modifier, const std::string& word, const Variable& value,
                   std::string& out) {
  const bool is_unset = value.state == Variable::State::unset;
  const bool is_null =
      value.state == Variable::State::known && modifier.null_is_unset && value.text.empty();
  if (!is_unset && !is_null) {
    out += value.text;
    return true;
  }
  std::string message(modifier.name);
  message += ": ";
  if (word.empty())
    message += is_unset ? "is not allowed to be unset" : "is not allowed to be empty";
  return fail(message + word);
}

bool Lex::trimmed(const Modifier& modifier, std::string_view word, const Variable& value,
                  std::string& out) {
  if (value.state == Variable::State::unset) unset(modifier.name);
  const bool longest = !word.empty() && static_cast<unsigned char>(word.front()) == modifier.sign;
  if (longest) word.remove_prefix(1);
  const Trim how = modifier.sign == '#' ? (longest ? Trim::longest_prefix : Trim::shortest_prefix)
                                        : (longest ? Trim::longest_suffix : Trim::shortest_suffix);
  std::string text(value.text);
  if (!trim_pattern(text, word, how))
    return fail("invalid pattern (" + std::string(word) + ") in substitution");
  out += text;
  return true;
}

// `${name/pattern/replacement}`; the slash was taken.
bool Lex::replaced(std::string_view name, std::string& out) {
  const bool all = peek() == '/';
  if (all) next();
  std::string pattern, replacement;
  if (!read(pattern, {'/', true, true}) || !read(replacement, {'}', true, false})) return false;
  const Variable value = look_up(name);
  if (value.state == Variable::State::unset) {
    unset(name);
    if (mode_.keep_unset) {
      out.append("${")
          .append(name)
          .append("/")
          .append(pattern)
          .append("/")
          .append(replacement)
          .append("}");
      return true;
    }
  }
  if (!knowledge_.complete) return true;
  std::string text(value.text);
  if (!replace_pattern(text, pattern, replacement, all))
    return fail("invalid pattern (" + pattern + ") in substitution");
  out += text;
  return true;
}

}  // namespace plimsoll::parse::dockerfile
