// Union by the smallest number.
#include "fix/units.h"

#include <map>
#include <numeric>
#include <string_view>

namespace plimsoll::fix {
namespace {

class Sets {
 public:
  explicit Sets(std::size_t size) : parents_(size) {
    std::iota(parents_.begin(), parents_.end(), 0U);
  }
  std::uint32_t root(std::uint32_t of) {
    while (parents_[of] != of) of = parents_[of] = parents_[parents_[of]];
    return of;
  }
  void join(std::uint32_t a, std::uint32_t b) {
    a = root(a), b = root(b);
    (a < b ? parents_[b] : parents_[a]) = a < b ? a : b;
  }

 private:
  std::vector<std::uint32_t> parents_;
};

void join_all(Sets& sets, std::uint32_t first, const std::vector<std::uint32_t>& others) {
  for (const std::uint32_t other : others) sets.join(first, other);
}

using Makers = std::map<std::string_view, std::uint32_t>;  // of new files, by their paths

void join_by(Sets& sets, Makers& makers, const engine::Verdict& verdict, const Proposal& proposal) {
  for (const text::Edit& edit : proposal.edits) {
    sets.join(proposal.where.source, edit.where.source);
    if (is_ignore_file(verdict.source(edit.where.source).path()))
      join_all(sets, edit.where.source, verdict.dockerfiles);
  }
  for (const rules::NewFile& file : proposal.files) {
    const auto [maker, is_new] = makers.emplace(file.path, proposal.where.source);
    if (!is_new) sets.join(maker->second, proposal.where.source);
    if (is_ignore_file(file.path)) join_all(sets, proposal.where.source, verdict.dockerfiles);
  }
}

}  // namespace

std::vector<Unit> units_of(const engine::Verdict& verdict, const Plan& plan) {
  Sets sets(verdict.sources.size());
  for (const engine::LoadedProject& project : verdict.projects) {
    if (project.sources.empty()) continue;
    join_all(sets, project.sources.front(), project.sources);
    join_all(sets, project.sources.front(), project.dockerfiles);
  }
  Makers makers;
  for (const std::vector<Proposal>* proposals : {&plan.chosen, &plan.deferred})
    for (const Proposal& proposal : *proposals) join_by(sets, makers, verdict, proposal);

  std::map<std::uint32_t, Unit> by_root;
  for (std::size_t i = 0; i < plan.chosen.size(); ++i)
    by_root[sets.root(plan.chosen[i].where.source)].chosen.push_back(i);
  for (const Proposal& proposal : plan.deferred)
    if (const auto unit = by_root.find(sets.root(proposal.where.source)); unit != by_root.end())
      unit->second.has_deferred = true;
  for (std::uint32_t source = 0; source < verdict.sources.size(); ++source)
    if (const auto unit = by_root.find(sets.root(source));
        unit != by_root.end() && verdict.sources[source])
      unit->second.sources.push_back(source);
  std::vector<Unit> units;
  units.reserve(by_root.size());
  for (auto& [root, unit] : by_root) units.push_back(std::move(unit));
  return units;
}

}  // namespace plimsoll::fix
