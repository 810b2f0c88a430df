// The recipe: find files; read, parse, derive and judge each; sort. Each file is one piece of work,
// and its trees and facts are gone before the next one begins, so memory does not grow with their
// number.
#include "engine/check.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <span>
#include <tuple>
#include <variant>

#include "base/arena.h"
#include "base/concat.h"
#include "base/parallel.h"
#include "base/timer.h"
#include "engine/dispatch.h"
#include "engine/profiles.h"
#include "engine/suppress.h"
#include "facts/lower.h"
#include "facts/unjudged.h"
#include "parse/dockerfile/parse.h"

namespace plimsoll::engine {
namespace {

using parse::dockerfile::Instruction;

enum PassNumber : std::uint8_t { read_pass, parse_pass, facts_pass, rules_pass, passes };
constexpr std::array<std::string_view, passes> kPassNames = {"read", "parse", "facts", "rules"};

// What one thread keeps from file to file.
struct Worker {
  Arena arena;
  std::vector<Raised> raised;
  std::array<double, passes> cpu_ms{};
};

// Adds up what each pass costs a worker, if that is asked for.
class Laps {
 public:
  Laps(Worker& worker, bool wanted) : worker_(worker), wanted_(wanted) {}
  void end(PassNumber pass) {
    if (!wanted_) return;
    const double now = watch_.ms();
    worker_.cpu_ms[pass] += now - last_;
    last_ = now;
  }

 private:
  Worker& worker_;
  bool wanted_;
  Stopwatch watch_{CLOCK_THREAD_CPUTIME_ID};
  double last_ = 0;
};

struct FileResult {
  std::unique_ptr<text::Source> source;
  std::vector<Judged> findings;
  std::vector<text::Span> secrets;
  std::vector<InputError> errors;
};

// What was derived of one file.
struct Facts {
  const facts::Build* build = nullptr;
  const facts::Context* context = nullptr;
  const Profile* profile = nullptr;  // the rules that are asked of it
};

class Run {
 public:
  Run(const CheckSettings& settings, const Profiles& profiles, const Fs& fs, Snapshot& snapshot,
      ShellCheck& shellcheck)
      : settings_(settings),
        profiles_(profiles),
        fs_(fs),
        snapshot_(snapshot),
        shellcheck_(shellcheck),
        suppress_settings_{.today = settings.today, .hadolint_counts = settings.hadolint_comments} {
    for (const auto& [name, value] : settings.build_arguments) {
      build_arguments_.push_back({.name = name, .text = value});
      if (name == "BUILDKIT_DOCKERFILE_CHECK") suppress_settings_.build_checks = value;
    }
  }

  // Reads the file if `text` is not given. Without a source afterwards it was an error. `number`
  // is the source's in the run.
  void read(const FoundFile& file, std::optional<std::string> text, FileResult& result) const {
    if (!text) {
      Result<std::string> bytes = fs_.read(file.path, kInputLimit);
      if (!bytes) {
        result.errors.push_back({file.path, 0, bytes.error().message});
        return;
      }
      text = std::move(*bytes);
    }
    result.source = std::make_unique<text::Source>(file.path, std::move(*text));
    const text::Source& source = *result.source;
    if (const std::size_t nul = source.bytes().find('\0'); nul != std::string_view::npos) {
      const std::uint32_t line = source.position(static_cast<std::uint32_t>(nul)).line;
      result.errors.push_back({file.path, line,
                               concat({file.path, " has a NUL byte in line ", std::to_string(line),
                                       ": it is no text file"})});
      result.source.reset();
    }
  }

  // The scripts of a file that was read, before it is judged: its facts are derived again then.
  std::vector<std::string> scripts_of(const text::Source& source, Worker& worker) const {
    worker.arena.clear();
    const parse::dockerfile::Tree tree = parse::dockerfile::parse(source, worker.arena);
    if (!facts::why_unjudged(source, tree).empty()) return {};
    const facts::BuildSettings build_settings{.arguments = build_arguments_};
    return ShellCheck::texts_of(*facts::lower(source, 0, tree, build_settings, worker.arena));
  }

