// Compares paths with patterns from their ends: most patterns differ there already.
#include "parse/compose/path.h"

namespace plimsoll::parse::compose {

bool Path::matches_below(std::size_t skip, const Pattern& pattern) const {
  if (pattern.size() + skip != parts_.size()) return false;
  for (std::size_t i = pattern.size(); i-- > 0;) {
    const std::string_view want = pattern.part(i), part = parts_[i + skip];
    if (want == "*" || want == part) continue;
    const bool is_workload = part == "services" || part == "jobs";
    if (want != "workloads" || !is_workload) return false;
  }
  return true;
}

std::string Path::text() const {
  std::string text;
  for (const std::string_view part : parts_) {
    if (!text.empty()) text += '.';
    text += part;
  }
  return text;
}

}  // namespace plimsoll::parse::compose
