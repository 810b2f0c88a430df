// Lists all of a build context, as a builder would be sent it.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/arena.h"
#include "base/fs.h"
#include "engine/snapshot.h"
#include "facts/context.h"

namespace plimsoll::engine {

struct ContextListing {
  Arena arena;  // owns what `files` shows
  facts::ContextFiles files;
};

struct ListingSettings {
  bool sizes = false;  // asks for each file's size
  bool whole = false;  // looks into clutter such as .git too
};

// More is no project of people: the listing is not complete then.
constexpr std::size_t kMostContextEntries = 200'000;
constexpr std::size_t kDeepestContext = 100;

// A link is an entry and not followed. What git ignores is sent to a build all the same.
std::unique_ptr<ContextListing> list_context(
    const std::string& folder, std::span<const parse::ignorefile::DockerPattern> patterns,
    const ListingSettings& settings, const Fs& fs, Snapshot& snapshot);

}  // namespace plimsoll::engine
