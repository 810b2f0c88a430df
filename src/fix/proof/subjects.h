// What can be run: Compose projects, and Dockerfiles that none of them builds; and which of the
// services of a project a change concerns.
#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/verdict.h"
#include "fix/fix.h"
#include "fix/overlay.h"
#include "fix/proof/context.h"

namespace plimsoll::fix::proof {

using Names = std::set<std::string, std::less<>>;

struct Subject {
  std::string path{};  // of the project's first file, or of the Dockerfile, as the run names it
  bool is_project = false;
  Names files{};     // absolute: all that it consists of
  Names contexts{};  // absolute: the folders that are built from
};

std::vector<Subject> subjects_of(const engine::Verdict& verdict);

// Does a change of this file (absolute) concern it?
bool concerns(const Subject& subject, std::string_view file);

// The project of a verdict; null: it is not in there.
const parse::compose::Project* project_of(const engine::Verdict& verdict, const Subject& subject);

// The services that are not the same on both sides, or are built from a file that is not. Of a
// Dockerfile its own path, if it or what it is sent has changed.
Names changed_services(const Subject& subject, const Outcome& outcome);

// Texts of all changed files by their absolute paths.
Texts texts_of(const Outcome& outcome);

// The build of a Dockerfile alone: from its folder.
ContextOrder order_of(const Subject& subject, std::string_view working_directory);

}  // namespace plimsoll::fix::proof
