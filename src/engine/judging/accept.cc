// Comments in files that are no Dockerfiles are read once all findings of the run are known: a file
// may be part of several projects, and a comment is used if one of them needs it.
#include <algorithm>
#include <variant>

#include "engine/judging/judging.h"

namespace plimsoll::engine {

void accept_by_comments(const Run& run, std::uint32_t number, std::span<Judged* const> findings,
                        Outcome& outcome) {
  const text::Source& source = *run.sources.read(number);
  Suppressions suppressions(source, run.suppress, run.inlines.scalars_in(number));
  if (suppressions.empty()) return;
  for (Judged* judged : findings)
    if (!judged->suppressed)
      suppressions.judge(*judged, source.position(judged->finding.where.span.begin).line);
  const Profile& profile = run.profiles.of(number);
  if (!profile.dispatch.asks_suppressions()) return;
  // Whether a rule had something to look at in these lines is not known here: a comment that names
  // one is unused only if the rule looks at containers, which each of these files has.
  const auto told = std::span(profile.selection.enabled).first(profile.selection.told);
  const auto asked = [&](const rules::Rule& rule, pragmas::Lines) {
    const auto* on = std::get_if<rules::OnContainer>(&rule.check);
    return on != nullptr && on->of != rules::Of::images &&
           std::ranges::find(told, &rule) != told.end();
  };
  std::vector<Raised> raised;
  for (const facts::Suppression& suppression : suppressions.tell(number, asked))
    profile.dispatch.ask_suppression(suppression, raised);
  for (Raised& r : raised) {
    Judged judged;
    if (!take(r, profile, outcome, judged)) continue;
    suppressions.judge(judged, source.position(judged.finding.where.span.begin).line);
    profile.accept(judged, run.settings.today);
    outcome.findings.push_back(std::move(judged));
  }
}

}  // namespace plimsoll::engine
