// BuildKit turns patterns into regular expressions. Only `*` and `?` are special, so that runs of
// characters between stars can be searched one after the other, without backtracking; the matches
// are those of Go's regexp. Source: BuildKit frontend/dockerfile/shell/lex.go
// (convertShellPatternToRegex, trimPrefix, trimSuffix, reversePattern).
#include "parse/dockerfile/pattern.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "parse/dockerfile/characters.h"

namespace plimsoll::parse::dockerfile {
namespace {

using Text = std::u32string;
using View = std::u32string_view;

constexpr char32_t kAny = 0x110000;  // `?`: no code point

// The runs between stars: "a*b" has two, "*" two empty ones.
using Runs = std::vector<Text>;

struct Match {
  std::size_t begin, end;
};

Text decode(std::string_view text) {
  Text result;
  for (std::size_t at = 0; at < text.size();) {
    const Rune rune = decode_rune(text, at);
    result += rune.value;
    at += rune.size;
  }
  return result;
}

std::string encode(View text) {
  std::string result;
  for (const char32_t rune : text) append_rune(result, rune);
  return result;
}

std::optional<Runs> compile(View pattern) {
  if (pattern.starts_with(U'\uFEFF'))
    pattern.remove_prefix(1);  // Go's text/scanner drops a byte order mark
  Runs runs(1);
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    char32_t c = pattern[i];
    if (c == '*') {
      runs.emplace_back();
      continue;
    }
    if (c == '?') c = kAny;
    if (c == '\\') {
      const char32_t next = i + 1 < pattern.size() ? pattern[i + 1] : 0;
      if (next == '}' || next == '/') continue;  // escaped for ${} alone; not part of the pattern
      if (next != '*' && next != '?' && next != '\\') return std::nullopt;
      c = next;
      ++i;
    }
    runs.back() += c;
  }
  return runs;
}

bool run_at(View text, std::size_t at, View run) {
  if (text.size() - at < run.size()) return false;
  for (std::size_t i = 0; i < run.size(); ++i)
    if (run[i] != text[at + i] && (run[i] != kAny || text[at + i] == '\n')) return false;
  return true;
}

std::optional<std::size_t> find_run(View text, std::size_t from, View run) {
  for (; from + run.size() <= text.size(); ++from)
    if (run_at(text, from, run)) return from;
  return std::nullopt;
}

// The last place of a run in text[from, end).
std::optional<std::size_t> find_last_run(View text, std::size_t from, std::size_t end, View run) {
  if (end < from + run.size()) return std::nullopt;
  for (std::size_t at = end - run.size() + 1; at-- > from;)
    if (run_at(text, at, run)) return at;
  return std::nullopt;
}

// Stars do not match a newline, so a match that begins at `at` ends on its line at the latest.
View line_from(View text, std::size_t at) {
  return text.substr(0, text.find('\n', at));
}

// The end of the match that begins at `at`: with few characters in the stars, or with as many as
// there can be.
std::optional<std::size_t> match_at(View text, std::size_t at, const Runs& runs, bool greedy) {
  if (!run_at(text, at, runs.front())) return std::nullopt;
  std::size_t begin = at + runs.front().size();
  const View line = line_from(text, begin);
  if (!greedy) {
    for (std::size_t i = 1; i < runs.size(); ++i) {
      const auto found = find_run(line, begin, runs[i]);
      if (!found) return std::nullopt;
      begin = *found + runs[i].size();
    }
    return begin;
  }
  // From the right: the last place of the last run leaves most room to all others.
  std::size_t end = line.size(), match_end = begin;
  for (std::size_t i = runs.size() - 1; i >= 1; --i) {
    const auto found = find_last_run(line, begin, end, runs[i]);
    if (!found) return std::nullopt;
    if (i == runs.size() - 1) match_end = *found + runs[i].size();
    end = *found;
  }
  return match_end;
}

std::optional<Match> find_match(View text, std::size_t from, const Runs& runs) {
  while (from <= text.size()) {
    const auto begin = find_run(text, from, runs.front());
    if (!begin) return std::nullopt;
    if (const auto end = match_at(text, *begin, runs, true)) return Match{*begin, *end};
    // What did not follow here follows nowhere on this line: so the search is linear in the number
    // of lines.
    const std::size_t newline = text.find('\n', *begin);
    if (newline == View::npos) return std::nullopt;
    from = newline + 1;
  }
  return std::nullopt;
}

// Go's Regexp.Expand, where the whole match is the only group.
Text fill_template(View replacement, View whole) {
  const auto is_name = [](char32_t c) { return is_letter(c) || is_digit(c) || c == '_'; };
  Text result;
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    if (replacement[i] != '$') {
      result += replacement[i];
      continue;
    }
    if (i + 1 < replacement.size() && replacement[i + 1] == '$') {
      result += replacement[i++];
      continue;
    }
    const bool braces = i + 1 < replacement.size() && replacement[i + 1] == '{';
    const std::size_t begin = i + (braces ? 2 : 1);
    std::size_t end = begin;
    while (end < replacement.size() && is_name(replacement[end])) ++end;
    if (end == begin || (braces && (end == replacement.size() || replacement[end] != '}'))) {
      result += U'$';  // names no group, so it means itself
      continue;
    }
    const View name = replacement.substr(begin, end - begin);
    if (name == U"0") result += whole;
    i = braces ? end : end - 1;
  }
  return result;
}

// Keeps a backslash in front of what it escapes; one at the very end comes first and so escapes
// what it should not.
Text reverse_pattern(View pattern) {
  Text result;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    result += pattern[i];
    if (pattern[i] != '\\' || i + 1 == pattern.size()) continue;
    result.back() = pattern[++i];
    result += U'\\';
  }
  std::ranges::reverse(result);
  return result;
}

}  // namespace

bool trim_pattern(std::string& value, std::string_view pattern, Trim how) {
  const bool suffix = how == Trim::shortest_suffix || how == Trim::longest_suffix;
  const bool greedy = how == Trim::longest_prefix || how == Trim::longest_suffix;
  const Text plain = decode(pattern);
  const std::optional<Runs> runs = compile(suffix ? reverse_pattern(plain) : plain);
  if (!runs) return false;
  Text text = decode(value);
  if (suffix) std::ranges::reverse(text);
  if (const auto end = match_at(text, 0, *runs, greedy)) text.erase(0, *end);
  if (suffix) std::ranges::reverse(text);
  value = encode(text);
  return true;
}

bool replace_pattern(std::string& value, std::string_view pattern, std::string_view replacement,
                     bool all) {
  const std::optional<Runs> runs = compile(decode(pattern));
  if (!runs) return false;
  const Text text = decode(value), by = decode(replacement);
  Text result;
  std::size_t done = 0, from = 0;
  while (true) {
    const std::optional<Match> match = find_match(text, from, *runs);
    if (!match) break;
    const auto [begin, end] = *match;
    // Go's regexp: an empty match directly behind another one does not count.
    if (end > done || begin == 0) {
      result += View(text).substr(done, begin - done);
      result += all ? fill_template(by, View(text).substr(begin, end - begin)) : by;
      done = end;
    }
    if (!all) break;
    from = end > begin ? end : end + 1;
  }
  result += View(text).substr(done);
  value = encode(result);
  return true;
}

}  // namespace plimsoll::parse::dockerfile
