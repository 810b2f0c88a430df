// The lock is held while a folder is read: two files of one folder must not read it twice.
#include "engine/snapshot.h"

#include <algorithm>

#include "facts/context.h"

namespace plimsoll::engine {

bool Snapshot::Listing::has(std::string_view name) const {
  return std::ranges::binary_search(names, name);
}

Snapshot::Listing& Snapshot::list_locked(const std::string& folder) {
  std::unique_ptr<Listing>& listing = listings_[folder];
  if (!listing) {
    listing = std::make_unique<Listing>(Listing{fs_.list(folder), {}});
    if (listing->entries)
      for (const DirectoryEntry& entry : *listing->entries) listing->names.push_back(entry.name);
  }
  return *listing;
}

const Snapshot::Listing& Snapshot::list(const std::string& folder) {
  const std::lock_guard lock(mutex_);
  return list_locked(folder);
}

std::span<const std::string_view> Snapshot::unwanted(const std::string& folder) {
  const std::lock_guard lock(mutex_);
  Listing& listing = list_locked(folder);
  if (!listing.unwanted) listing.unwanted = facts::unwanted_names(listing.names);
  return *listing.unwanted;
}

}  // namespace plimsoll::engine
