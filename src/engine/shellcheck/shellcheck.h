// Asks ShellCheck about the scripts of a run, each once, many in one process.
#pragma once
#include <atomic>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/fs.h"
#include "base/process.h"
#include "engine/dispatch.h"
#include "engine/selection.h"
#include "engine/shellcheck/answer.h"
#include "engine/shellcheck/cache.h"
#include "facts/build.h"

namespace plimsoll::engine {

struct ShellCheckSettings {
  std::string program;       // its path; empty: it is not asked
  std::string cache_folder;  // empty: answers are not kept
  RunProgram run = run_program;
};

// The three steps of a run: the texts of all files are collected; ShellCheck is asked; what it said
// is raised file by file, while rules are asked.
class ShellCheck {
 public:
  ShellCheck(const ShellCheckSettings& settings, const Fs& fs);

  // Is there a ShellCheck, and are its findings told where this selection holds?
  [[nodiscard]] bool wanted(const Selection& selection) const;

  // The scripts of one file as texts. Thread-safe.
  static std::vector<std::string> texts_of(const facts::Build& build);

  // Asks about all of them, those that are known from earlier runs excepted. `jobs` as in
  // parallel_for. The texts must outlive this.
  void ask(std::span<const std::vector<std::string>> texts_by_file, unsigned jobs);

  // Adds what it said of this file's scripts and the selection tells. Thread-safe. `raised` holds
  // what rules found in the file: an answer that repeats a secret of theirs is not kept.
  void raise(const facts::Build& build, const Selection& selection, std::vector<Raised>& raised);

  // Keeps the answers for later runs.
  void save();

  // What could not be done, for the user; empty: nothing.
  [[nodiscard]] const std::string& trouble() const { return trouble_; }

 private:
  struct Asked {
    std::string_view text;
    std::string key;
    shellcheck::Answer answer;
    bool remembered = false;                 // from an earlier run
    std::string failed{"it was not asked"};  // empty: there is an answer
    std::atomic<bool> tells_secret = false;
  };
  Result<std::string> find_version();
  void ask_batch(std::span<Asked* const> batch) const;
  [[nodiscard]] Result<std::vector<shellcheck::Answer>> run_on(std::span<Asked* const> batch) const;

  const ShellCheckSettings& settings_;
  const Fs& fs_;
  shellcheck::Cache cache_;
  std::string trouble_;
  std::deque<Asked> asked_;
  std::unordered_map<std::string_view, Asked*> by_text_;
};

}  // namespace plimsoll::engine
