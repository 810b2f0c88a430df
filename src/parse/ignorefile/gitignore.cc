// Matching is by wildmatch's rules: `*` and `?` stop at a slash, `**` between slashes does not.
#include "parse/ignorefile/gitignore.h"

#include "base/fs.h"

namespace plimsoll::parse::ignorefile {
namespace {

// One bracket expression at pattern[at] == '['. Sets `end` behind it; false if it never closes.
bool bracket(std::string_view pattern, std::size_t at, char c, bool& matched, std::size_t& end) {
  std::size_t i = at + 1;
  const bool negated = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
  if (negated) ++i;
  matched = false;
  for (bool first = true; i < pattern.size(); first = false) {
    if (pattern[i] == ']' && !first) {
      end = i + 1;
      if (negated) matched = !matched;
      if (c == '/') matched = false;
      return true;
    }
    char low = pattern[i++];
    if (low == '\\' && i < pattern.size()) low = pattern[i++];
    char high = low;
    if (i + 1 < pattern.size() && pattern[i] == '-' && pattern[i + 1] != ']') {
      high = pattern[i + 1];
      i += 2;
    }
    if (c >= low && c <= high) matched = true;
  }
  return false;
}

// Bounded by `budget` steps: a pattern of many stars can't cost more than a linear scan would
// forgive.
bool wild(std::string_view pattern, std::string_view text, int& budget) {
  std::size_t p = 0, t = 0;
  while (p < pattern.size()) {
    if (--budget < 0) return false;
    const char c = pattern[p];
    if (c == '*') {
      const bool any_depth = pattern.substr(p).starts_with("**");
      std::size_t after = p;
      while (after < pattern.size() && pattern[after] == '*') ++after;
      const bool segment = any_depth && (p == 0 || pattern[p - 1] == '/') &&
                           (after == pattern.size() || pattern[after] == '/');
      // "**/" also stands for no folder at all.
      if (segment && after < pattern.size() &&
          wild(pattern.substr(after + 1), text.substr(t), budget))
        return true;
      for (std::size_t i = t; i <= text.size(); ++i) {
        if (wild(pattern.substr(after), text.substr(i), budget)) return true;
        if (budget < 0 || (i < text.size() && text[i] == '/' && !segment)) return false;
      }
      return false;
    }
    if (t == text.size()) return false;
    bool matched = false;
    std::size_t end = p + 1;
    if (c == '?') {
      matched = text[t] != '/';
    } else if (c == '[' && bracket(pattern, p, text[t], matched, end)) {
    } else if (c == '\\' && p + 1 < pattern.size()) {
      matched = pattern[p + 1] == text[t];
      end = p + 2;
    } else {
      matched = c == text[t];
    }
    if (!matched) return false;
    p = end;
    ++t;
  }
  return t == text.size();
}

}  // namespace

std::vector<GitPattern> parse_gitignore(std::string_view bytes) {
  std::vector<GitPattern> patterns;
  while (!bytes.empty()) {
    const std::size_t newline = bytes.find('\n');
    std::string_view line = bytes.substr(0, newline);
    bytes.remove_prefix(newline == std::string_view::npos ? bytes.size() : newline + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    // Trailing spaces do not count unless the last one is escaped.
    while (line.ends_with(' ') && !line.ends_with("\\ ")) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    GitPattern pattern;
    if (line.front() == '!') {
      pattern.negated = true;
      line.remove_prefix(1);
    }
    if (line.ends_with('/')) {
      pattern.only_directories = true;
      line.remove_suffix(1);
    }
    if (line.empty()) continue;
    pattern.anchored = line.find('/') != std::string_view::npos;
    if (line.front() == '/') line.remove_prefix(1);
    pattern.text = line;
    patterns.push_back(std::move(pattern));
  }
  return patterns;
}

Verdict match_gitignore(const std::vector<GitPattern>& patterns, std::string_view path,
                        bool is_directory) {
  for (auto pattern = patterns.rbegin(); pattern != patterns.rend(); ++pattern) {
    if (pattern->only_directories && !is_directory) continue;
    int budget = 20'000;
    if (wild(pattern->text, pattern->anchored ? path : file_name(path), budget))
      return pattern->negated ? Verdict::included : Verdict::ignored;
  }
  return Verdict::silent;
}

}  // namespace plimsoll::parse::ignorefile
