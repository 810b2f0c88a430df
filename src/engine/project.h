// What a configuration says of some of a project's files: which rules, and which findings are
// accepted.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/pragmas/pragma.h"
#include "engine/selection.h"
#include "parse/ignorefile/gitignore.h"

namespace plimsoll::engine {

// Some files below a folder, as .gitignore would name them.
class Files {
 public:
  Files() = default;  // all files, wherever they lie
  // `folder` is absolute.
  Files(std::string folder, const std::vector<std::string>& patterns);

  [[nodiscard]] bool all() const { return patterns_.empty(); }
  // `path` is absolute, without "." and "..".
  [[nodiscard]] bool hold(std::string_view path) const;

 private:
  std::string folder_;
  std::vector<parse::ignorefile::GitPattern> patterns_;
};

// Absolute, without "." and "..".
std::string absolute_path(std::string_view path, std::string_view working_directory);

// Other rules or severities for some files.
struct PathSettings {
  Files files;
  std::optional<rules::Preset> preset;
  std::vector<std::string> select, ignore;
  std::vector<std::pair<std::string, rules::Severity>> severity;
};

// The settings of a file to which `entries` apply; a later one stands over an earlier one.
SelectionSettings selection_for(SelectionSettings settings,
                                const std::vector<const PathSettings*>& entries);

// Findings that the project accepts without a comment at the place.
struct Acceptance {
  const pragmas::Dialect* dialect = &pragmas::kPlimsoll;  // whose ids they are
  std::vector<std::string> names{};
  Files files{};
  std::vector<std::string> services{};  // of these alone; empty: of whatever it is
  std::string reason{};
  std::uint32_t until = 0;  // as in pragmas::Pragma
  bool day_before = false;
  std::uint32_t line =
      0;  // of plimsoll.toml, where it is told if it does nothing; 0: of another file

  [[nodiscard]] bool expired(std::uint32_t today) const {
    return until != 0 && (day_before ? today >= until : today > until);
  }
};

}  // namespace plimsoll::engine
