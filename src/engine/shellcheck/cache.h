// Keeps answers from run to run. Scripts are not kept: an answer is found by the hash of its
// script.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fs.h"
#include "engine/shellcheck/answer.h"

namespace plimsoll::engine::shellcheck {

// 256 files by the first byte of the key, so that a small run reads few of them. Each has one text
// line an answer and one a comment, new ones behind old ones. What can't be read counts as absent;
// a folder that can't be written costs nothing but time. Not thread-safe.
class Cache {
 public:
  static constexpr std::size_t kFileLimit = std::size_t{256} << 10;  // bytes: 64 MB in all

  // An empty folder: nothing is kept.
  Cache(std::string folder, const Fs& fs) : folder_(std::move(folder)), fs_(fs) {}

  // `key` is 64 hexadecimal digits.
  [[nodiscard]] std::optional<Answer> find(const std::string& key);
  void add(const std::string& key, const Answer& answer);
  // Writes what was added, dropping the oldest answers of a file that would become too large.
  void save();

  // A line of text that stands for another, for as long as that does not change.
  [[nodiscard]] std::string recall(std::string_view name, std::string_view of) const;
  void remember(std::string_view name, std::string_view of, std::string_view text) const;

 private:
  struct File {
    bool read = false;
    std::map<std::string, std::string, std::less<>> entries;  // key: its lines
    std::string text, added;
  };
  [[nodiscard]] std::string path_of(const std::string& key) const;
  File& file_of(const std::string& key);

  std::string folder_;
  const Fs& fs_;
  std::map<std::string, File> files_;  // by path
};

}  // namespace plimsoll::engine::shellcheck
