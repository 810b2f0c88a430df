// Files of the program's own: a folder for the time of one step, and files that are replaced as a
// whole.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace plimsoll {

// A new empty folder that nobody else can look into; it goes with its files at the end of its life.
// In memory where the system has such a place.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  // Empty: none could be made.
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Readers see the old bytes or the new ones, never a part. Nobody else may read the file. Makes the
// folders that it lies in, for the user alone.
Result<void> replace_file(const std::string& path, std::string_view bytes);

}  // namespace plimsoll
