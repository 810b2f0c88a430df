// Profiles: which services and jobs are part of the project.
// Source: compose-go v2.16.2, types/project.go, WithProfiles.
#include <algorithm>

#include "base/concat.h"
#include "parse/compose/loader.h"

namespace plimsoll::parse::compose {

static std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

static std::vector<std::string> active_profiles(const LoadSettings& settings,
                                                const Bindings& variables) {
  if (!settings.profiles.empty()) return settings.profiles;
  std::vector<std::string> profiles;
  const auto given = variables.find("COMPOSE_PROFILES");
  if (given == variables.end()) return profiles;
  std::string_view rest = given->second.value;
  while (true) {
    const std::size_t comma = rest.find(',');
    profiles.emplace_back(trimmed(rest.substr(0, comma)));
    if (comma == std::string_view::npos) return profiles;
    rest.remove_prefix(comma + 1);
  }
}

static bool is_active(const Node& entry, const std::vector<std::string>& active) {
  const Node* profiles = entry.find("profiles");
  if (profiles == nullptr || profiles->items.empty()) return true;
  if (std::ranges::find(active, "*") != active.end()) return true;
  return std::ranges::any_of(profiles->items, [&](const Node* profile) {
    return profile->is(NodeKind::text) && std::ranges::find(active, profile->text) != active.end();
  });
}

void apply_profiles(const Loading& in, Node& model, const Bindings& variables) {
  if (in.settings.all_services) return;
  const std::vector<std::string> active = active_profiles(in.settings, variables);
  for (const std::string_view kind : {"services", "jobs"}) {
    Node* entries = model.find(kind);
    if (entries == nullptr) continue;
    std::erase_if(entries->members, [&](const Member& member) {
      if (is_active(*member.value, active)) return false;
      in.warn(*member.value, concat({member.key, " is left out: none of its profiles is active"}));
      in.project.disabled.push_back(member.key);
      return true;
    });
  }
}

}  // namespace plimsoll::parse::compose
