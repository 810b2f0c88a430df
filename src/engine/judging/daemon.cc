// Judges the engine's own configuration, and the profiles that confine its containers.
#include "facts/daemon.h"

#include "base/concat.h"
#include "engine/judging/judging.h"
#include "engine/recognise.h"

namespace plimsoll::engine {
namespace {

Subject subject_of(const facts::Daemon& daemon, text::Place where) {
  if (daemon.kind == facts::DaemonKind::engine) return {SubjectKind::daemon, "engine"};
  Subject subject{SubjectKind::profile,
                  daemon.kind == facts::DaemonKind::seccomp ? "seccomp" : "apparmor"};
  for (const facts::AppArmorProfile& profile : daemon.apparmor)
    if (profile.where.span.begin <= where.span.begin) subject.name = profile.name;
  return subject;
}

}  // namespace

void judge_daemon(const Run& run, const Piece& piece, Worker& worker, Laps& laps,
                  Outcome& outcome) {
  const FoundFile& file = piece.file;
  const std::uint32_t number = piece.number;
  const text::Source& source = *run.sources.read(number);
  worker.arena.clear();
  const std::optional<facts::DaemonKind> kind =
      recognise_daemon_file(file.path, source.bytes(), file.named);
  if (!kind) {
    if (file.named)
      outcome.errors.push_back(
          {file.path, 0,
           concat({file.path, " is neither the engine's configuration nor a profile"})});
    run.sources.forget(number);  // it only has the name of one
    return;
  }
  const facts::Daemon& daemon = facts::lower_daemon(source, number, *kind, worker.arena);
  laps.end(facts_pass);
  const Profile& profile = run.profiles.of(number);
  worker.raised.clear();
  profile.dispatch.ask_daemon(daemon, worker.raised);
  for (Raised& raised : worker.raised) {
    Judged judged;
    if (!take(raised, profile, outcome, judged)) continue;
    judged.subject = subject_of(daemon, judged.finding.where);
    profile.accept(judged, run.settings.today);
    outcome.findings.push_back(std::move(judged));
  }
  laps.end(rules_pass);
}

}  // namespace plimsoll::engine
