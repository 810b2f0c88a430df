// The whole of `plimsoll fix` but for writing: from paths to texts that are proved.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/fs.h"
#include "engine/check.h"
#include "engine/verdict.h"
#include "fix/plan.h"
#include "text/changes.h"

namespace plimsoll::fix {

struct Settings {
  engine::CheckSettings check;
  const engine::Selection& selection;
  bool unsafe = false;  // fixes that may change what a container does
  // Asked about each fix before it is tried; places are those of the verdict. None: all are wanted.
  std::function<bool(const engine::Verdict&, const Proposal&)> wanted{};
  // May this fix be made at all? Asked before `wanted`, in every round. None: all may.
  std::function<bool(const struct Told&)> allowed{};
  // Marks the findings that a baseline accepts, after each check.
  std::function<void(engine::Verdict&)> accept{};
};

enum class Status : std::uint8_t {
  applied,
  dropped,  // that it does what it should, and nothing else, could not be shown
  unsafe,   // not tried, for want of Settings::unsafe
  // With an engine (proof/proof.h):
  proved,     // applied, and what it changes was seen to work as before
  withdrawn,  // with it something no longer works
  unproved,   // that could not be tried
};

// What became of one fix.
struct Told {
  std::string file;
  std::uint32_t line = 0;  // of its finding, in the text as it was at first
  const rules::Rule* rule = nullptr;
  std::string title{};
  rules::Safety safety{};
  Status status{};
  std::string reason{};    // not applied: why, a clause without a final full stop
  std::string inserted{};  // what its edits write, each on lines of its own
};

// A file that was not there.
struct Created {
  std::string text;
  bool secret = false;   // for its owner's eyes alone
  bool mounted = false;  // a secret that containers are given
};

struct ChangedFile {
  std::string path;
  std::uint32_t before = 0, after = 0;  // its numbers in the two verdicts; none if it is created
  text::Changes changes{};
  std::optional<Created> created{};
};

// What a build of a folder is sent, by its ignore file before and after.
struct ContextEffect {
  std::string ignore_file;
  std::uint64_t files_before = 0, bytes_before = 0, files_after = 0, bytes_after = 0;
};

struct Outcome {
  engine::Verdict before;               // on what was read
  engine::Verdict after;                // on the result; empty if no file is changed
  std::vector<ChangedFile> files;       // sorted by path
  std::vector<Told> fixes;              // sorted by (file, line, rule)
  std::vector<ContextEffect> contexts;  // of each `.dockerignore` that is changed or made
  unsigned checks = 0;                  // how often the engine was asked

  [[nodiscard]] const engine::Verdict& result() const { return files.empty() ? before : after; }
};

// Writes nothing. A second run over the result has nothing to apply: each file was left when a
// round over its very text had applied nothing.
Outcome fix(const Settings& settings, const Fs& fs);

}  // namespace plimsoll::fix
