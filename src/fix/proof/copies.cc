// Folders become tars for volumes; a single file can't lie in a volume, so its copy is mounted.
#include "fix/proof/copies.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/concat.h"
#include "engineapi/tar.h"

namespace plimsoll::fix::proof {
namespace {

namespace stdfs = std::filesystem;

bool is_within_folder(const std::string& path, const std::string& folder) {
  std::error_code error;
  const std::string real = stdfs::canonical(folder, error).string();
  return !error && real != "/" && (path == real || path.starts_with(concat({real, "/"})));
}

engineapi::TarEntry entry_of(std::string_view name, const struct stat& status) {
  return {.path = name,
          .mode = status.st_mode,
          .uid = status.st_uid,
          .gid = status.st_gid,
          .modified = status.st_mtime};
}

class FolderTar {
 public:
  explicit FolderTar(const Fs& fs) : fs_(fs) {}

  Result<std::string> pack(const std::string& folder) {
    std::vector<std::string> open{""};  // folders, relative
    while (!open.empty()) {
      const std::string within = std::move(open.back());
      open.pop_back();
      const std::string path = within.empty() ? folder : join_path(folder, within);
      const Result<std::vector<DirectoryEntry>> entries = fs_.list(path);
      if (!entries) return tl::unexpected(entries.error());
      for (const DirectoryEntry& entry : *entries) {
        const std::string name = within.empty() ? entry.name : join_path(within, entry.name);
        if (const Result<void> added = add(folder, name); !added)
          return tl::unexpected(added.error());
        if (entry.kind == FileKind::directory) open.push_back(name);
      }
    }
    return tar_.take();
  }

 private:
  Result<void> add(const std::string& folder, const std::string& name) {
    const std::string path = join_path(folder, name);
    struct stat status {};
    if (++count_ > kCopyEntries || tar_.size() > kCopyLimit)
      return fail(ErrorKind::too_large, concat({folder, " holds more than is copied"}));
    if (::lstat(path.c_str(), &status) != 0) return {};
    if (S_ISDIR(status.st_mode)) tar_.directory(entry_of(name, status));
    if (S_ISLNK(status.st_mode)) {
      std::error_code error;
      tar_.symlink(entry_of(name, status), stdfs::read_symlink(path, error).string());
    }
    if (!S_ISREG(status.st_mode)) return {};
    const Result<std::string> bytes = fs_.read(path, kCopyLimit);
    if (!bytes) return tl::unexpected(bytes.error());
    tar_.file(entry_of(name, status), *bytes);
    return {};
  }

  const Fs& fs_;
  engineapi::Tar tar_;
  std::size_t count_ = 0;
};

}  // namespace

HostKind look_at(const std::string& path, const std::vector<std::string>& folders) {
  std::error_code error;
  const stdfs::path real = stdfs::canonical(path, error);
  if (error) return stdfs::is_symlink(path, error) ? HostKind::foreign : HostKind::missing;
  if (std::ranges::none_of(folders, [&](const std::string& folder) {
        return is_within_folder(real.string(), folder);
      }))
    return HostKind::foreign;
  const stdfs::file_status status = stdfs::status(real, error);
  if (stdfs::is_directory(status)) return HostKind::folder;
  return stdfs::is_regular_file(status) ? HostKind::file : HostKind::foreign;
}

Result<std::string> pack_folder(const std::string& folder, const Fs& fs) {
  return FolderTar(fs).pack(folder);
}

Copies::~Copies() {
  std::error_code error;
  if (!folder_.empty()) stdfs::remove_all(folder_, error);
}

Result<std::string> Copies::make(std::string_view bytes) {
  if (folder_.empty()) {
    std::error_code error;
    std::string pattern = (stdfs::temp_directory_path(error) / "plimsoll-XXXXXX").string();
    if (error || ::mkdtemp(pattern.data()) == nullptr)
      return fail(ErrorKind::unreadable, "no folder for copies can be made");
    folder_ = pattern;
  }
  std::string path = join_path(folder_, std::to_string(++count_));
  std::ofstream file(path, std::ios::binary);
  file << bytes;
  if (!file.flush()) return fail(ErrorKind::unreadable, concat({path, " can't be written"}));
  return path;
}

Result<std::string> Copies::add(std::string_view bytes, std::uint32_t mode) {
  Result<std::string> path = make(bytes);
  if (path) (void)::chmod(path->c_str(), mode);
  return path;
}

Result<std::string> Copies::add_file(const std::string& path, const Fs& fs) {
  const Result<std::string> bytes = fs.read(path, kCopyLimit);
  if (!bytes) return tl::unexpected(bytes.error());
  Result<std::string> copy = make(*bytes);
  struct stat status {};
  if (!copy || ::stat(path.c_str(), &status) != 0) return copy;
  // Only root may give files away; for others the owner is the same.
  if (::chown(copy->c_str(), status.st_uid, status.st_gid) != 0 && ::geteuid() == 0)
    return fail(ErrorKind::unreadable, concat({"the copy of ", path, " can't get its owner"}));
  (void)::chmod(copy->c_str(), status.st_mode & 07777U);
  return copy;
}

}  // namespace plimsoll::fix::proof
