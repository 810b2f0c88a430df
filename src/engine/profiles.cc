// Most projects have one profile; those with paths of their own a handful.
#include "engine/profiles.h"

#include <algorithm>

namespace plimsoll::engine {
namespace {

bool speaks_of(const Acceptance& acceptance, const Subject& subject) {
  using enum SubjectKind;
  const bool of_compose = subject.kind == none || subject.kind == service || subject.kind == job;
  if (acceptance.dialect->compose_alone && !of_compose) return false;
  return acceptance.services.empty() ||
         (of_compose &&
          std::ranges::find(acceptance.services, subject.name) != acceptance.services.end());
}

}  // namespace

Profile::Profile(Selection chosen, std::vector<Holding> holding)
    : selection(std::move(chosen)), dispatch(selection), acceptances(std::move(holding)) {}

void Profile::accept(Judged& judged, std::uint32_t today) const {
  const std::string& code = judged.finding.shellcheck_code;
  for (const auto& [acceptance, used] : acceptances) {
    const Acceptance& a = *acceptance;
    if (a.expired(today) || !speaks_of(a, judged.subject)) continue;
    const bool by_code =
        !code.empty() && (a.dialect == &pragmas::kPlimsoll || a.dialect == &pragmas::kHadolint);
    for (std::size_t i = 0; i < a.names.size(); ++i) {
      if (!a.dialect->answers(*judged.rule, a.names[i]) && !(by_code && a.names[i] == code))
        continue;
      used[i].store(true, std::memory_order_relaxed);
      if (!judged.suppressed)
        judged.suppressed = Suppressed{.by = Suppressed::By::config, .reason = a.reason};
    }
  }
}

Profiles::Profiles(const CheckSettings& settings, const Selection& selection,
                   const std::vector<FoundFile>& files)
    : settings_(settings), selection_(selection) {
  std::size_t names = 0;
  for (const Acceptance& acceptance : settings.acceptances) {
    first_used_.push_back(names);
    names += acceptance.names.size();
  }
  used_ = std::vector<std::atomic<bool>>(names);
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
    std::vector<Holding> holding;
    holding.reserve(applying.size());
    for (const std::uint32_t i : applying)
      holding.push_back({&settings_.acceptances[i], used_.data() + first_used_[i]});
    profile = std::make_unique<Profile>(other ? *other : selection_, std::move(holding));
  }
  return profile.get();
}

}  // namespace plimsoll::engine
