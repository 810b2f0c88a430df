// Keeps the findings on lines that were changed since a revision of the project's git repository.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/fs.h"
#include "base/process.h"
#include "base/result.h"
#include "engine/verdict.h"

namespace plimsoll::engine {

// Where a file differs from the revision.
struct ChangedLines {
  bool all = false;  // a file that git does not know
  struct Range {
    std::uint32_t first, last;  // from 1
  };
  std::vector<Range> ranges;         // by rising lines
  std::vector<std::uint32_t> holes;  // lines behind which some were taken away

  // Has one of these lines changed, or was something taken away from between them?
  [[nodiscard]] bool touch(std::uint32_t first, std::uint32_t last) const;
};

// What `git diff --unified=0 --src-prefix=a/ --dst-prefix=b/` says, by path in the repository.
std::map<std::string, ChangedLines> read_diff(std::string_view diff);

struct SinceSettings {
  std::string revision;
  std::string git;  // the program's path; empty: there is none
  RunProgram run = run_program;
};

// Drops the findings on lines that are as they were where HEAD left the revision's line of history;
// what is not committed counts as changed, files that git does not know wholly. Files may lie in
// several repositories. Fails if git, the revision or a repository is not there.
Result<void> keep_changed(const SinceSettings& settings, const Fs& fs, Verdict& verdict);

// Those of the files that differ from what their repository has committed, or are not known to it.
// Files outside of repositories are none of them; without git (an empty path) none is.
std::vector<std::string> uncommitted(const std::string& git, const std::vector<std::string>& paths,
                                     const Fs& fs, const RunProgram& run = run_program);

}  // namespace plimsoll::engine
