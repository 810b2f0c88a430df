// A build context: the folder whose files a build is sent, as one listing of it saw them.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/ignore_line.h"
#include "data/names.h"
#include "facts/build.h"
#include "parse/ignorefile/dockerignore.h"
#include "text/place.h"

namespace plimsoll::facts {

// Paths are relative to the context's folder: "a/b".
struct ContextFile {
  std::string_view path{};
  std::uint64_t bytes = 0;  // 0 too for links, and where sizes were not asked for
};

// What no image should hold, and is sent to the build: a file, or a folder as a whole.
struct Unwanted {
  std::string_view path{};
  std::string_view kind{};  // "a private key"
  bool secret = false;      // false: clutter
  bool folder = false;
  data::Certainty certainty = data::Certainty::maybe;  // of a secret
};

// What came of a pattern of the ignore file.
struct PatternUse {
  bool matched = false;           // something in the folder, kept out or not
  bool may_match_unseen = false;  // something in a folder that was not looked into
  std::uint32_t deeper = 0;       // what is sent, lies deeper, and has a name that it would match;
  Unwanted worst{};               // of these the first secret, clutter, or whatever there is
};

struct FolderSize {
  std::string_view path{};  // directly in the context; a file there stands for itself
  std::uint64_t bytes = 0;
};

// A line that an ignore file should have.
struct CalledLine {
  const data::IgnoreLine* line = nullptr;
  bool lies_there = false;  // what it keeps out; else only what brings such
};

// All of a folder. Folders that are kept out as a whole, and those of clutter, are not looked into
// unless sizes are asked for.
struct ContextFiles {
  bool complete = true;                         // false: there is more than may be listed
  std::span<const ContextFile> files{};         // what a build is sent, sorted
  std::span<const std::string_view> ignored{};  // what it is not, folders as one, sorted
  std::span<const PatternUse> uses{};           // for each pattern of the ignore file
  std::span<const Unwanted> unwanted{};         // sorted by path
  std::span<const FolderSize> sizes{};          // the largest first; empty: not asked for
  std::uint64_t bytes = 0;                      // of all files
  // Each name that a file or folder has which is sent, sorted; empty where there is an ignore file.
  std::span<const std::string_view> names{};
  // What an ignore file would say of what is there; empty where there is one.
  std::span<const CalledLine> called{};
};

struct Context {
  const Build* build = nullptr;
  bool known = false;              // false: standard input, or the folder could not be listed
  std::string_view directory{};    // path of the context as the run names it
  std::string_view folder{};       // its absolute path
  std::string_view ignore_file{};  // the file in force: `<Dockerfile>.dockerignore` or
                                   // `.dockerignore`; empty: none
  const text::Source* ignore_source = nullptr;                          // its text; null: none
  std::uint32_t ignore_number = 0;                                      // its number in the run
  std::span<const parse::ignorefile::DockerPattern> ignore_patterns{};  // what it says
  std::span<const parse::ignorefile::DockerIgnoreProblem> ignore_problems{};
  bool shadows = false;  // `<Dockerfile>.dockerignore` is in force, and a `.dockerignore` is there
  std::span<const std::string_view> names{};  // files and folders directly in it, sorted
  std::span<const std::string_view>
      unwanted{};                       // those that no image should hold: see unwanted_names
  const ContextFiles* files = nullptr;  // null: no rule asked for it, or nothing is copied broadly

  [[nodiscard]] text::Place ignore_place(text::Span span) const { return {ignore_number, span}; }
};

// Of the names in a folder: repositories with their history, secrets, and what an install puts
// there anyway. A context's folder may serve many Dockerfiles, so this is asked once a folder.
std::vector<std::string_view> unwanted_names(std::span<const std::string_view> names);

// The same of lines that an ignore file should have, in their order; `top`: the names in the
// folder itself, `all`: in it and below. Both are sorted.
std::vector<CalledLine> called_lines(std::span<const std::string_view> top,
                                     std::span<const std::string_view> all);

// Is it taken from the context: not from a stage, an image, a URL or the Dockerfile itself?
bool from_context(const Copy& copy);
bool from_context(const Copy::Source& source);

// The source's path from the context's folder on, "." for all of it: "./a/b/" is "a/b". It may be
// a pattern. Empty: it can't be known, or it is not from the context.
std::string path_in_context(const Copy::Source& source);

// Does it take more than the one file that it names: a folder, a pattern, all?
bool is_broad(std::string_view path_in_context, const Context& context);

// One source of a COPY or ADD that is taken from the context.
struct FromContext {
  const Copy* copy = nullptr;
  const Copy::Source* source = nullptr;
  std::string path{};  // path_in_context
};
// Without those of ONBUILD. Of a Dockerfile of machines no more than the first thousand.
std::vector<FromContext> sources_from_context(const Build& build);

// Does it put the file or folder at `path` into the stage? What --exclude leaves out is not taken,
// nor, if it holds a variable, anything.
// Source: BuildKit v0.18, solver/llbsolver/file and tonistiigi/fsutil, copy/copy.go.
bool takes(const FromContext& source, std::string_view path);

}  // namespace plimsoll::facts
