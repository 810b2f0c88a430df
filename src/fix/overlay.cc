// Paths are compared as the engine compares them: absolute, without "." and "..".
#include "fix/overlay.h"

#include "base/concat.h"
#include "engine/project.h"

namespace plimsoll::fix {

const std::string* Overlay::text(std::string_view path) const {
  if (texts_.empty()) return nullptr;
  const auto found = texts_.find(engine::absolute_path(path, working_directory_));
  return found == texts_.end() ? nullptr : &found->second;
}

Result<std::string> Overlay::read(const std::string& path, std::uint64_t max_bytes) const {
  const std::string* other = text(path);
  if (other == nullptr) return below_.read(path, max_bytes);
  if (other->size() > max_bytes)
    return fail(ErrorKind::too_large,
                concat({path, " is larger than ", std::to_string(max_bytes >> 20), " MB"}));
  return *other;
}

Result<std::vector<DirectoryEntry>> Overlay::list(const std::string& path) const {
  return below_.list(path);
}

Result<FileStatus> Overlay::status(const std::string& path) const {
  Result<FileStatus> status = below_.status(path);
  if (const std::string* other = status ? text(path) : nullptr) status->size_bytes = other->size();
  return status;
}

}  // namespace plimsoll::fix
