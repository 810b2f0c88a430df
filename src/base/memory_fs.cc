// A file system of a few strings, for tests.
#include <algorithm>

#include "base/concat.h"
#include "base/fs.h"

namespace plimsoll {

static std::string prefix_of(const std::string& folder) {
  return folder.empty() || folder == "." ? std::string()
                                         : concat({folder, folder.ends_with('/') ? "" : "/"});
}

Result<std::string> MemoryFs::read(const std::string& path, std::uint64_t max_bytes) const {
  const auto found = files_.find(path);
  if (found == files_.end())
    return fail(ErrorKind::not_found,
                concat({"cannot read ", path, ": No such file or directory"}));
  if (found->second.size() > max_bytes)
    return fail(ErrorKind::too_large, concat({path, " is too large"}));
  return found->second;
}

Result<std::vector<DirectoryEntry>> MemoryFs::list(const std::string& path) const {
  ++listed_[path];
  const std::string prefix = prefix_of(path);
  std::vector<DirectoryEntry> entries;
  for (const auto& [name, bytes] : files_) {
    if (!name.starts_with(prefix)) continue;
    const std::string rest = name.substr(prefix.size());
    const std::size_t slash = rest.find('/');
    const std::string first = rest.substr(0, slash);
    if (!entries.empty() && entries.back().name == first) continue;
    entries.push_back({first, slash == std::string::npos ? FileKind::file : FileKind::directory});
  }
  if (entries.empty() && !prefix.empty())
    return fail(ErrorKind::not_found, concat({"cannot list ", path}));
  std::ranges::sort(entries, {}, &DirectoryEntry::name);
  return entries;
}

Result<FileStatus> MemoryFs::status(const std::string& path) const {
  if (const auto found = files_.find(path); found != files_.end())
    return FileStatus{.kind = FileKind::file,
                      .size_bytes = found->second.size(),
                      .inode = std::hash<std::string>{}(path)};
  const std::string prefix = prefix_of(path);
  for (const auto& [name, bytes] : files_)
    if (name.starts_with(prefix))
      return FileStatus{.kind = FileKind::directory, .inode = std::hash<std::string>{}(prefix)};
  return fail(ErrorKind::not_found, concat({"cannot find ", path, ": No such file or directory"}));
}

int MemoryFs::times_listed(const std::string& path) const {
  const auto found = listed_.find(path);
  return found == listed_.end() ? 0 : found->second;
}

}  // namespace plimsoll
