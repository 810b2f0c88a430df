// Which Compose files make up a project: what `docker compose` in each folder would load.
#pragma once
#include <string>
#include <vector>

#include "engine/discover.h"
#include "engine/snapshot.h"

namespace plimsoll::engine {

struct ProjectFiles {
  std::vector<std::string> files;  // as `-f` would name them: the base, then what lies over it
  // The file may be meant to lie over this one (compose.prod.yaml over compose.yaml); empty: it is
  // the base itself. Only what Compose says of it alone tells.
  std::vector<std::string> over;
};

// One project for each file that Compose would begin with, and one for each other file of Compose's
// that was found. In the order of their paths.
// Source: Compose, "compose file discovery"; compose-go cli/options.go.
std::vector<ProjectFiles> group_projects(const std::vector<FoundFile>& found, Snapshot& snapshot);

}  // namespace plimsoll::engine
