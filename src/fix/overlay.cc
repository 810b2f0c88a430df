// Paths are compared as the engine compares them: absolute, without "." and "..".
#include "fix/overlay.h"

#include <algorithm>

#include "base/concat.h"
#include "engine/project.h"

namespace plimsoll::fix {

// That of no real file system.
static constexpr std::uint64_t kDevice = ~std::uint64_t{0};

Overlay::Overlay(const Fs& below, const Texts& texts, std::string_view working_directory)
    : below_(below), texts_(texts), working_directory_(working_directory) {
  for (const auto& [path, text] : texts) {
    if (is_below(path)) continue;
    add(path, {FileKind::file, text.size(), 0});
    for (std::string folder(parent_path(path)); folder.size() > 1 && !is_below(folder);
         folder = parent_path(folder))
      add(folder, {FileKind::directory, 0, 0});
  }
}

// By the name that the engine would use for it.
bool Overlay::is_below(std::string_view path) const {
  if (path == working_directory_) return true;
  const std::string prefix =
      working_directory_.ends_with('/') ? working_directory_ : working_directory_ + '/';
  return below_.status(std::string(path.starts_with(prefix) ? path.substr(prefix.size()) : path))
      .has_value();
}

void Overlay::add(std::string path, Added added) {
  added.number = added_.size();
  added_.emplace(std::move(path), added);
}

std::string Overlay::absolute(std::string_view path) const {
  return engine::absolute_path(path, working_directory_);
}

Result<std::string> Overlay::read(const std::string& path, std::uint64_t max_bytes) const {
  if (texts_.empty()) return below_.read(path, max_bytes);
  const auto other = texts_.find(absolute(path));
  if (other == texts_.end()) return below_.read(path, max_bytes);
  if (other->second.size() > max_bytes)
    return fail(ErrorKind::too_large,
                concat({path, " is larger than ", std::to_string(max_bytes >> 20), " MB"}));
  return other->second;
}

Result<std::vector<DirectoryEntry>> Overlay::list(const std::string& path) const {
  Result<std::vector<DirectoryEntry>> entries = below_.list(path);
  if (!adds_files()) return entries;
  const std::string folder = absolute(path);
  std::vector<DirectoryEntry> more;
  const std::string prefix = folder == "/" ? folder : folder + '/';
  for (auto at = added_.lower_bound(prefix); at != added_.end() && at->first.starts_with(prefix);
       ++at)
    if (at->first.find('/', prefix.size()) == std::string::npos)
      more.push_back({at->first.substr(prefix.size()), at->second.kind});
  if (more.empty()) return entries;
  if (!entries) entries = std::vector<DirectoryEntry>();
  std::ranges::move(more, std::back_inserter(*entries));
  std::ranges::sort(*entries, {}, &DirectoryEntry::name);
  return entries;
}

Result<FileStatus> Overlay::status(const std::string& path) const {
  Result<FileStatus> status = below_.status(path);
  if (texts_.empty()) return status;
  const std::string name = absolute(path);
  if (const auto added = added_.find(name); added != added_.end())
    return FileStatus{.kind = added->second.kind,
                      .size_bytes = added->second.size_bytes,
                      .device = kDevice,
                      .inode = added->second.number};
  if (const auto other = texts_.find(name); status && other != texts_.end())
    status->size_bytes = other->second.size();
  return status;
}

std::string why_not_made(const std::string& path, const Fs& fs) {
  const std::string folder(parent_path(path));
  const Result<std::vector<DirectoryEntry>> entries = fs.list(folder);
  const auto has_name = [&](const DirectoryEntry& e) { return e.name == file_name(path); };
  if (fs.status(path) || (entries && std::ranges::any_of(*entries, has_name)))
    return concat({file_name(path), " is there already"});
  if (entries) return {};
  if (fs.status(folder)) return concat({folder, " can't be listed"});
  return folder.size() <= 1 ? "there is no folder" : why_not_made(folder, fs);
}

}  // namespace plimsoll::fix
