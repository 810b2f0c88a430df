// Which rules are asked of which file, and which of their findings the configuration accepts.
#pragma once
#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "engine/check.h"
#include "engine/dispatch.h"

namespace plimsoll::engine {

// The same for all files to which the same parts of the configuration apply.
struct Profile {
  Profile(Selection chosen, const std::vector<Acceptance>& all,
          const std::vector<std::uint32_t>& applying);
  Profile(const Profile&) = delete;
  Profile& operator=(const Profile&) = delete;

  // Marks the finding if an acceptance holds for it.
  void accept(Judged& judged, std::uint32_t today) const;

  Selection selection;
  Dispatch dispatch;
  std::vector<const Acceptance*> acceptances;
};

// Made once a run, before its threads begin.
class Profiles {
 public:
  Profiles(const CheckSettings& settings, const Selection& selection,
           const std::vector<FoundFile>& files);

  // Does it hold for the rules that are asked of some file?
  template <class Test>
  [[nodiscard]] bool any(Test test) const {
    return std::ranges::any_of(profiles_,
                               [&](const auto& entry) { return test(entry.second->selection); });
  }
  [[nodiscard]] const Profile& of(std::uint32_t file) const { return *by_file_[file]; }

 private:
  // Numbers of the parts of the configuration: those of `paths`, then those of `acceptances`.
  using Parts = std::vector<std::uint32_t>;
  std::map<Parts, std::unique_ptr<Profile>> profiles_;
  std::vector<const Profile*> by_file_;
};

}  // namespace plimsoll::engine
