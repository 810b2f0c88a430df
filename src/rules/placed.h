// The commands of a Dockerfile with the folders that they run in, for whoever asks which files they
// make.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/build.h"

namespace plimsoll::rules {

struct PlacedCommand {
  const facts::Command* command = nullptr;
  std::optional<std::string> folder{};  // none: not known

  // The absolute path of one that the command names; none: it can't be known, or needs a shell.
  [[nodiscard]] std::optional<std::string> path(std::string_view written) const;
};

// Those of the stage and of the stages that it is built from, in the order in which they run.
// ONBUILD's are left out.
std::vector<PlacedCommand> placed_commands(const facts::Stage& stage);

// Where copies of these stages go: absolute paths without a slash at the end; none: not known.
std::vector<std::optional<std::string>> copied_paths(const facts::Stage& stage);

// "/srv/app" is below "/srv" and below itself.
inline bool is_below(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) &&
         (folder == "/" || path.size() == folder.size() || path[folder.size()] == '/');
}

}  // namespace plimsoll::rules
