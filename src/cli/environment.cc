// Variables of the environment, and the programs and folders that they lead to.
#include "cli/environment.h"

#include <cstdlib>

#include "base/fs.h"
#include "base/process.h"

namespace plimsoll::cli {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : value;
}

void plan_shellcheck(bool off, engine::ShellCheckSettings& s) {
  const std::string named = environment("PLIMSOLL_SHELLCHECK");
  if (off || named == "off") return;
  s.program = find_program(named.empty() ? "shellcheck" : named, environment("PATH"));
  std::string cache = environment("XDG_CACHE_HOME");
  if (!cache.starts_with('/')) {
    const std::string home = environment("HOME");
    cache = home.starts_with('/') ? join_path(home, ".cache") : std::string();
  }
  if (!cache.empty()) s.cache_folder = join_path(cache, "plimsoll/shellcheck");
}

}  // namespace plimsoll::cli
