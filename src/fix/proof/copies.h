// Files of the project for containers: never the files themselves, always copies.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/fs.h"
#include "base/result.h"

namespace plimsoll::fix::proof {

enum class HostKind : std::uint8_t { missing, file, folder, foreign };

// What lies at a path, links followed; `foreign` for what is no file or folder, and for what lies
// in none of the folders.
HostKind look_at(const std::string& path, const std::vector<std::string>& folders);

// Bounds of what one mount may copy.
constexpr std::uint64_t kCopyLimit = std::uint64_t{64} << 20;  // bytes
constexpr std::size_t kCopyEntries = 20'000;

// A tar of what the folder holds, with owners and permissions. Links are copied as links.
Result<std::string> pack_folder(const std::string& folder, const Fs& fs);

// A folder for copies of single files that goes when the object does.
class Copies {
 public:
  Copies() = default;
  Copies(const Copies&) = delete;
  Copies& operator=(const Copies&) = delete;
  ~Copies();
  // Gives the copy's path.
  Result<std::string> add(std::string_view bytes, std::uint32_t mode);
  // With the permissions and, where we may, the owner that the file at `path` has.
  Result<std::string> add_file(const std::string& path, const Fs& fs);

 private:
  Result<std::string> make(std::string_view bytes);

  std::string folder_;
  unsigned count_ = 0;
};

}  // namespace plimsoll::fix::proof
