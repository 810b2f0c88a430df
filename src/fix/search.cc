// Those under suspicion are set apart first, then halves: the checks for a file with one bad fix
// among n are two if it is suspected, else log n.
#include "fix/search.h"

#include <algorithm>

namespace plimsoll::fix {

Search::Search(std::vector<std::size_t> fixes) {
  open_.push_back({std::move(fixes)});
}

bool Search::is_proved(const std::vector<std::size_t>& fixes) const {
  return std::ranges::all_of(fixes, [&](std::size_t fix) { return proved_.contains(fix); });
}

void Search::split(Part part, const Failure& failure) {
  if (part.fixes.size() == 1) {
    dropped_.emplace(part.fixes.front(), failure.reason);
    return;
  }
  const auto is_trusted = [&](std::size_t fix) { return !failure.suspects.contains(fix); };
  auto middle = std::stable_partition(part.fixes.begin(), part.fixes.end(), is_trusted);
  if (middle == part.fixes.begin() || middle == part.fixes.end())
    middle = part.fixes.begin() + static_cast<std::ptrdiff_t>(part.fixes.size() / 2);
  std::vector<std::size_t> first(part.fixes.begin(), middle);
  open_.push_back({{middle, part.fixes.end()}, first, failure});
  open_.push_back({std::move(first)});
}

std::optional<std::vector<std::size_t>> Search::next() {
  while (!open_.empty()) {
    const Part& part = open_.back();
    if (part.sibling.empty() || !is_proved(part.sibling)) {
      std::vector<std::size_t> all(proved_.begin(), proved_.end());
      all.insert(all.end(), part.fixes.begin(), part.fixes.end());
      return all;
    }
    // It was seen to fail together with what is proved.
    Part failing = std::move(open_.back());
    open_.pop_back();
    const Failure known = std::move(failing.known);
    split(std::move(failing), known);
  }
  return std::nullopt;
}

void Search::tried(const Failure* failure) {
  Part part = std::move(open_.back());
  open_.pop_back();
  if (failure == nullptr)
    proved_.insert(part.fixes.begin(), part.fixes.end());
  else
    split(std::move(part), *failure);
}

}  // namespace plimsoll::fix
