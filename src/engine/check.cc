// The recipe: find files; read, parse, derive and judge each; sort. Each input is one piece of
// work, and its trees and facts are gone before the next one begins, so memory does not grow with
// their number.
#include "engine/check.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <tuple>

#include "base/concat.h"
#include "base/parallel.h"
#include "base/timer.h"
#include "engine/judging/judging.h"
#include "engine/profiles.h"
#include "engine/projects.h"
#include "engine/sources.h"

namespace plimsoll::engine {
namespace {

// Adds the times of a step to the verdict's passes, if that is asked for.
class Step {
 public:
  Step(std::string_view name, bool wanted, Verdict& verdict)
      : name_(name), wanted_(wanted), verdict_(verdict) {}
  ~Step() {
    if (wanted_) verdict_.passes.push_back({name_, wall_.ms(), cpu_.ms()});
  }
  Step(const Step&) = delete;
  Step& operator=(const Step&) = delete;

 private:
  std::string_view name_;
  bool wanted_;
  Verdict& verdict_;
  Stopwatch wall_{CLOCK_MONOTONIC}, cpu_{CLOCK_PROCESS_CPUTIME_ID};
};

// The number of each is its index among those found. One that is named in two ways is one file.
void number_files(const CheckSettings& settings, Discovered& found, Sources& sources) {
  std::uint32_t next = 0;
  if (settings.standard_input)
    next = sources.add(found.files.front().path, *settings.standard_input) + 1;
  const auto given = found.files.begin() + next;
  const auto again = std::remove_if(given, found.files.end(), [&](const FoundFile& file) {
    return sources.number(file.path) != next || (++next, false);
  });
  found.files.erase(again, found.files.end());
}

Discovered find_files(const CheckSettings& settings, const Fs& fs, Snapshot& snapshot,
                      Sources& sources, Verdict& verdict) {
  const Step step("discover", settings.time_passes, verdict);
  Discovered found = discover(settings.paths, settings.discovery, fs, snapshot);
  verdict.errors = std::move(found.errors);
  if (!settings.only.empty())
    std::erase_if(found.files, [&](const FoundFile& file) {
      return !std::ranges::binary_search(settings.only, sources.absolute(file.path));
    });
  if (settings.standard_input)
    found.files.insert(found.files.begin(), {settings.standard_input_name, true});
  number_files(settings, found, sources);
  for (const std::string& line : settings.run_lines) {
    found.files.push_back({"--run", true, InputKind::carrier});
    sources.add("--run", line);
  }
  return found;
}

// The folder that no project is read beyond: the repository, or what was asked to be checked.
std::string root_of(const std::vector<std::string>& paths, const Sources& sources, const Fs& fs) {
  std::string root;
  for (const std::string& path : paths) {
    const Result<FileStatus> status = fs.status(path);
    std::string folder = sources.absolute(path);
    if (!status || status->kind != FileKind::directory) folder = parent_path(folder);
    if (root.empty()) root = folder;
    while (root != "/" && folder != root && !folder.starts_with(concat({root, "/"})))
      root = parent_path(root);
  }
  for (std::string top = root; top.size() > 1; top = parent_path(top))
    if (fs.status(join_path(top, ".git"))) return top;
  return root;
}

void add_build_arguments(Run& run) {
  for (const auto& [name, value] : run.settings.build_arguments) {
    run.build_arguments.push_back({.name = name, .text = value});
    if (name == "BUILDKIT_DOCKERFILE_CHECK") run.suppress.build_checks = value;
  }
}

// A file that another project includes or extends is judged as part of that; of two that include
// each other, the first one stands.
std::vector<bool> parts_of_others(const Run& run, const std::vector<ProjectFiles>& files,
                                  const std::vector<ProjectOutcome>& outcomes) {
  std::map<std::uint32_t, std::vector<std::size_t>> readers;  // of each source
  for (std::size_t i = 0; i < outcomes.size(); ++i)
    for (const std::uint32_t source : outcomes[i].sources) readers[source].push_back(i);
  std::vector<bool> parts(files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto main_of = [&](std::size_t project) {
      return run.sources.number(files[project].files.front());
    };
    const auto reads_back = [&](std::size_t project) {
      return std::ranges::find(outcomes[i].sources, main_of(project)) != outcomes[i].sources.end();
    };
    for (const std::size_t reader : readers[main_of(i)])
      if (reader != i && main_of(reader) != main_of(i) && (!reads_back(reader) || reader < i))
        parts[i] = true;
  }
  return parts;
}

// A fix of one project that changes a Dockerfile would surprise another one that builds it as well.
void drop_one_sided_fixes(std::vector<ProjectOutcome>& outcomes) {
  std::map<std::uint32_t, std::set<std::size_t>> builders;  // of each Dockerfile
  for (std::size_t i = 0; i < outcomes.size(); ++i)
    for (const BuildUse& use : outcomes[i].uses) builders[use.dockerfile].insert(i);
  for (ProjectOutcome& outcome : outcomes)
    for (Judged& judged : outcome.findings.findings) {
      std::optional<rules::Fix>& fix = judged.finding.fix;
      if (fix && std::ranges::any_of(fix->edits, [&](const text::Edit& edit) {
            const auto found = builders.find(edit.where.source);
            return found != builders.end() && found->second.size() > 1;
          }))
        fix.reset();
    }
}

// What each Compose project would run, with the facts of what it builds from.
std::vector<ProjectOutcome> judge_projects(const Run& run, const Discovered& found,
                                           std::vector<Worker>& workers_memory) {
  const std::vector<ProjectFiles> files = group_projects(found.files, run.snapshot);
  std::vector<ProjectOutcome> outcomes(files.size());
  if (files.empty()) return outcomes;
  parallel_for(files.size(), run.settings.jobs, [&](std::size_t i, unsigned worker) {
    Laps laps(workers_memory[worker], run.settings.time_passes);
    judge_project(run, files[i], workers_memory[worker], laps, outcomes[i]);
  });
  const std::vector<bool> parts = parts_of_others(run, files, outcomes);
  for (std::size_t i = 0; i < outcomes.size(); ++i)
    if (parts[i]) outcomes[i] = {};
  drop_one_sided_fixes(outcomes);
  return outcomes;
}

// All that is judged for itself: what was found, and the Dockerfiles that services build from.
std::vector<Piece> pieces_of(const Run& run, const Discovered& found,
                             const std::vector<ProjectOutcome>& projects, Profiles& profiles) {
  std::vector<Piece> pieces;
  std::map<std::uint32_t, std::size_t> by_number;
  for (std::uint32_t i = 0; i < found.files.size(); ++i) {
    if (found.files[i].kind == InputKind::compose) continue;
    by_number.emplace(i, pieces.size());
    pieces.push_back({found.files[i], i});
  }
  for (const ProjectOutcome& project : projects)
    for (const BuildUse& use : project.uses) {
      const auto [entry, is_new] = by_number.try_emplace(use.dockerfile, pieces.size());
      if (is_new) {
        const std::string& path = run.sources.path(use.dockerfile);
        pieces.push_back({{path, true}, use.dockerfile});
        profiles.add(use.dockerfile, path);
      }
      pieces[entry->second].uses.push_back(&use);
    }
  return pieces;
}

using Scripts = std::vector<std::vector<std::string>>;  // by piece

void ask_shellcheck(const Run& run, const std::vector<Piece>& pieces,
                    std::vector<Worker>& workers_memory, Scripts& scripts) {
  parallel_for(pieces.size(), run.settings.jobs, [&](std::size_t i, unsigned worker) {
    const Piece& piece = pieces[i];
    if (piece.file.kind != InputKind::dockerfile ||
        !run.shellcheck.wanted(run.profiles.of(piece.number).selection))
      return;
    Laps laps(workers_memory[worker], run.settings.time_passes);
    const bool was_read = run.sources.read(piece.number) != nullptr;
    laps.end(read_pass);
    if (was_read) scripts[i] = scripts_of(run, piece.number, workers_memory[worker]);
  });
  run.shellcheck.ask(scripts, run.settings.jobs);
}

void judge_piece(const Run& run, const Piece& piece, Worker& worker, Outcome& outcome) {
  Laps laps(worker, run.settings.time_passes);
  const text::Source* source = run.sources.read(piece.number);
  laps.end(read_pass);
  if (source == nullptr) {
    outcome.errors.push_back(*run.sources.error(piece.number));
    return;
  }
  switch (piece.file.kind) {
    case InputKind::compose:
      break;  // judged before, as part of its project
    case InputKind::carrier:
      judge_run_lines(run, piece, worker, laps, outcome);
      break;
    case InputKind::daemon:
      judge_daemon(run, piece, worker, laps, outcome);
      break;
    case InputKind::dockerfile:
      judge_dockerfile(run, piece, worker, laps, outcome);
      break;
  }
}

// Comments in the files that are no Dockerfiles.
void accept(const Run& run, const std::vector<Piece>& pieces, const Discovered& found,
            std::vector<Outcome>& outcomes) {
  std::set<std::uint32_t> dockerfiles;
  for (const Piece& piece : pieces)
    if (piece.file.kind == InputKind::dockerfile) dockerfiles.insert(piece.number);
  std::map<std::uint32_t, std::vector<Judged*>> by_source;
  for (std::uint32_t i = 0; i < found.files.size(); ++i)
    if (!dockerfiles.contains(i)) by_source[i];
  for (Outcome& outcome : outcomes)
    for (Judged& judged : outcome.findings)
      if (!dockerfiles.contains(judged.finding.where.source))
        by_source[judged.finding.where.source].push_back(&judged);
  Outcome of_comments;
  for (const auto& [number, findings] : by_source)
    if (run.sources.read(number) != nullptr) accept_by_comments(run, number, findings, of_comments);
  outcomes.push_back(std::move(of_comments));
}

ContextNeeds context_needs(const Profiles& profiles) {
  ContextNeeds needs;
  (void)profiles.any([&](const Selection& selection) {
    for (std::size_t i = 0; i < selection.told; ++i) needs.add(*selection.enabled[i]);
    return false;
  });
  return needs;
}

// Numbers follow the order of the paths, but for files that others refer to.
std::vector<std::uint32_t> ranks_of(const std::vector<std::unique_ptr<text::Source>>& sources) {
  std::vector<std::uint32_t> order, ranks(sources.size());
  order.reserve(sources.size());
  for (std::uint32_t i = 0; i < sources.size(); ++i)
    if (sources[i]) order.push_back(i);
  std::ranges::stable_sort(
      order, {}, [&](std::uint32_t i) -> const std::string& { return sources[i]->path(); });
  for (std::uint32_t i = 0; i < order.size(); ++i) ranks[order[i]] = i;
  return ranks;
}

// By (file, byte, rule). What several projects say of one text is said once.
void sort_findings(Verdict& verdict) {
  const std::vector<std::uint32_t> ranks = ranks_of(verdict.sources);
  std::ranges::stable_sort(verdict.findings, {}, [&](const Judged& j) {
    const text::Place& where = j.finding.where;
    return std::tuple(ranks[where.source], where.span.begin, j.rule->name);
  });
  const auto again = std::ranges::unique(verdict.findings, [](const Judged& a, const Judged& b) {
    return a.subject.kind != SubjectKind::stage && a.rule == b.rule &&
           a.finding.where == b.finding.where && a.subject.kind == b.subject.kind &&
           a.subject.name == b.subject.name && a.finding.message == b.finding.message;
  });
  verdict.findings.erase(again.begin(), again.end());
}

void gather(std::vector<Outcome>& outcomes, Sources& sources, Verdict& verdict) {
  verdict.sources = sources.take();
  // What git is told is only read to be added to.
  verdict.files =
      static_cast<std::uint32_t>(std::ranges::count_if(verdict.sources, [](const auto& source) {
        return source != nullptr && file_name(source->path()) != ".gitignore";
      }));
  verdict.secrets.resize(verdict.sources.size());
  std::size_t findings = 0;
  ChecklistParts parts;
  for (const Outcome& outcome : outcomes) findings += outcome.findings.size();
  verdict.findings.reserve(findings);
  for (Outcome& outcome : outcomes) {
    for (const text::Place& secret : outcome.secrets)
      verdict.secrets[secret.source].push_back(secret.span);
    std::ranges::move(outcome.findings, std::back_inserter(verdict.findings));
    std::ranges::move(outcome.errors, std::back_inserter(verdict.errors));
    std::ranges::move(outcome.checklist, std::back_inserter(verdict.checklist));
    parts.add(std::move(outcome.parts));
    verdict.incomplete = verdict.incomplete || outcome.incomplete;
  }
  for (std::vector<text::Span>& secrets : verdict.secrets)
    std::ranges::sort(secrets, {}, &text::Span::begin);
  sort_findings(verdict);
  finish_checklist(std::move(parts), verdict);
  std::ranges::stable_sort(verdict.errors, {}, &InputError::file);
}

// What of the inputs outlives the run.
void keep_inputs(const CheckSettings& settings, const std::vector<Piece>& pieces,
                 const std::vector<ProjectOutcome>& projects, Verdict& verdict) {
  for (const Piece& piece : pieces)
    if (piece.file.kind == InputKind::dockerfile) verdict.dockerfiles.push_back(piece.number);
  std::ranges::sort(verdict.dockerfiles);
  if (!settings.keep_projects) return;
  for (const ProjectOutcome& project : projects) {
    if (!project.loaded) continue;
    LoadedProject& kept = verdict.projects.emplace_back();
    kept.loaded = project.loaded;
    kept.sources = project.sources;
    for (const BuildUse& use : project.uses) kept.dockerfiles.push_back(use.dockerfile);
  }
}

void add_passes(const std::vector<Worker>& workers, Verdict& verdict) {
  for (std::size_t pass = 0; pass < passes; ++pass) {
    double cpu_ms = 0;
    for (const Worker& worker : workers) cpu_ms += worker.cpu_ms[pass];
    verdict.passes.push_back({kPassNames[pass], 0, cpu_ms});
  }
}

}  // namespace

Verdict check(const CheckSettings& settings, const Selection& selection, const Fs& fs) {
  Snapshot snapshot(fs);
  return check(settings, selection, fs, snapshot);
}

Verdict check(const CheckSettings& settings, const Selection& selection, const Fs& fs,
              Snapshot& snapshot) {
  Verdict verdict;
  verdict.working_directory = settings.discovery.working_directory;
  Sources sources(fs, settings.discovery.working_directory);
  // Which files are meant?
  const Discovered found = find_files(settings, fs, snapshot, sources, verdict);
  Profiles profiles(settings, selection, found.files);
  ShellCheck shellcheck(settings.shellcheck, fs);
  Contexts contexts(fs, snapshot, sources, context_needs(profiles));
  InlineDockerfiles inlines(sources);
  Run run{.settings = settings,
          .profiles = profiles,
          .fs = fs,
          .snapshot = snapshot,
          .sources = sources,
          .contexts = contexts,
          .shellcheck = shellcheck,
          .inlines = inlines,
          .suppress = {.today = settings.today, .hadolint_counts = settings.hadolint_comments},
          .root = root_of(settings.paths, sources, fs)};
  add_build_arguments(run);
  std::vector<Worker> workers_memory(workers(found.files.size(), settings.jobs));

  // What would Compose run? That tells which Dockerfiles are built, and how.
  std::vector<ProjectOutcome> projects = judge_projects(run, found, workers_memory);
  const std::vector<Piece> pieces = pieces_of(run, found, projects, profiles);

  // What has ShellCheck to say of their scripts? It is asked about those of all files at once.
  Scripts scripts(pieces.size());
  if (profiles.any([&](const Selection& of_some) { return shellcheck.wanted(of_some); })) {
    const Step step("shellcheck", settings.time_passes, verdict);
    ask_shellcheck(run, pieces, workers_memory, scripts);
  }

  // Read, parse, derive and judge each. Results go to slot i, so the number of threads changes
  // nothing.
  std::vector<Outcome> outcomes(pieces.size());
  parallel_for(pieces.size(), settings.jobs, [&](std::size_t i, unsigned worker) {
    judge_piece(run, pieces[i], workers_memory[worker], outcomes[i]);
  });
  for (ProjectOutcome& project : projects) outcomes.push_back(std::move(project.findings));
  if (!inlines.empty()) {
    for (Outcome& outcome : outcomes) inlines.lead_back(outcome);
    inlines.forget();
  }
  shellcheck.save();
  if (!shellcheck.trouble().empty()) {
    verdict.notes.push_back(shellcheck.trouble());
    verdict.incomplete = true;
  }
  if (settings.time_passes) add_passes(workers_memory, verdict);

  // From here on the set of findings is fixed and sorted; comments accept some of them.
  const Step step("gather", settings.time_passes, verdict);
  keep_inputs(settings, pieces, projects, verdict);
  accept(run, pieces, found, outcomes);
  outcomes.emplace_back();
  tell_config_entries(run, found.files, pieces, outcomes.back());
  gather(outcomes, sources, verdict);
  return verdict;
}

bool reaches(const Verdict& verdict, rules::Severity threshold) {
  return std::ranges::any_of(
      verdict.findings, [&](const Judged& j) { return !j.suppressed && j.severity >= threshold; });
}

}  // namespace plimsoll::engine
