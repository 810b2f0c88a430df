// Files whose fixes are judged together, since one says something of the other.
#pragma once
#include <cstdint>
#include <vector>

#include "engine/verdict.h"
#include "fix/plan.h"

namespace plimsoll::fix {

struct Unit {
  std::vector<std::uint32_t> sources;  // sorted
  std::vector<std::size_t> chosen;     // indexes of the plan's proposals
  bool has_deferred = false;
};

// Joined are the files of a Compose project with the Dockerfiles that it builds, the files that one
// fix concerns, and an ignore file with all Dockerfiles. Only units with something chosen.
std::vector<Unit> units_of(const engine::Verdict& verdict, const Plan& plan);

}  // namespace plimsoll::fix
