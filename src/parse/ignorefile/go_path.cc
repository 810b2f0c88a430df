// Small functions whose exact results decide what a pattern is.
#include "parse/ignorefile/go_path.h"

#include <algorithm>
#include <vector>

#include "base/utf8.h"

namespace plimsoll::parse::ignorefile {
namespace {

// Unicode 15, White_Space.
bool is_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

// Where the last character of a text begins.
std::size_t last_character(std::string_view text) {
  std::size_t at = text.size() - 1;
  for (int i = 0; i < 3 && at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80; ++i)
    --at;
  const Utf8Character c = first_character(text.substr(at));
  return c.valid && at + c.size_bytes == text.size() ? at : text.size() - 1;
}

// One character of a bracket expression, behind a backslash or not. False: there is none, or
// nothing stands behind it.
bool bracket_character(std::string_view& rest, char32_t& code) {
  if (rest.empty() || rest.front() == '-' || rest.front() == ']') return false;
  if (rest.front() == '\\') rest.remove_prefix(1);
  if (rest.empty()) return false;
  const Utf8Character c = first_character(rest);
  if (!c.valid) return false;
  code = c.code;
  rest.remove_prefix(c.size_bytes);
  return !rest.empty();
}

// `rest` stands behind the opening bracket; `matched` says whether the expression has `c`.
bool bracket(std::string_view& rest, char32_t c, bool& matched) {
  const bool negated = rest.starts_with('^');
  if (negated) rest.remove_prefix(1);
  matched = false;
  for (bool first = true;; first = false) {
    if (!first && rest.starts_with(']')) {
      rest.remove_prefix(1);
      matched = matched != negated;
      return true;
    }
    char32_t low = 0;
    if (!bracket_character(rest, low)) return false;
    char32_t high = low;
    if (rest.front() == '-') {
      rest.remove_prefix(1);
      if (!bracket_character(rest, high)) return false;
    }
    matched |= low <= c && c <= high;
  }
}

// What stands between two stars. Stars in brackets do not count, and a bracket that was opened
// and not closed holds all that follows.
std::string_view take_chunk(std::string_view& pattern) {
  std::size_t i = 0;
  bool in_bracket = false;
  for (; i < pattern.size() && (pattern[i] != '*' || in_bracket); ++i) {
    if (pattern[i] == '\\' && i + 1 < pattern.size()) {
      ++i;
    } else if (pattern[i] == '[') {
      in_bracket = true;
    } else if (pattern[i] == ']') {
      in_bracket = false;
    }
  }
  const std::string_view chunk = pattern.substr(0, i);
  pattern.remove_prefix(i);
  return chunk;
}

enum class Matched : std::uint8_t { no, yes, malformed };

// Takes from `text` what the chunk matches. A chunk that does not match is still read to its end.
Matched match_chunk(std::string_view chunk, std::string_view& text) {
  bool failed = false;
  std::string_view rest = text;
  while (!chunk.empty()) {
    failed = failed || rest.empty();
    const char kind = chunk.front();
    const bool takes_character = kind == '[' || kind == '?';
    const Utf8Character c = failed ? Utf8Character{.size_bytes = 0} : first_character(rest);
    if (kind == '[' || kind == '\\') chunk.remove_prefix(1);
    if (kind == '\\' && chunk.empty()) return Matched::malformed;
    bool matched = kind == '?' && c.code != '/';
    if (kind == '[') {
      if (!bracket(chunk, c.code, matched)) return Matched::malformed;
    } else {
      if (kind != '?') matched = !failed && chunk.front() == rest.front();
      chunk.remove_prefix(1);
    }
    failed = failed || !matched;
    if (!failed) rest.remove_prefix(takes_character && c.valid ? c.size_bytes : 1);
  }
  if (failed) return Matched::no;
  text = rest;
  return Matched::yes;
}

// As filepath.Match: a star takes as little as will do, and what it took is never tried again. It
// gives up at the first chunk that does not match, and what stands behind is never looked at.
Matched match(std::string_view pattern, std::string_view text) {
  while (!pattern.empty()) {
    const bool star = pattern.starts_with('*');
    while (pattern.starts_with('*')) pattern.remove_prefix(1);
    if (star && pattern.empty())
      return text.find('/') == std::string_view::npos ? Matched::yes : Matched::no;
    const std::string_view chunk = take_chunk(pattern);
    Matched matched = Matched::no;
    for (std::size_t at = 0; matched == Matched::no; ++at) {
      if (at > 0 && (!star || at > text.size() || text[at - 1] == '/')) return Matched::no;
      std::string_view rest = text.substr(at);
      matched = match_chunk(chunk, rest);
      if (matched == Matched::malformed) return matched;
      if (matched == Matched::yes && pattern.empty() && !rest.empty()) matched = Matched::no;
      if (matched == Matched::yes) text = rest;
    }
  }
  return text.empty() ? Matched::yes : Matched::no;
}

}  // namespace

std::string_view trim_space(std::string_view text) {
  while (!text.empty()) {
    const Utf8Character c = first_character(text);
    if (!c.valid || !is_space(c.code)) break;
    text.remove_prefix(c.size_bytes);
  }
  while (!text.empty()) {
    const std::size_t at = last_character(text);
    const Utf8Character c = first_character(text.substr(at));
    if (!c.valid || !is_space(c.code)) break;
    text = text.substr(0, at);
  }
  return text;
}

std::string clean_path(std::string_view path) {
  const bool rooted = path.starts_with('/');
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (part.empty() || part == ".") continue;
    if (part != ".." || (parts.empty() ? !rooted : parts.back() == ".."))
      parts.push_back(part);
    else if (!parts.empty())
      parts.pop_back();
  }
  std::string result(rooted ? "/" : "");
  for (const std::string_view part : parts) {
    if (!result.empty() && result.back() != '/') result += '/';
    result += part;
  }
  return result.empty() ? "." : result;
}

bool well_formed_pattern(std::string_view pattern) {
  return match(pattern, ".") != Matched::malformed;
}

bool match_path(std::string_view pattern, std::string_view path) {
  return match(pattern, path) == Matched::yes;
}

}  // namespace plimsoll::parse::ignorefile
