// Reads a .dockerignore and tells which paths it keeps out of a build.
// Source: moby/patternmatcher, patternmatcher.go and ignorefile/ignorefile.go.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::parse::ignorefile {

struct DockerPattern {
  std::string text;      // cleaned: no "./", no "/" in front or behind, no "!"
  bool negated = false;  // "!"
};

// The patterns of one file, in order.
std::vector<DockerPattern> parse_dockerignore(std::string_view bytes);

// Whether the file or folder, or a folder that it lies in, is kept out; the last pattern that
// matches counts. `path` is relative to the context, as "a/b".
bool is_ignored(std::span<const DockerPattern> patterns, std::string_view path);

// Whether a negated pattern may bring back something that lies in the folder.
bool may_include_below(std::span<const DockerPattern> patterns, std::string_view folder);

}  // namespace plimsoll::parse::ignorefile
