// An entry of plimsoll.toml that accepts nothing will accept the next mistake of the kind unseen,
// as a comment would. But a run rarely sees all that an entry is for: one is called unused only if
// the run searched the whole project, judged files that it speaks of, and asked its rules of those.
#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <variant>

#include "base/concat.h"
#include "engine/judging/judging.h"

namespace plimsoll::engine {
namespace {

constexpr unsigned bit_of(InputKind kind) {
  return 1U << static_cast<unsigned>(kind);
}

// What the run judged of the files that an entry speaks of.
struct Seen {
  const std::atomic<bool>* used = nullptr;
  unsigned kinds = 0;
  std::set<const Profile*> profiles{};
};
using SeenByEntry = std::map<const Acceptance*, Seen>;

SeenByEntry seen_in(const Run& run, std::span<const FoundFile> found,
                    std::span<const Piece> pieces) {
  std::set<std::pair<const Profile*, InputKind>> judged;
  for (std::uint32_t i = 0; i < found.size(); ++i)
    if (run.sources.read(i) != nullptr) judged.emplace(&run.profiles.of(i), found[i].kind);
  for (const Piece& piece : pieces)
    if (run.sources.read(piece.number) != nullptr || run.inlines.holds(piece.number))
      judged.emplace(&run.profiles.of(piece.number), piece.file.kind);
  SeenByEntry seen;
  for (const auto& [profile, kind] : judged)
    for (const Holding& holding : profile->acceptances) {
      if (holding.acceptance->line == 0) continue;
      Seen& one = seen[holding.acceptance];
      one.used = holding.used;
      one.kinds |= bit_of(kind);
      one.profiles.insert(profile);
    }
  return seen;
}

// Is there something of what the rule looks at in files of these kinds? Of the others nobody can
// say here whether it had a chance to speak.
bool looks_at(const rules::Rule& rule, unsigned kinds) {
  const bool dockerfiles = (kinds & bit_of(InputKind::dockerfile)) != 0;
  const bool running = (kinds & (bit_of(InputKind::compose) | bit_of(InputKind::carrier))) != 0;
  if (const auto* on = std::get_if<rules::OnContainer>(&rule.check))
    return on->of == rules::Of::images ? dockerfiles : running;
  if (std::holds_alternative<rules::OnProject>(rule.check))
    return (kinds & bit_of(InputKind::compose)) != 0;
  return dockerfiles && (std::holds_alternative<rules::OnBuild>(rule.check) ||
                         std::holds_alternative<rules::OnCommand>(rule.check));
}

bool is_idle(const Acceptance& entry, std::string_view name, const Seen& seen) {
  bool known = false;
  for (const rules::Rule* rule : rules::all()) {
    if (!entry.dialect->answers(*rule, name)) continue;
    known = true;
    const bool asked = looks_at(*rule, seen.kinds) &&
                       std::ranges::all_of(seen.profiles, [&](const Profile* profile) {
                         const Selection& s = profile->selection;
                         const auto told = std::span(s.enabled).first(s.told);
                         return std::ranges::find(told, rule) != told.end();
                       });
    if (!asked) return false;
  }
  return known;
}

// Did the run search the folder that the file's patterns count from?
bool searched_all(const Run& run) {
  const std::string file = run.sources.absolute(run.settings.config_file);
  return std::ranges::any_of(run.settings.paths, [&](const std::string& path) {
    const std::string folder = run.sources.absolute(path);
    return folder == "/" || file.starts_with(concat({folder, "/"}));
  });
}

}  // namespace

void tell_config_entries(const Run& run, std::span<const FoundFile> found,
                         std::span<const Piece> pieces, Outcome& outcome) {
  const std::vector<Acceptance>& entries = run.settings.acceptances;
  if (found.empty() || run.settings.config_file.empty() ||
      std::ranges::none_of(entries, [](const Acceptance& a) { return a.line != 0; }))
    return;
  const Profile& profile = run.profiles.of(0);
  if (!profile.dispatch.asks_suppressions()) return;
  const SeenByEntry seen = searched_all(run) ? seen_in(run, found, pieces) : SeenByEntry{};
  std::vector<Raised> raised;
  for (const Acceptance& entry : entries) {
    if (entry.line == 0) continue;
    facts::Suppression told{.tool = "plimsoll", .in_config = true};
    told.names.assign(entry.names.begin(), entry.names.end());
    if (entry.expired(run.settings.today)) told.expired = entry.until;
    const auto judged = seen.find(&entry);
    if (judged != seen.end())
      for (std::size_t i = 0; i < entry.names.size(); ++i)
        if (!judged->second.used[i] && is_idle(entry, entry.names[i], judged->second))
          told.idle.push_back(entry.names[i]);
    if (told.expired == 0 && told.idle.empty()) continue;
    const std::uint32_t number =
        run.sources.number(run.sources.shown(run.sources.absolute(run.settings.config_file)));
    const text::Source* file = run.sources.read(number);
    if (file == nullptr) return;
    const std::uint32_t start = file->line_start(entry.line);
    told.where = {number,
                  {start, start + static_cast<std::uint32_t>(file->line(entry.line).size())}};
    profile.dispatch.ask_suppression(told, raised);
  }
  for (Raised& r : raised) {
    Judged judged;
    if (take(r, profile, outcome, judged)) outcome.findings.push_back(std::move(judged));
  }
}

}  // namespace plimsoll::engine