  // Judges a file that was read. `number` is the source's in the run.
  void judge(const FoundFile& file, std::uint32_t number, Worker& worker, Laps& laps,
             FileResult& result) const {
    const text::Source& source = *result.source;
    worker.arena.clear();
    parse::dockerfile::Tree tree = parse::dockerfile::parse(source, worker.arena);
    if (!file.named && may_be_source_code(file_name(file.path)) && !begins_a_build(tree)) {
      result.source.reset();  // it only has the name of one
      return;
    }
    const std::string_view unjudged = facts::why_unjudged(source, tree);
    if (!unjudged.empty()) tree = {};  // an empty file, of which no other rule has anything to say
    laps.end(parse_pass);
    const facts::BuildSettings build_settings{.arguments = build_arguments_,
                                              .target = settings_.target,
                                              .unjudged = unjudged,
                                              .today = settings_.today,
                                              .settings = &settings_.rule_settings};
    const facts::Build& build = *facts::lower(source, number, tree, build_settings, worker.arena);
    const facts::Container container =
        build.target != nullptr ? facts::container_of(build, worker.arena) : facts::Container{};
    const facts::Context context =
        file.path == settings_.standard_input_name && settings_.standard_input
            ? facts::Context{.build = &build}
            : context_of(build, file.path);
    if (!settings_.target.empty() && build.target == nullptr && !build.stages.empty())
      result.errors.push_back(
          {file.path, 0, concat({"there is no stage '", settings_.target, "' (--target)"})});
    laps.end(facts_pass);
    // From here on no file is read.
    worker.raised.clear();
    const Profile& profile = profiles_.of(number);
    profile.dispatch.ask(build, container, context, worker.raised);
    shellcheck_.raise(build, profile.selection, worker.raised);
    finish({&build, &context, &profile}, worker.raised, result);
    laps.end(rules_pass);
  }

 private:
  static bool begins_a_build(const parse::dockerfile::Tree& tree) {
    using enum parse::dockerfile::Keyword;
    return !tree.instructions.empty() &&
           (tree.instructions.front().keyword == from || tree.instructions.front().keyword == arg);
  }

  // The context is the Dockerfile's folder, as `docker build FOLDER` has it, if what it copies by
  // name is there.
  [[nodiscard]] facts::Context context_of(const facts::Build& build,
                                          const std::string& path) const {
    facts::Context context{.build = &build};
    const std::string folder(parent_path(path));
    const auto copies_from_context = [](const facts::Copy& copy) {
      return copy.from.absent() && copy.from_stage == nullptr;
    };
    const bool copies = std::ranges::any_of(build.stages, [&](const facts::Stage& stage) {
      return std::ranges::any_of(stage.copies, copies_from_context);
    });
    if (!copies) return context;
    const Snapshot::Listing& listing = snapshot_.list(folder);
    if (!listing.entries) return context;
    for (const facts::Stage& stage : build.stages)
      for (const facts::Copy& copy : stage.copies)
        if (copies_from_context(copy) && !all_there(copy, listing)) return context;
    context.known = true;
    context.directory = listing_folder(folder);
    context.names = listing.names;
    context.unwanted = snapshot_.unwanted(folder);
    for (const std::string& name :
         {concat({file_name(path), ".dockerignore"}), std::string(".dockerignore")}) {
      const auto found = std::ranges::lower_bound(listing.names, name);
      if (found == listing.names.end() || *found != name) continue;
      context.ignore_file = *found;
      context.ignore_patterns = snapshot_.ignore_patterns(join_path(folder, name));
      break;
    }
    return context;
  }

  static std::string_view listing_folder(const std::string& folder) {
    return folder == "." ? "." : "the Dockerfile's folder";
  }

  // By its first path component; names with variables and globs say nothing.
  static bool all_there(const facts::Copy& copy, const Snapshot::Listing& listing) {
    return std::ranges::all_of(copy.sources, [&](const facts::Copy::Source& source) {
      if (!source.path.known() || source.heredoc || source.url || source.git) return true;
      std::string_view path = source.path.value;
      while (path.starts_with("./") || path.starts_with("/"))
        path.remove_prefix(path.front() == '/' ? 1 : 2);
      const std::string_view first = path.substr(0, path.find('/'));
      if (first.empty() || first == "." || first.find_first_of("*?[") != std::string_view::npos)
        return true;
      return listing.has(first);
    });
  }

