// The file system as a seam: the real one, and one in memory for tests.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace plimsoll {

// The last part of a path: a file's or a program's name.
constexpr std::string_view base_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

enum class FileKind : std::uint8_t { file, directory, symlink, other };

struct DirectoryEntry {
  std::string name;
  FileKind kind = FileKind::other;  // of the entry itself: a symlink is not followed
};

struct FileStatus {
  FileKind kind = FileKind::other;  // of what a symlink leads to
  std::uint64_t size_bytes = 0;
  std::uint64_t device = 0, inode = 0;  // together they identify a file or folder
};

// Paths are used as they are given, relative ones from the working directory. Thread-safe.
class Fs {
 public:
  virtual ~Fs() = default;
  // The whole file. Fails with ErrorKind::too_large past `max_bytes`, not having read further, and
  // with `unreadable` for what is not a regular file (a folder, a socket, a device).
  [[nodiscard]] virtual Result<std::string> read(const std::string& path,
                                                 std::uint64_t max_bytes) const = 0;
  // What a folder holds, sorted by name, without "." and "..".
  [[nodiscard]] virtual Result<std::vector<DirectoryEntry>> list(const std::string& path) const = 0;
  [[nodiscard]] virtual Result<FileStatus> status(const std::string& path) const = 0;
};

class RealFs final : public Fs {
 public:
  [[nodiscard]] Result<std::string> read(const std::string& path,
                                         std::uint64_t max_bytes) const override;
  [[nodiscard]] Result<std::vector<DirectoryEntry>> list(const std::string& path) const override;
  [[nodiscard]] Result<FileStatus> status(const std::string& path) const override;
};

// Files by path ("a/b"); folders are those that the paths imply. It counts how often each folder
// was listed, so that a test can say that it was read once.
class MemoryFs final : public Fs {
 public:
  explicit MemoryFs(std::map<std::string, std::string> files) : files_(std::move(files)) {}
  [[nodiscard]] Result<std::string> read(const std::string& path,
                                         std::uint64_t max_bytes) const override;
  [[nodiscard]] Result<std::vector<DirectoryEntry>> list(const std::string& path) const override;
  [[nodiscard]] Result<FileStatus> status(const std::string& path) const override;
  [[nodiscard]] int times_listed(const std::string& path) const;

 private:
  std::map<std::string, std::string> files_;
  mutable std::map<std::string, int> listed_;
};

// "a" + "b" = "a/b"; an empty or "." folder adds nothing.
std::string join_path(std::string_view folder, std::string_view name);
std::string_view file_name(std::string_view path);    // "a/b" -> "b"
std::string_view parent_path(std::string_view path);  // "a/b" -> "a", "b" -> "."

}  // namespace plimsoll
