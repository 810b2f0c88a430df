// A file system in which some files have other bytes: nothing is written to find out what a change
// would come to.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "base/fs.h"

namespace plimsoll::fix {

using Texts = std::map<std::string, std::string, std::less<>>;  // by absolute path

// Both must outlive it; `texts` must not change while it is read from. Only files that are there
// have other bytes, so folders list what they hold.
class Overlay final : public Fs {
 public:
  Overlay(const Fs& below, const Texts& texts, std::string_view working_directory)
      : below_(below), texts_(texts), working_directory_(working_directory) {}

  [[nodiscard]] Result<std::string> read(const std::string& path,
                                         std::uint64_t max_bytes) const override;
  [[nodiscard]] Result<std::vector<DirectoryEntry>> list(const std::string& path) const override;
  [[nodiscard]] Result<FileStatus> status(const std::string& path) const override;

 private:
  [[nodiscard]] const std::string* text(std::string_view path) const;

  const Fs& below_;
  const Texts& texts_;
  std::string working_directory_;
};

}  // namespace plimsoll::fix