  // Gives each finding its severity, subject, instruction and suppression; then those of the
  // comments that suppress.
  void finish(const Facts& facts, std::vector<Raised>& raised, FileResult& result) const {
    const facts::Build& build = *facts.build;
    Suppressions suppressions(*build.source, *build.tree, suppress_settings_);
    for (Raised& r : raised) take(facts, std::move(r), suppressions, result);
    if (!suppressions.empty() && facts.profile->dispatch.asks_suppressions() &&
        build.unjudged.empty()) {
      raised.clear();
      const auto asked = [&](const rules::Rule& rule, pragmas::Lines lines) {
        return was_asked(facts, rule, lines);
      };
      for (const facts::Suppression& suppression : suppressions.tell(build.source_number, asked))
        facts.profile->dispatch.ask_suppression(suppression, raised);
      for (Raised& r : raised) take(facts, std::move(r), suppressions, result);
    }
    std::ranges::sort(result.secrets, {}, &text::Span::begin);
    std::ranges::stable_sort(result.findings, [](const Judged& a, const Judged& b) {
      return std::tie(a.finding.where.span.begin, a.rule->name) <
             std::tie(b.finding.where.span.begin, b.rule->name);
    });
  }

  void take(const Facts& facts, Raised raised, Suppressions& suppressions,
            FileResult& result) const {
    const facts::Build& build = *facts.build;
    const Selection& selection = facts.profile->selection;
    result.secrets.insert(result.secrets.end(), raised.finding.secrets.begin(),
                          raised.finding.secrets.end());
    if (raised.rule >= selection.told) return;
    Judged judged{.rule = selection.enabled[raised.rule],
                  .severity = selection.severity_of(raised.rule, raised.finding),
                  .finding = std::move(raised.finding)};
    const std::uint32_t at = judged.finding.where.span.begin;
    const Instruction* instruction = instruction_at(build.tree->instructions, at);
    if (instruction != nullptr && at <= instruction->span.end)  // not in a comment behind it
      judged.instruction_line = build.source->position(instruction->span.begin).line;
    judged.subject = subject_at(build.stages, at);
    if (!suppressions.empty()) suppressions.judge(judged, build.source->position(at).line);
    if (!judged.suppressed) facts.profile->accept(judged, settings_.today);
    result.findings.push_back(std::move(judged));
  }

  // Had the rule what it looks at in these lines? If not, its silence means nothing.
  [[nodiscard]] static bool was_asked(const Facts& facts, const rules::Rule& rule,
                                      pragmas::Lines lines) {
    const Selection& selection = facts.profile->selection;
    const auto told = std::span(selection.enabled).first(selection.told);
    if (std::ranges::find(told, &rule) == told.end()) return false;
    if (std::holds_alternative<rules::OnContext>(rule.check)) return facts.context->known;
    if (std::holds_alternative<rules::OnContainer>(rule.check)) return is_shipped(facts, lines);
    if (std::holds_alternative<rules::OnCommand>(rule.check)) return all_understood(*facts.build);
    return std::holds_alternative<rules::OnBuild>(rule.check);
  }

  // Another --target would ship other stages, and what stands in those may be needed then.
  static bool is_shipped(const Facts& facts, pragmas::Lines lines) {
    const facts::Build& build = *facts.build;
    if (lines.first == 0) return std::ranges::all_of(build.stages, &facts::Stage::shipped);
    const facts::Stage* in = nullptr;
    for (const facts::Stage& stage : build.stages)
      if (build.source->position(stage.from->span.begin).line <= lines.first) in = &stage;
    return in != nullptr && in->shipped;
  }

  static bool all_understood(const facts::Build& build) {
    return std::ranges::all_of(build.stages, [](const facts::Stage& stage) {
      return std::ranges::all_of(stage.runs, &facts::Run::understood);
    });
  }

  static const Instruction* instruction_at(std::span<const Instruction> instructions,
                                           std::uint32_t at) {
    const auto after = std::ranges::upper_bound(instructions, at, {},
                                                [](const Instruction& i) { return i.span.begin; });
    return after == instructions.begin() ? nullptr : &after[-1];
  }

  static Subject subject_at(std::span<const facts::Stage> stages, std::uint32_t at) {
    const auto after = std::ranges::upper_bound(
        stages, at, {}, [](const facts::Stage& s) { return s.from->span.begin; });
    if (after == stages.begin()) return {};
    const facts::Stage& stage = after[-1];
    return {SubjectKind::stage,
            stage.name.empty() ? std::to_string(stage.index) : std::string(stage.name)};
  }

