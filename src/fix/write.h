// Brings changed texts into their files: each file is the old or the new one at any moment, and no
// file is written if another can't be.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace plimsoll::fix {

struct Writing {
  std::string path;
  std::string_view before, after;  // what was read, and what is to be there
  enum class Kind : std::uint8_t { changed, created, secret, mounted } kind = Kind::changed;
};

// `roots`: the folders that belong to the project. All new texts are written beside their files
// first, with their permissions and owners, then set in their places one by one. Fails, with
// nothing changed, if a file no longer says `before`, is no regular file, leads out of the roots
// through a link, or can't be written; what was left of that is removed. If setting in place fails
// half-way (a full disk can't do that any more), the error says how many files are new.
// Created files come first, since others may name them; they and their folders are taken back if no
// other file was set. They take the place of nothing, not even of what came in the last moment; a
// secret one is readable for its owner alone: by its own mode, or, if it is mounted, by its
// folder's.
Result<void> write(const std::vector<Writing>& files, const std::vector<std::string>& roots);

}  // namespace plimsoll::fix
