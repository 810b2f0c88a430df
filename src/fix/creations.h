// Files that come into being, with the folders that they need: all of them, or none.
#pragma once
#include <sys/stat.h>

#include <string>
#include <vector>

#include "base/result.h"
#include "fix/write.h"

namespace plimsoll::fix {

// What was made is taken back at the end of this, the last one first, unless `keep` was called.
class Creations {
 public:
  Creations() = default;
  Creations(const Creations&) = delete;
  Creations& operator=(const Creations&) = delete;
  ~Creations();

  // Writes the text beside the place `real`, with the folders that are missing. `file` must outlive
  // this.
  Result<void> prepare(const Writing& file, std::string real);
  // Sets all in their places. Fails if something has come there meanwhile, which is left alone.
  Result<void> set();
  void keep();
  [[nodiscard]] std::size_t size() const { return files_.size(); }

 private:
  struct File {
    const Writing* wanted;
    std::string real, beside;
    bool is_set = false;
    struct stat status {};
  };
  Result<void> make_folders(const Writing& file, const std::string& folder);
  static Result<void> write_beside(File& file);

  std::vector<File> files_;
  std::vector<std::string> folders_;  // that were made, outer ones first
  bool kept_ = false;
};

}  // namespace plimsoll::fix