  const CheckSettings& settings_;
  const Profiles& profiles_;
  const Fs& fs_;
  Snapshot& snapshot_;
  ShellCheck& shellcheck_;
  SuppressSettings suppress_settings_;
  std::vector<facts::Variable> build_arguments_;
};

void gather(std::vector<FileResult>& results, Verdict& verdict) {
  std::size_t findings = 0;
  for (const FileResult& result : results) findings += result.findings.size();
  verdict.findings.reserve(findings);
  // Files are in the order of their paths, and the findings of each are sorted: together that is
  // (file, byte, rule).
  for (FileResult& result : results) {
    verdict.files += result.source ? 1 : 0;
    verdict.sources.push_back(std::move(result.source));
    verdict.secrets.push_back(std::move(result.secrets));
    std::ranges::move(result.findings, std::back_inserter(verdict.findings));
    std::ranges::move(result.errors, std::back_inserter(verdict.errors));
  }
  std::ranges::stable_sort(verdict.errors, {}, &InputError::file);
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
  Stopwatch wall(CLOCK_MONOTONIC), cpu(CLOCK_PROCESS_CPUTIME_ID);

  // Which files are meant?
  Discovered found = discover(settings.paths, settings.discovery, fs, snapshot);
  verdict.errors = std::move(found.errors);
  if (settings.standard_input)
    found.files.insert(found.files.begin(), {settings.standard_input_name, true});
  if (settings.time_passes) verdict.passes.push_back({"discover", wall.ms(), cpu.ms()});

  // What has ShellCheck to say of their scripts? It is asked about those of all files at once.
  ShellCheck shellcheck(settings.shellcheck, fs);
  const Profiles profiles(settings, selection, found.files);
  const Run run(settings, profiles, fs, snapshot, shellcheck);
  std::vector<FileResult> results(found.files.size());
  std::vector<std::vector<std::string>> scripts(found.files.size());
  std::vector<Worker> workers_memory(workers(found.files.size(), settings.jobs));
  const auto read = [&](std::size_t i, Laps& laps) {
    if (results[i].source || !results[i].errors.empty()) return;
    const bool given = settings.standard_input && i == 0;
    run.read(found.files[i], given ? settings.standard_input : std::nullopt, results[i]);
    laps.end(read_pass);
  };
  if (profiles.any([&](const Selection& of_some) { return shellcheck.wanted(of_some); })) {
    Stopwatch asking_wall(CLOCK_MONOTONIC), asking_cpu(CLOCK_PROCESS_CPUTIME_ID);
    parallel_for(scripts.size(), settings.jobs, [&](std::size_t i, unsigned worker) {
      Laps laps(workers_memory[worker], settings.time_passes);
      read(i, laps);
      const Profile& profile = profiles.of(static_cast<std::uint32_t>(i));
      if (results[i].source && shellcheck.wanted(profile.selection))
        scripts[i] = run.scripts_of(*results[i].source, workers_memory[worker]);
    });
    shellcheck.ask(scripts, settings.jobs);
    if (settings.time_passes)
      verdict.passes.push_back({"shellcheck", asking_wall.ms(), asking_cpu.ms()});
  }

  // Read, parse, derive and judge each. Results go to slot i, so the number of threads changes
  // nothing.
  parallel_for(found.files.size(), settings.jobs, [&](std::size_t i, unsigned worker) {
    Laps laps(workers_memory[worker], settings.time_passes);
    read(i, laps);
    if (results[i].source)
      run.judge(found.files[i], static_cast<std::uint32_t>(i), workers_memory[worker], laps,
                results[i]);
  });
  shellcheck.save();
  if (!shellcheck.trouble().empty()) {
    verdict.notes.push_back(shellcheck.trouble());
    verdict.incomplete = true;
  }
  if (settings.time_passes) add_passes(workers_memory, verdict);

  // From here on the set of findings is fixed and sorted.
  Stopwatch gather_wall(CLOCK_MONOTONIC), gather_cpu(CLOCK_PROCESS_CPUTIME_ID);
  gather(results, verdict);
  if (settings.time_passes) verdict.passes.push_back({"gather", gather_wall.ms(), gather_cpu.ms()});
  return verdict;
}

bool reaches(const Verdict& verdict, rules::Severity threshold) {
  return std::ranges::any_of(
      verdict.findings, [&](const Judged& j) { return !j.suppressed && j.severity >= threshold; });
}

}  // namespace plimsoll::engine
