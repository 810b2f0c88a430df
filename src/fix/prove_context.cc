// What an ignore file newly keeps out must not be what some Dockerfile asks for by name.
#include <algorithm>

#include "base/arena.h"
#include "base/concat.h"
#include "base/fs.h"
#include "facts/build.h"
#include "facts/context.h"
#include "facts/lower.h"
#include "fix/prove.h"
#include "parse/dockerfile/parse.h"
#include "parse/ignorefile/dockerignore.h"

namespace plimsoll::fix {
namespace {

using parse::ignorefile::DockerPattern;

bool keeps_out(std::span<const DockerPattern> patterns, const std::string& path) {
  return is_ignored(patterns, path) && !may_include_below(patterns, path);
}

}  // namespace

bool is_served_by(std::string_view ignore_file, std::string_view dockerfile) {
  constexpr std::string_view kUsual = ".dockerignore";
  if (!ignore_file.ends_with(kUsual)) return false;
  if (file_name(ignore_file) != kUsual)
    return ignore_file.substr(0, ignore_file.size() - kUsual.size()) == dockerfile;
  const std::string_view folder = ignore_file.substr(0, ignore_file.size() - kUsual.size());
  return dockerfile.starts_with(folder);
}

std::string starved_copy(const text::Source& dockerfile, std::string_view before,
                         std::string_view after) {
  Arena arena;
  const parse::dockerfile::Tree tree = parse::dockerfile::parse(dockerfile, arena);
  const facts::Build* build = facts::lower_build(dockerfile, 0, tree, {}, arena);
  const auto old_lines = parse::ignorefile::parse_dockerignore(before),
             new_lines = parse::ignorefile::parse_dockerignore(after);
  for (const facts::FromContext& source : facts::sources_from_context(*build))
    if (source.path != "." && source.path.find_first_of("*?[\\") == std::string::npos &&
        !keeps_out(old_lines.patterns, source.path) && keeps_out(new_lines.patterns, source.path))
      return concat({source.path, ", which ", dockerfile.path(), " copies, would be kept out"});
  return {};
}

}  // namespace plimsoll::fix
