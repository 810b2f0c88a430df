// The whole of `plimsoll check`: from paths to a verdict.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/fs.h"
#include "engine/discover.h"
#include "engine/project.h"
#include "engine/selection.h"
#include "engine/shellcheck/shellcheck.h"
#include "engine/verdict.h"
#include "facts/settings.h"

namespace plimsoll::engine {

struct CheckSettings {
  std::vector<std::string> paths;
  std::optional<std::string> standard_input;  // its text, judged as a Dockerfile
  std::string standard_input_name = "-";      // what reports call it
  DiscoverySettings discovery;
  std::vector<std::pair<std::string, std::string>> build_arguments;  // --build-arg
  std::string target;
  std::vector<std::pair<std::string, std::string>> environment;  // --env: variables for Compose
  std::vector<std::string> env_files;                            // --env-file
  std::vector<std::string> profiles;                             // --profile; none: all
  std::vector<std::string> run_lines;                            // --run: `docker run` lines
  facts::Settings rule_settings;
  SelectionSettings selection;  // that of the run, for files to which `path_settings` apply
  std::vector<PathSettings> path_settings;  // other rules for some files
  std::vector<Acceptance> acceptances;      // findings that the project's configuration accepts
  std::string config_file;                  // plimsoll.toml; empty: there is none
  bool hadolint_comments = true;            // false: `# hadolint ignore=` accepts nothing
  ShellCheckSettings shellcheck;
  std::uint32_t today = 0;  // yyyymmdd
  unsigned jobs = 0;        // 0: one for each processor
  bool time_passes = false;
  // Absolute and sorted: of what is found, only these are judged. Empty: all.
  std::vector<std::string> only;
  bool keep_projects = false;  // the verdict gets the Compose projects as they were loaded
};

constexpr std::uint64_t kInputLimit = std::uint64_t{16} << 20;  // bytes of one file

// Never fails as a whole: what can't be read is an error of the verdict, the rest is judged. The
// verdict does not depend on `jobs`.
Verdict check(const CheckSettings& settings, const Selection& selection, const Fs& fs);
// The same with folders that were listed before.
Verdict check(const CheckSettings& settings, const Selection& selection, const Fs& fs,
              Snapshot& snapshot);

// Does some finding that counts reach the threshold?
bool reaches(const Verdict& verdict, rules::Severity threshold);

}  // namespace plimsoll::engine
