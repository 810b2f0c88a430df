// A folder's base and override are one project; what else is there stands for itself at first.
#include "engine/projects.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/fs.h"

namespace plimsoll::engine {
namespace {

// In the order in which Compose looks for them.
constexpr std::array<std::string_view, 4> kBases = {"compose.yaml", "compose.yml",
                                                    "docker-compose.yml", "docker-compose.yaml"};
constexpr std::array<std::string_view, 4> kOverrides = {
    "compose.override.yml", "compose.override.yaml", "docker-compose.override.yml",
    "docker-compose.override.yaml"};

// The first of the names that the folder holds; empty: none.
std::string first_of(const std::array<std::string_view, 4>& names, const std::string& folder,
                     Snapshot& snapshot) {
  const Snapshot::Listing& listing = snapshot.list(folder);
  if (!listing.entries) return {};
  const auto found =
      std::ranges::find_if(names, [&](std::string_view name) { return listing.has(name); });
  return found == names.end() ? std::string() : join_path(folder, *found);
}

}  // namespace

std::vector<ProjectFiles> group_projects(const std::vector<FoundFile>& found, Snapshot& snapshot) {
  std::vector<ProjectFiles> projects;
  for (const FoundFile& file : found) {
    if (file.kind != InputKind::compose) continue;
    const std::string folder(parent_path(file.path));
    const std::string base = first_of(kBases, folder, snapshot);
    const std::string overlay = base.empty() ? "" : first_of(kOverrides, folder, snapshot);
    std::vector<std::string> main{base};
    if (!overlay.empty()) main.push_back(overlay);
    const auto is_base = [&](const FoundFile& f) { return f.path == base; };
    // An override that was named without its base is loaded over it all the same.
    const bool whole =
        !base.empty() &&
        (is_base(file) || (file.path == overlay && std::ranges::none_of(found, is_base)));
    if (whole)
      projects.push_back({main, {}});
    else if (base.empty())
      projects.push_back({{file.path}, {}});
    else if (file.path != overlay)
      projects.push_back({{file.path}, {base}});
  }
  return projects;
}

}  // namespace plimsoll::engine
