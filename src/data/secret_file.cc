// Tells files that hold secrets, and clutter, by the end of their path; exceptions (public keys,
// examples) stand first in the table of secrets.
#include "base/ascii.h"
#include "base/glob.h"
#include "data/lookup.h"
#include "data/names.h"
#include "data/tables.h"

namespace plimsoll::data {
namespace {

// The last components of a path, as many as the glob has.
std::string_view path_end(std::string_view path, std::string_view glob) {
  std::size_t at = path.size();
  for (auto wanted = 1 + std::ranges::count(glob, '/'); wanted > 0; --wanted) {
    if (at == 0) return {};  // the path is shorter than the glob
    at = path.rfind('/', at - 1);
    if (at == std::string_view::npos) return wanted == 1 ? path : std::string_view{};
  }
  return path.substr(at + 1);
}

// A look at both ends, which refuses nearly every glob for nearly every path.
bool may_match(std::string_view glob, std::string_view name, std::string_view path) {
  if (glob.back() != '*' && glob.back() != path.back()) return false;
  return glob.front() == '*' || glob.front() == name.front() ||
         glob.find('/') != std::string_view::npos;
}

std::string plain(std::string_view path) {
  std::string lowered = lower(path);
  std::ranges::replace(lowered, '\\', '/');
  while (lowered.ends_with('/')) lowered.pop_back();
  return lowered;
}

}  // namespace

Clutter find_clutter(std::string_view path, bool folder) {
  const std::string lowered = plain(path);
  const std::string_view name = path_end(lowered, "");
  for (const ClutterGlob& row : kContextClutter)
    if (row.clutter.folder == folder && !name.empty() && may_match(row.glob, name, lowered) &&
        glob_match(row.glob, name))
      return row.clutter;
  return {};
}

SecretFile find_secret_file(std::string_view path) {
  const std::string lowered = plain(path);
  if (lowered.empty()) return {};
  const std::string_view name = path_end(lowered, "");
  for (const FileGlob& row : kSecretFiles) {
    if (name.empty() || !may_match(row.glob, name, lowered)) continue;
    if (const std::string_view end = path_end(lowered, row.glob);
        !end.empty() && glob_match(row.glob, end))
      return row.file;
  }
  return {};
}

}  // namespace plimsoll::data
