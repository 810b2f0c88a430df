// mkdtemp and mkstemp: names that nobody can guess or occupy beforehand.
#include "base/own_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "base/concat.h"
#include "base/fs.h"

namespace plimsoll {
namespace {

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

void make_folders(const std::string& path) {
  if (path.empty() || ::mkdir(path.c_str(), 0700) == 0 || errno != ENOENT) return;
  make_folders(std::string(parent_path(path)));
  ::mkdir(path.c_str(), 0700);
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  const char* named = std::getenv("TMPDIR");
  for (const std::string_view in : {"/dev/shm", named != nullptr ? named : "/tmp", "/tmp"}) {
    std::string path = concat({in, "/plimsoll-XXXXXX"});
    if (::mkdtemp(path.data()) == nullptr) continue;
    path_ = path;
    return;
  }
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

Result<void> replace_file(const std::string& path, std::string_view bytes) {
  make_folders(std::string(parent_path(path)));
  std::string temporary = concat({path, ".XXXXXX"});
  const int file = ::mkstemp(temporary.data());  // with mode 0600
  if (file >= 0) {
    const bool written = write_all(file, bytes);
    if (::close(file) == 0 && written && std::rename(temporary.c_str(), path.c_str()) == 0)
      return {};
    const int error = errno;
    ::unlink(temporary.c_str());
    errno = error;
  }
  return fail(ErrorKind::unreadable, concat({"cannot write ", path, ": ", std::strerror(errno)}));
}

}  // namespace plimsoll
