// Which RUNs leave a package manager's cache in the image.
#include "rules/packages/_caches.h"

#include <algorithm>

#include "rules/packages/_shared.h"

namespace plimsoll::rules::packages {

using facts::PackageAction;

static bool is_of(const facts::Command& command, const Cache& cache) {
  return command.packages != nullptr &&
         std::ranges::find(cache.managers, command.packages->manager) != cache.managers.end();
}

static bool fills(const facts::Command& command, const Cache& cache) {
  if (!is_of(command, cache)) return false;
  const PackageAction action = command.packages->action;
  return action == PackageAction::install || action == PackageAction::refresh_index ||
         action == PackageAction::upgrade || action == PackageAction::dist_upgrade;
}

static std::string_view without_ending(std::string_view path) {
  while (path.size() > 1 && (path.ends_with('/') || path.ends_with('*'))) path.remove_suffix(1);
  return path;
}

// rm -rf /var/cache/yum, /var/cache/yum/*, /var/cache/*, /var/cache/{yum,dnf}
static bool removes(const facts::Command& command, const Cache& cache) {
  if (command.removal == nullptr) return false;
  return std::ranges::any_of(command.removal->paths, [&](std::string_view written) {
    if (written.starts_with("/var/cache/{")) return true;
    const std::string_view path = without_ending(written);
    return std::ranges::any_of(cache.folders, [&](std::string_view folder) {
      return path.starts_with(folder) ||
             (folder.starts_with(path) && folder.substr(path.size()).starts_with('/'));
    });
  });
}

static bool empties(const facts::Command& command, const Cache& cache) {
  return (is_of(command, cache) && cache.cleans(command)) || removes(command, cache);
}

static bool mounted(const facts::Run& run, const Cache& cache) {
  return std::ranges::any_of(cache.folders, [&](std::string_view folder) {
    return keeps_out(run, folder) || keeps_out(run, folder.substr(0, folder.rfind('/')));
  });
}

static const facts::Command* filling_command(const facts::Run& run, const Cache& cache) {
  const facts::Command* result = nullptr;
  for (const facts::Command& command : run.commands) {
    if (result == nullptr && fills(command, cache)) result = &command;
    if (empties(command, cache)) result = nullptr;
  }
  return result;
}

std::vector<const facts::Command*> filling(const facts::Build& build, const Cache& cache) {
  std::vector<const facts::Command*> result;
  for (const facts::Stage& stage : build.stages) {
    if (!matters(stage)) continue;
    for (const facts::Run& run : stage.runs)
      if (const facts::Command* found = filling_command(run, cache);
          found != nullptr && !mounted(run, cache))
        result.push_back(found);
  }
  return result;
}

bool hadolint_misses_cleaning(const facts::Run& run, const Cache& cache, bool takes_rm) {
  bool installed = false;
  for (const facts::Command& command : run.commands) {
    if (!hadolint_sees(command)) continue;
    if (is_of(command, cache) && command.packages->action == PackageAction::install)
      installed = true;
    else if (installed && ((is_of(command, cache) && cache.cleans(command)) ||
                           (takes_rm && command.name == "rm" && command.has("-rf"))))
      return false;
  }
  return installed;
}

// Source: dnf.conf(5), "cachedir"; dnf5.conf(5), "system_cachedir"; yum.conf(5), "cachedir".
static constexpr std::string_view kFolders[] = {"/var/cache/dnf", "/var/cache/libdnf5",
                                                "/var/cache/tdnf", "/var/cache/yum"};
std::span<const std::string_view> dnf_folders() {
  return kFolders;
}

bool cleans_dnf(const facts::Command& command) {
  return command.packages->action == PackageAction::clean &&
         (command.has("all") || command.has("metadata"));
}

}  // namespace plimsoll::rules::packages
