// Reads files into memory with plain system calls: a mapped file that shrinks would kill the
// process.
#include "base/fs.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/concat.h"

namespace plimsoll {
namespace {

struct Descriptor {
  int number;
  explicit Descriptor(int n) : number(n) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
};

tl::unexpected<Error> last_error(std::string_view doing, const std::string& path) {
  const int code = errno;
  const ErrorKind kind =
      code == ENOENT || code == ENOTDIR ? ErrorKind::not_found : ErrorKind::unreadable;
  return fail(kind, concat({doing, " ", path, ": ", std::strerror(code)}));
}

FileKind kind_of(mode_t mode) {
  if (S_ISREG(mode)) return FileKind::file;
  if (S_ISDIR(mode)) return FileKind::directory;
  if (S_ISLNK(mode)) return FileKind::symlink;
  return FileKind::other;
}

// File systems that do not say the kind in the listing (DT_UNKNOWN) are asked entry by entry.
FileKind kind_of(const dirent& entry, int folder) {
  switch (entry.d_type) {
    case DT_REG:
      return FileKind::file;
    case DT_DIR:
      return FileKind::directory;
    case DT_LNK:
      return FileKind::symlink;
    case DT_UNKNOWN: {
      struct stat status {};
      if (::fstatat(folder, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0)
        return kind_of(status.st_mode);
      return FileKind::other;
    }
    default:
      return FileKind::other;
  }
}

tl::unexpected<Error> too_large(const std::string& path, std::uint64_t max_bytes) {
  return fail(ErrorKind::too_large,
              concat({path, " is larger than ", std::to_string(max_bytes >> 20), " MB"}));
}

}  // namespace

Result<std::string> RealFs::read(const std::string& path, std::uint64_t max_bytes) const {
  // Non-blocking, so that opening a pipe without a writer does not hang; regular files don't care.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.number < 0) return last_error("cannot read", path);
  struct stat status {};
  if (::fstat(file.number, &status) != 0) return last_error("cannot read", path);
  if (S_ISDIR(status.st_mode))
    return fail(ErrorKind::unreadable, concat({path, " is a folder, not a file"}));
  if (!S_ISREG(status.st_mode))
    return fail(ErrorKind::unreadable, concat({path, " is not a regular file"}));
  if (static_cast<std::uint64_t>(status.st_size) > max_bytes) return too_large(path, max_bytes);

  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t done = 0;
  while (true) {
    if (done ==
        bytes.size()) {  // at the end, or the file grew (or lies about its size, as in /proc)
      char probe[4096];
      const ssize_t more = ::read(file.number, probe, sizeof probe);
      if (more < 0 && errno == EINTR) continue;
      if (more < 0) return last_error("cannot read", path);
      if (more == 0) break;
      bytes.append(probe, static_cast<std::size_t>(more));
      done = bytes.size();
      if (done > max_bytes) return too_large(path, max_bytes);
      continue;
    }
    const ssize_t got = ::read(file.number, bytes.data() + done, bytes.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return last_error("cannot read", path);
    if (got == 0) {
      bytes.resize(done);
      break;
    }
    done += static_cast<std::size_t>(got);
  }
  return bytes;
}

Result<std::vector<DirectoryEntry>> RealFs::list(const std::string& path) const {
  DIR* folder = ::opendir(path.empty() ? "." : path.c_str());
  if (folder == nullptr) return last_error("cannot list", path);
  std::vector<DirectoryEntry> entries;
  while (const dirent* entry = ::readdir(folder)) {
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    entries.push_back({std::string(name), kind_of(*entry, ::dirfd(folder))});
  }
  ::closedir(folder);
  std::ranges::sort(entries, {}, &DirectoryEntry::name);
  return entries;
}

Result<FileStatus> RealFs::status(const std::string& path) const {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return last_error("cannot find", path);
  return FileStatus{.kind = kind_of(status.st_mode),
                    .size_bytes = static_cast<std::uint64_t>(status.st_size),
                    .device = status.st_dev,
                    .inode = status.st_ino};
}

std::string join_path(std::string_view folder, std::string_view name) {
  if (folder.empty() || folder == ".") return std::string(name);
  return concat({folder, folder.ends_with('/') ? "" : "/", name});
}

std::string_view file_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view parent_path(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return ".";
  return path.substr(0, slash == 0 ? 1 : slash);
}

}  // namespace plimsoll
