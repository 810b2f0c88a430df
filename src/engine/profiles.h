// Which rules are asked of which file, and which of their findings the configuration accepts.
#pragma once
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "engine/check.h"
#include "engine/dispatch.h"

namespace plimsoll::engine {

// An acceptance that holds for some files, and for each of its names whether it accepted something.
struct Holding {
  const Acceptance* acceptance;
  std::atomic<bool>* used;
};

// The same for all files to which the same parts of the configuration apply.
struct Profile {
  Profile(Selection chosen, std::vector<Holding> holding);
  Profile(const Profile&) = delete;
  Profile& operator=(const Profile&) = delete;

  // Marks the finding if an acceptance holds for it; one that is marked stays as it is. All that
  // hold are remembered as used.
  void accept(Judged& judged, std::uint32_t today) const;

  Selection selection;
  Dispatch dispatch;
  std::vector<Holding> acceptances;
};

// Made once a run, before its threads begin.
class Profiles {
 public:
  Profiles(const CheckSettings& settings, const Selection& selection,
           const std::vector<FoundFile>& files);

  // For a file that was not found but is referred to. Not while threads ask.
  void add(std::uint32_t number, std::string_view path);

  // Does it hold for the rules that are asked of some file?
  template <class Test>
  [[nodiscard]] bool any(Test test) const {
    return std::ranges::any_of(profiles_,
                               [&](const auto& entry) { return test(entry.second->selection); });
  }
  // One that was never added has the first file's: what it says is part of that one's project.
  [[nodiscard]] const Profile& of(std::uint32_t file) const {
    if (file < by_file_.size()) return *by_file_[file];
    const auto later = added_.find(file);
    return later == added_.end() ? *by_file_.front() : *later->second;
  }

 private:
  // Numbers of the parts of the configuration: those of `paths`, then those of `acceptances`.
  using Parts = std::vector<std::uint32_t>;
  std::map<Parts, std::unique_ptr<Profile>> profiles_;
  const Profile* find(std::string_view path);

  const CheckSettings& settings_;
  const Selection& selection_;
  std::vector<const Profile*> by_file_;
  std::vector<std::atomic<bool>> used_;  // by acceptance and name
  std::vector<std::size_t> first_used_;  // of each acceptance
  std::map<std::uint32_t, const Profile*> added_;
};

}  // namespace plimsoll::engine
