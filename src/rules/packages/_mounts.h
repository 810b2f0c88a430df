// Cache mounts in the place of cleaning up: what a package manager keeps outlives the build that
// way, and is no part of the image.
#pragma once
#include <optional>
#include <string_view>

#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages {

// Asked for by `fix --prefer-cache-mounts`?
bool prefers_mounts(const facts::Run& run);

// Whether builds may use the cache at once. Managers that lock it, or write it without a lock, must
// take turns.
enum class Sharing : std::uint8_t { shared, locked };

// A cache mount on this folder for the RUN of the command. None unless root runs it, whose folder
// that is.
std::optional<Fix> cache_mount(const facts::Command& command, std::string_view folder,
                               Sharing sharing);

// Cache mounts for all RUNs of the stage in which apt installs or fetches lists. It is one fix,
// since apt keeps no packages in images until their docker-clean is gone, which each RUN behind
// notices. None if one of those RUNs empties what would be mounted and can't do without.
std::optional<Fix> apt_cache_mounts(const facts::Stage& stage);

}  // namespace plimsoll::rules::packages
