// A name is taken in one step that fails if it is taken: what comes in the last moment is not lost.
#include "fix/creations.h"

#include <cstdio>
#include <filesystem>
#include <ranges>
#include <set>

#include "fix/open_file.h"

namespace plimsoll::fix {
namespace {

std::string folder_of(const std::string& path) {
  return std::filesystem::path(path).parent_path().string();
}

// Of file systems that can't rename in this way most can link. False: errno says why.
bool take_name(const std::string& from, const std::string& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
  if (errno != EINVAL && errno != ENOSYS) return false;
  return ::link(from.c_str(), to.c_str()) == 0 && ::unlink(from.c_str()) == 0;
}

}  // namespace

Creations::~Creations() {
  for (const File& file : files_ | std::views::reverse) {
    if (!file.beside.empty()) ::unlink(file.beside.c_str());
    struct stat now {};
    if (!kept_ && file.is_set && ::lstat(file.real.c_str(), &now) == 0 &&
        now.st_ino == file.status.st_ino && now.st_dev == file.status.st_dev)
      ::unlink(file.real.c_str());
  }
  if (kept_) return;
  for (const std::string& folder : folders_ | std::views::reverse) ::rmdir(folder.c_str());
}

Result<void> Creations::make_folders(const Writing& file, const std::string& folder) {
  struct stat status {};
  if (::stat(folder.c_str(), &status) == 0) {
    if (S_ISDIR(status.st_mode)) return {};
    return trouble(file.path, concat({folder, " is no folder"}));
  }
  if (Result<void> above = make_folders(file, folder_of(folder)); !above) return above;
  const bool is_open = file.kind == Writing::Kind::created;
  if (::mkdir(folder.c_str(), is_open ? 0777 : 0700) != 0)
    return trouble_of_system(file.path, "cannot make its folder");
  folders_.push_back(folder);
  return {};
}

// Compose binds a secret's file itself, with the mode that it has here, and the account of the
// container is another one. So all may read it; on the host the folder that is made for it keeps
// them out.
static mode_t mode_of(Writing::Kind kind) {
  return kind == Writing::Kind::secret ? 0600 : 0644;
}

Result<void> Creations::write_beside(File& file) {
  const std::filesystem::path real(file.real);
  std::string beside = (real.parent_path() / concat({".", real.filename().string(), ".plimsoll-",
                                                     std::to_string(::getpid())}))
                           .string();
  const mode_t mode = mode_of(file.wanted->kind);
  OpenFile out(::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode));
  if (out.number() < 0) return trouble_of_system(file.wanted->path, "cannot write beside it");
  file.beside = std::move(beside);
  const bool is_kept = file.wanted->kind != Writing::Kind::mounted ||
                       ::fchmod(out.number(), mode) == 0;  // whatever the umask is
  if (!is_kept || !write_all(out.number(), file.wanted->after) ||
      ::fstat(out.number(), &file.status) != 0 || ::fsync(out.number()) != 0 || !out.close())
    return trouble_of_system(file.wanted->path, "cannot write beside it");
  return {};
}

Result<void> Creations::prepare(const Writing& file, std::string real) {
  if (Result<void> made = make_folders(file, folder_of(real)); !made) return made;
  files_.push_back({.wanted = &file, .real = std::move(real), .beside = {}});
  return write_beside(files_.back());
}

Result<void> Creations::set() {
  for (File& file : files_) {
    if (!take_name(file.beside, file.real)) {
      if (errno == EEXIST)
        return trouble(file.wanted->path, "another file has come there; it is left as it is");
      return trouble_of_system(file.wanted->path, "cannot make it");
    }
    file.beside.clear();
    file.is_set = true;
  }
  return {};
}

void Creations::keep() {
  kept_ = true;
  std::set<std::string> folders;
  for (const File& file : files_) folders.insert(folder_of(file.real));
  for (const std::string& folder : folders_) folders.insert(folder_of(folder));
  for (const std::string& folder : folders) keep_folder(folder);
}

}  // namespace plimsoll::fix
