// Unlike git's, these patterns are all matched from the context's folder on, and one that matches a
// folder matches all that is in it.
#include "parse/ignorefile/dockerignore.h"

#include <algorithm>

namespace plimsoll::parse::ignorefile {
namespace {

constexpr std::string_view kBlanks = " \t\r\v\f";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// As Go's filepath.Clean: "./a//b/../c/" is "a/c". What leads out of the context stays as it is.
std::string cleaned(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (part == ".." && !parts.empty() && parts.back() != "..")
      parts.pop_back();
    else if (!part.empty() && part != ".")
      parts.push_back(part);
  }
  std::string result;
  for (const std::string_view part : parts) {
    if (!result.empty()) result += '/';
    result += part;
  }
  return result;
}

// "[a-z]", "[^a-z]": pattern[at] is the bracket. Sets `end` behind it; false if it never closes.
bool bracket(std::string_view pattern, std::size_t at, char c, bool& matched, std::size_t& end) {
  std::size_t i = at + 1;
  const bool negated = i < pattern.size() && pattern[i] == '^';
  if (negated) ++i;
  matched = false;
  for (bool first = true; i < pattern.size(); first = false) {
    if (pattern[i] == ']' && !first) {
      end = i + 1;
      matched = matched != negated;
      return true;
    }
    char low = pattern[i++];
    if (low == '\\' && i < pattern.size()) low = pattern[i++];
    char high = low;
    if (i + 1 < pattern.size() && pattern[i] == '-' && pattern[i + 1] != ']') {
      high = pattern[i + 1];
      i += 2;
    }
    matched |= c >= low && c <= high;
  }
  return false;
}

// Bounded by `budget` steps, so that a pattern of many stars is no trap.
bool wild(std::string_view pattern, std::string_view text, int& budget) {
  std::size_t p = 0, t = 0;
  while (p < pattern.size()) {
    if (--budget < 0) return false;
    if (pattern.substr(p).starts_with("**")) {
      std::size_t after = p + 2;
      if (after < pattern.size() && pattern[after] == '/') ++after;
      if (after == pattern.size()) return true;
      // Any number of whole folders.
      const std::string_view rest = pattern.substr(after);
      if (wild(rest, text.substr(t), budget)) return true;
      for (std::size_t i = t; i < text.size(); ++i)
        if (text[i] == '/' && wild(rest, text.substr(i + 1), budget)) return true;
      return false;
    }
    if (pattern[p] == '*') {
      for (std::size_t i = t;; ++i) {
        if (wild(pattern.substr(p + 1), text.substr(i), budget)) return true;
        if (budget < 0 || i == text.size() || text[i] == '/') return false;
      }
    }
    if (t == text.size()) return false;
    bool matched = false;
    std::size_t end = p + 1;
    if (pattern[p] == '?') {
      matched = text[t] != '/';
    } else if (pattern[p] == '[' && bracket(pattern, p, text[t], matched, end)) {
    } else if (pattern[p] == '\\' && p + 1 < pattern.size()) {
      matched = pattern[p + 1] == text[t];
      end = p + 2;
    } else {
      matched = pattern[p] == text[t];
    }
    if (!matched) return false;
    p = end;
    ++t;
  }
  return t == text.size();
}

bool matches(const DockerPattern& pattern, std::string_view path) {
  int budget = 20'000;
  return wild(pattern.text, path, budget);
}

bool matches_or_parent(const DockerPattern& pattern, std::string_view path) {
  for (std::size_t at = path.find('/'); at != std::string_view::npos; at = path.find('/', at + 1))
    if (matches(pattern, path.substr(0, at))) return true;
  return matches(pattern, path);
}

}  // namespace

std::vector<DockerPattern> parse_dockerignore(std::string_view bytes) {
  std::vector<DockerPattern> patterns;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  while (!bytes.empty()) {
    const std::size_t newline = bytes.find('\n');
    std::string_view line = bytes.substr(0, newline);
    bytes.remove_prefix(newline == std::string_view::npos ? bytes.size() : newline + 1);
    if (line.starts_with('#')) continue;
    line = trimmed(line);
    DockerPattern pattern;
    if (line.starts_with('!')) {
      pattern.negated = true;
      line = trimmed(line.substr(1));
    }
    if (line.empty()) continue;
    pattern.text = cleaned(line);
    if (!pattern.text.empty()) patterns.push_back(std::move(pattern));
  }
  return patterns;
}

bool is_ignored(std::span<const DockerPattern> patterns, std::string_view path) {
  bool ignored = false;
  for (const DockerPattern& pattern : patterns)
    if (pattern.negated == ignored && matches_or_parent(pattern, path)) ignored = !pattern.negated;
  return ignored;
}

bool may_include_below(std::span<const DockerPattern> patterns, std::string_view folder) {
  const std::string inside = std::string(folder) + '/';
  return std::ranges::any_of(patterns, [&](const DockerPattern& pattern) {
    const std::size_t wildcard = pattern.text.find_first_of("*?[\\");
    const std::string_view start = std::string_view(pattern.text).substr(0, wildcard);
    return pattern.negated &&
           (start.starts_with(inside) ||
            (wildcard != std::string_view::npos && std::string_view(inside).starts_with(start)));
  });
}

}  // namespace plimsoll::parse::ignorefile
