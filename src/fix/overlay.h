// A file system in which some files have other bytes, and some are there that aren't yet: nothing
// is written to find out what a change would come to.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "base/fs.h"

namespace plimsoll::fix {

using Texts = std::map<std::string, std::string, std::less<>>;  // by absolute path

// Both must outlive it; `texts` must not change while it is read from.
class Overlay final : public Fs {
 public:
  Overlay(const Fs& below, const Texts& texts, std::string_view working_directory);

  [[nodiscard]] Result<std::string> read(const std::string& path,
                                         std::uint64_t max_bytes) const override;
  [[nodiscard]] Result<std::vector<DirectoryEntry>> list(const std::string& path) const override;
  [[nodiscard]] Result<FileStatus> status(const std::string& path) const override;

  // Are there files that the one below lacks? Then folders hold more than they do there.
  [[nodiscard]] bool adds_files() const { return !added_.empty(); }

 private:
  struct Added {
    FileKind kind;
    std::uint64_t size_bytes, number;
  };
  [[nodiscard]] bool is_below(std::string_view path) const;
  [[nodiscard]] std::string absolute(std::string_view path) const;
  void add(std::string path, Added added);

  const Fs& below_;
  const Texts& texts_;
  std::string working_directory_;
  std::map<std::string, Added, std::less<>> added_;  // files and their folders, by absolute path
};

// Why no file can be made at a path: something, be it a link that leads nowhere, has the name, or
// the folder it would be in can't be known. Empty: it can; folders that are missing are made too.
std::string why_not_made(const std::string& path, const Fs& fs);

}  // namespace plimsoll::fix
