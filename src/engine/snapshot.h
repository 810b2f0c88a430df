// One listing of each folder for the whole run: discovery, build contexts and includes see the same
// files.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/fs.h"
namespace plimsoll::engine {

// Reads a folder at most once, however many files ask for it. Thread-safe; listings live as long as
// the snapshot.
class Snapshot {
 public:
  explicit Snapshot(const Fs& fs) : fs_(fs) {}
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

  struct Listing {
    Result<std::vector<DirectoryEntry>> entries;  // sorted by name
    std::vector<std::string_view> names;          // the same as views
    std::optional<std::vector<std::string_view>> unwanted{};
    [[nodiscard]] bool has(std::string_view name) const;
  };
  const Listing& list(const std::string& folder);
  // facts::unwanted_names of the folder, found at most once.
  std::span<const std::string_view> unwanted(const std::string& folder);

 private:
  Listing& list_locked(const std::string& folder);

  const Fs& fs_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<Listing>, std::less<>> listings_;
};

}  // namespace plimsoll::engine
