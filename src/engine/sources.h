// Every file that a run reads, once, whoever asks for it, under one number.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fs.h"
#include "engine/verdict.h"
#include "text/source.h"

namespace plimsoll::engine {

// Thread-safe. Numbers are places' `source`. Those of the files that were found come first, in the
// order of their paths; those of what these refer to come as they are asked for, so nothing may
// depend on their order.
class Sources {
 public:
  // `working_directory` is absolute; empty: there is none, and "/" stands for it.
  Sources(const Fs& fs, std::string_view working_directory);

  // The same number for every spelling of a path; reports use the first one. Reads nothing.
  std::uint32_t number(std::string_view path);
  // A text that was given instead of being read.
  std::uint32_t add(std::string path, std::string text);

  // Null: it could not be read; `error` says why.
  const text::Source* read(std::uint32_t number);
  [[nodiscard]] std::optional<InputError> error(std::uint32_t number);
  // It turned out to be nothing to judge.
  void forget(std::uint32_t number);

  [[nodiscard]] const std::string& path(std::uint32_t number);
  [[nodiscard]] std::string absolute(std::string_view path) const;
  // From the working directory on, with "../" where it lies beside that; far from it as it is.
  [[nodiscard]] std::string shown(std::string_view absolute) const;

  // By number; null where nothing was read. Ends the object's use.
  std::vector<std::unique_ptr<text::Source>> take();

 private:
  struct Slot {
    std::string path;
    std::optional<std::string> given;
    std::once_flag once;
    std::unique_ptr<text::Source> source;
    std::optional<InputError> error;
  };
  Slot& slot(std::uint32_t number);
  void load(Slot& slot) const;

  const Fs& fs_;
  std::string working_directory_;
  std::mutex mutex_;
  std::deque<Slot> slots_;
  std::map<std::string, std::uint32_t, std::less<>> numbers_;  // by absolute path
};

}  // namespace plimsoll::engine
