// Which RUNs leave a package manager's cache in the image.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages {

// A package manager's cache, and what empties it.
struct Cache {
  std::span<const facts::Manager> managers;
  std::span<const std::string_view> folders;  // emptied by rm, or kept out by a mount
  bool (*cleans)(const facts::Command&);
};

/// For each RUN of a stage that matters: the first command that fills the cache and behind which
/// nothing empties it.
std::vector<const facts::Command*> filling(const facts::Build& build, const Cache& cache);

/// True if hadolint reports the RUN, too: it looks at `install` alone and takes any `rm -rf` behind
/// it for one of the cache if `takes_rm`.
bool hadolint_misses_cleaning(const facts::Run& run, const Cache& cache, bool takes_rm);

// The folders of dnf, and of yum where it is dnf.
std::span<const std::string_view> dnf_folders();
bool cleans_dnf(const facts::Command& command);  // `dnf clean all`

}  // namespace plimsoll::rules::packages
