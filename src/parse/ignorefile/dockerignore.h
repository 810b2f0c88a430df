// Reads a .dockerignore and tells which paths it keeps out of a build.
// Source: moby/patternmatcher v0.6.1, patternmatcher.go and ignorefile/ignorefile.go.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parse/ignorefile/wildcard.h"
#include "text/place.h"

namespace plimsoll::parse::ignorefile {

struct DockerPattern {
  std::string text;      // cleaned: no "./", no "/" in front or behind, no "!"
  bool negated = false;  // "!"
  text::Span where{};    // in the file, "!" included
  bool rooted = false;  // written with a "/" in front, which changes nothing but says what is meant
  Wildcard wildcard;

  // The path itself, not what lies in it. See Wildcard::matches.
  [[nodiscard]] bool matches(std::string_view path, std::uint64_t& steps) const {
    return wildcard.matches(path, steps);
  }
};

// Why a builder refuses the whole file.
struct DockerIgnoreProblem {
  text::Span where{};
  std::uint32_t line = 1;
  std::string_view message{};  // a clause: "syntax error in pattern"
};

struct DockerIgnore {
  std::vector<DockerPattern> patterns;  // in order, without those that a problem speaks of
  std::vector<DockerIgnoreProblem> problems;
};

DockerIgnore parse_dockerignore(std::string_view bytes);

// Whether the file or folder, or a folder that it lies in, is kept out; the last pattern that
// matches counts. `path` is relative to the context, as "a/b". `broken`: such a pattern was asked
// before the answer was known, so a build stops here.
bool is_ignored(std::span<const DockerPattern> patterns, std::string_view path,
                bool* broken = nullptr);

// The same, a folder at a time: `above` says for each pattern whether it matches a folder that the
// path lies in; empty: there is none.
bool is_ignored_within(std::span<const DockerPattern> patterns, std::string_view path,
                       std::span<const std::uint8_t> above, std::uint64_t& steps);

// Whether the pattern may match something that lies in the folder, wherever.
bool may_match_below(const DockerPattern& pattern, std::string_view folder);
// Whether a negated pattern may bring back something that lies in the folder.
bool may_include_below(std::span<const DockerPattern> patterns, std::string_view folder);

}  // namespace plimsoll::parse::ignorefile
