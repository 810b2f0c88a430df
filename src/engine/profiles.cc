// Most projects have one profile; those with paths of their own a handful.
#include "engine/profiles.h"

#include <algorithm>

namespace plimsoll::engine {

Profile::Profile(Selection chosen, const std::vector<Acceptance>& all,
                 const std::vector<std::uint32_t>& applying)
    : selection(std::move(chosen)), dispatch(selection) {
  for (const std::uint32_t number : applying) acceptances.push_back(&all[number]);
}

void Profile::accept(Judged& judged, std::uint32_t today) const {
  const std::string& code = judged.finding.shellcheck_code;
  const auto named = [&](const Acceptance& a) {
    const bool by_code =
        !code.empty() && (a.dialect == &pragmas::kPlimsoll || a.dialect == &pragmas::kHadolint);
    return std::ranges::any_of(a.names, [&](const std::string& name) {
      return a.dialect->answers(*judged.rule, name) || (by_code && name == code);
    });
  };
  for (const Acceptance* a : acceptances) {
    if (a->expired(today) || !named(*a)) continue;
    judged.suppressed = Suppressed{.by = Suppressed::By::config, .reason = a->reason};
    return;
  }
}

Profiles::Profiles(const CheckSettings& settings, const Selection& selection,
                   const std::vector<FoundFile>& files)
    : settings_(settings), selection_(selection) {
  by_file_.reserve(files.size());
  for (const FoundFile& file : files) by_file_.push_back(find(file.path));
}

void Profiles::add(std::uint32_t number, std::string_view path) {
  if (number >= by_file_.size()) added_.try_emplace(number, find(path));
}

const Profile* Profiles::find(std::string_view path) {
  const auto paths = static_cast<std::uint32_t>(settings_.path_settings.size());
  const std::string absolute = absolute_path(path, settings_.discovery.working_directory);
  Parts parts;
  std::vector<std::uint32_t> applying;
  std::vector<const PathSettings*> entries;
  for (std::uint32_t i = 0; i < paths; ++i)
    if (settings_.path_settings[i].files.hold(absolute)) {
      parts.push_back(i);
      entries.push_back(&settings_.path_settings[i]);
    }
  for (std::uint32_t i = 0; i < settings_.acceptances.size(); ++i)
    if (settings_.acceptances[i].files.hold(absolute)) {
      parts.push_back(paths + i);
      applying.push_back(i);
    }
  std::unique_ptr<Profile>& profile = profiles_[parts];
  if (!profile) {
    // The names were checked when the configuration was read, so nothing can be unknown here.
    const Result<Selection> other = entries.empty()
                                        ? Result<Selection>(selection_)
                                        : select_rules(selection_for(settings_.selection, entries));
    profile =
        std::make_unique<Profile>(other ? *other : selection_, settings_.acceptances, applying);
  }
  return profile.get();
}

}  // namespace plimsoll::engine
