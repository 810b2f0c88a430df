// Judges the `docker run` lines of one file as the containers that they start.
#include <optional>

#include "engine/judging/judging.h"
#include "engine/judging/run_fixes.h"
#include "facts/runline/run_line.h"
#include "parse/runline/extract/extract.h"

namespace plimsoll::engine {
namespace {

using parse::runline::Carrier;

// A README shows how something is done: its reader may do it, no machine will.
rules::Severity in_texts(rules::Severity severity) {
  return severity == rules::Severity::critical ? rules::Severity::high
         : severity == rules::Severity::high   ? rules::Severity::medium
         : severity == rules::Severity::medium ? rules::Severity::low
                                               : rules::Severity::info;
}

// A line, and the text that it stands in.
struct Written {
  const parse::runline::RunLine& line;
  const text::Source& source;
};

void judge_line(const Run& run, const Written& written, const Profile& profile, Worker& worker,
                Outcome& outcome) {
  const parse::runline::RunLine& line = written.line;
  facts::RunFacts facts = facts::lower_run_line(line, worker.arena);
  facts.container.today = run.settings.today;
  facts.container.settings = &run.settings.rule_settings;
  worker.raised.clear();
  profile.dispatch.ask_container(facts.container, worker.raised);
  outcome.checklist.push_back(judge_checklist(facts.container,
                                              {SubjectKind::run, std::string(facts.container.name)},
                                              secrets_in(worker.raised, profile)));
  for (Raised& raised : worker.raised) {
    Judged judged;
    if (!take(raised, profile, outcome, judged)) continue;
    if (!judged.finding.fix)
      judged.finding.fix = run_line_fix(line, written.source, *judged.rule, judged.finding);
    judged.subject = {SubjectKind::run, std::string(facts.container.name)};
    if (line.carrier == Carrier::markdown) judged.severity = in_texts(judged.severity);
    profile.accept(judged, run.settings.today);
    outcome.findings.push_back(std::move(judged));
  }
}

}  // namespace

void judge_run_lines(const Run& run, const Piece& piece, Worker& worker, Laps& laps,
                     Outcome& outcome) {
  const FoundFile& file = piece.file;
  const std::uint32_t number = piece.number;
  const text::Source& source = *run.sources.read(number);
  worker.arena.clear();
  const std::string_view bytes = source.bytes();
  Carrier carrier = parse::runline::carrier_of(file.path, bytes.substr(0, 256));
  if (carrier == Carrier::none && file.named) carrier = Carrier::shell;
  parse::runline::Extraction found{};
  if (carrier != Carrier::none && parse::runline::mentions_engine(bytes))
    found = parse::runline::extract(source, number, carrier, worker.arena);
  laps.end(parse_pass);
  const std::optional<text::Span> scan = find_scan(file.path, bytes);
  if (scan) outcome.parts.scans.push_back({number, *scan});
  if (found.lines.empty() && !file.named && !scan) {
    run.sources.forget(number);  // it starts no container
    return;
  }
  const Profile& profile = run.profiles.of(number);
  for (const parse::runline::RunLine& line : found.lines)
    judge_line(run, {line, source}, profile, worker, outcome);
  laps.end(rules_pass);
}

}  // namespace plimsoll::engine
