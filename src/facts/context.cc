// Tells what of a folder should not be sent to a build, and what a COPY takes of it.
#include "facts/context.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/glob.h"
#include "data/names.h"
#include "parse/ignorefile/go_path.h"

namespace plimsoll::facts {
namespace {

// Sorted.
constexpr std::array<std::string_view, 11> kKnownFolders = {
    ".aws",       ".git",  ".hg",         ".kube",        ".ssh",   ".svn",
    ".terraform", ".venv", "__pycache__", "node_modules", "secrets"};

bool is_pattern(std::string_view path) {
  return path.find_first_of("*?[\\") != std::string_view::npos;
}

bool lies_below(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

// How much of `path` the source's path names: the file itself or a folder that it lies in. Empty:
// it names something else.
std::string_view named_part(std::string_view source, std::string_view path) {
  if (!is_pattern(source)) return lies_below(path, source) ? path.substr(0, source.size()) : "";
  for (std::size_t at = path.find('/'); at != std::string_view::npos; at = path.find('/', at + 1))
    if (parse::ignorefile::match_path(source, path.substr(0, at))) return path.substr(0, at);
  return parse::ignorefile::match_path(source, path) ? path : std::string_view{};
}

// `--exclude` counts from the folder that is copied on; for a file by itself it is its name.
bool is_excluded(const Copy& copy, std::string_view inside) {
  for (const parse::dockerfile::Flag& flag : copy.instruction->flags) {
    if (flag.name != "exclude") continue;
    if (flag.value.find('$') != std::string_view::npos) return true;
    if (is_ignored(parse::ignorefile::parse_dockerignore(flag.value).patterns, inside)) return true;
  }
  return false;
}

}  // namespace

static bool is_wild(std::string_view name) {
  return name.find_first_of("*?[") != std::string_view::npos;
}

static bool has_name(std::span<const std::string_view> names, std::string_view glob) {
  if (!is_wild(glob)) return std::ranges::binary_search(names, glob);
  return std::ranges::any_of(names, [&](std::string_view name) { return glob_match(glob, name); });
}

std::vector<CalledLine> called_lines(std::span<const std::string_view> top,
                                     std::span<const std::string_view> all) {
  constexpr std::string_view kAnyDepth = "**/";
  std::vector<CalledLine> called;
  for (const data::IgnoreLine& line : data::ignore_lines()) {
    const bool any_depth = line.pattern.starts_with(kAnyDepth);
    const bool lies =
        has_name(any_depth ? all : top, line.pattern.substr(any_depth ? kAnyDepth.size() : 0));
    if (lies || std::ranges::any_of(line.manifests, [&](auto glob) { return has_name(top, glob); }))
      called.push_back({&line, lies});
  }
  return called;
}

std::vector<std::string_view> unwanted_names(std::span<const std::string_view> names) {
  std::vector<std::string_view> unwanted;
  std::ranges::copy_if(names, std::back_inserter(unwanted), [](std::string_view name) {
    return std::ranges::binary_search(kKnownFolders, name) || !data::secret_file(name).empty();
  });
  return unwanted;
}

bool from_context(const Copy& copy) {
  return copy.from.absent() && copy.from_stage == nullptr;
}

bool from_context(const Copy::Source& source) {
  return source.path.known() && !source.heredoc && !source.url && !source.git;
}

std::string path_in_context(const Copy::Source& source) {
  if (!from_context(source) || source.path.value.empty()) return {};
  // What would lead out of the context stays in it.
  const std::string path = parse::ignorefile::clean_path("/" + std::string(source.path.value));
  return path == "/" ? "." : path.substr(1);
}

bool is_broad(std::string_view path, const Context& context) {
  if (path.empty()) return false;
  if (path == "." || is_pattern(path) || path.find('/') != std::string_view::npos) return true;
  // A name with an ending is a file's more often than not, but only a listing would tell.
  return std::ranges::binary_search(context.names, path);
}

std::vector<FromContext> sources_from_context(const Build& build) {
  constexpr std::size_t kMost = 1000;
  std::vector<FromContext> sources;
  for (const Stage& stage : build.stages)
    for (const Copy& copy : stage.copies) {
      if (copy.trigger || !from_context(copy)) continue;
      for (const Copy::Source& source : copy.sources) {
        std::string path = path_in_context(source);
        if (!path.empty()) sources.push_back({&copy, &source, std::move(path)});
        if (sources.size() == kMost) return sources;
      }
    }
  return sources;
}

bool takes(const FromContext& source, std::string_view path) {
  if (source.path == ".") return !is_excluded(*source.copy, path);
  const std::string_view named = named_part(source.path, path);
  if (named.empty()) return false;
  return !is_excluded(*source.copy, named.size() == path.size() ? path.substr(path.rfind('/') + 1)
                                                                : path.substr(named.size() + 1));
}

}  // namespace plimsoll::facts
