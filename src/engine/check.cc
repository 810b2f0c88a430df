// The recipe: find files; read, parse, derive and judge each; sort. Each file is one piece of work,
// and its trees and facts are gone before the next one begins, so memory does not grow with their
// number.
#include "engine/check.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <tuple>

#include "base/arena.h"
#include "base/concat.h"
#include "base/parallel.h"
#include "base/timer.h"
#include "engine/dispatch.h"
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

struct FileResult {
  std::unique_ptr<text::Source> source;
  std::vector<Judged> findings;
  std::vector<text::Span> secrets;
  std::vector<InputError> errors;
};

class Run {
 public:
  Run(const CheckSettings& settings, const Selection& selection, const Fs& fs, Snapshot& snapshot)
      : settings_(settings),
        selection_(selection),
        fs_(fs),
        snapshot_(snapshot),
        dispatch_(selection) {
    for (const auto& [name, value] : settings.build_arguments)
      build_arguments_.push_back({.name = name, .text = value});
  }

  // Reads the file if `text` is not given. `number` is the source's in the run.
  void judge(const FoundFile& file, std::optional<std::string> text, std::uint32_t number,
             Worker& worker, FileResult& result) const {
    Stopwatch watch(CLOCK_THREAD_CPUTIME_ID);
    double last = 0;
    const auto lap = [&](PassNumber pass) {
      if (!settings_.time_passes) return;
      const double now = watch.ms();
      worker.cpu_ms[pass] += now - last;
      last = now;
    };
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
      return;
    }
    lap(read_pass);
    worker.arena.clear();
    parse::dockerfile::Tree tree = parse::dockerfile::parse(source, worker.arena);
    if (!file.named && may_be_source_code(file_name(file.path)) && !begins_a_build(tree)) {
      result.source.reset();  // it only has the name of one
      return;
    }
    const std::string_view unjudged = facts::why_unjudged(source, tree);
    if (!unjudged.empty()) tree = {};  // an empty file, of which no other rule has anything to say
    lap(parse_pass);
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
    lap(facts_pass);
    // From here on no file is read.
    worker.raised.clear();
    dispatch_.ask(build, container, context, worker.raised);
    finish(build, worker.raised, result);
    lap(rules_pass);
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

  // Gives each finding its severity, subject, instruction and suppression.
  void finish(const facts::Build& build, std::vector<Raised>& raised, FileResult& result) const {
    const text::Source& source = *build.source;
    const std::vector<Pragma> pragmas =
        raised.empty() ? std::vector<Pragma>{} : find_pragmas(source, *build.tree);
    for (Raised& r : raised) {
      result.secrets.insert(result.secrets.end(), r.finding.secrets.begin(),
                            r.finding.secrets.end());
      if (r.rule >= selection_.told) continue;
      Judged judged{.rule = selection_.enabled[r.rule],
                    .severity = selection_.severity_of(r.rule, r.finding),
                    .finding = std::move(r.finding)};
      const std::uint32_t at = judged.finding.where.span.begin;
      const Instruction* instruction = instruction_at(build.tree->instructions, at);
      if (instruction != nullptr)
        judged.instruction_line = source.position(instruction->span.begin).line;
      judged.subject = subject_at(build.stages, at);
      if (!pragmas.empty()) {
        // A finding on an instruction as a whole counts from its first line, one inside of it at
        // its own line.
        const Pragma* pragma =
            accepting(pragmas, judged, source.position(at).line, settings_.today);
        if (pragma == nullptr)
          pragma = accepting(pragmas, judged, judged.instruction_line, settings_.today);
        if (pragma != nullptr)
          judged.suppressed = Suppressed{.by = Suppressed::By::inline_comment,
                                         .reason = std::string(pragma->reason)};
      }
      result.findings.push_back(std::move(judged));
    }
    std::ranges::sort(result.secrets, {}, &text::Span::begin);
    std::ranges::stable_sort(result.findings, [](const Judged& a, const Judged& b) {
      return std::tie(a.finding.where.span.begin, a.rule->name) <
             std::tie(b.finding.where.span.begin, b.rule->name);
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
  const Selection& selection_;
  const Fs& fs_;
  Snapshot& snapshot_;
  Dispatch dispatch_;
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

}  // namespace

Verdict check(const CheckSettings& settings, const Selection& selection, const Fs& fs) {
  Verdict verdict;
  Stopwatch wall(CLOCK_MONOTONIC), cpu(CLOCK_PROCESS_CPUTIME_ID);

  // Which files are meant?
  Snapshot snapshot(fs);
  Discovered found = discover(settings.paths, settings.discovery, fs, snapshot);
  verdict.errors = std::move(found.errors);
  if (settings.standard_input)
    found.files.insert(found.files.begin(), {settings.standard_input_name, true});
  if (settings.time_passes) verdict.passes.push_back({"discover", wall.ms(), cpu.ms()});

  // Read, parse, derive and judge each. Results go to slot i, so the number of threads changes
  // nothing.
  const Run run(settings, selection, fs, snapshot);
  std::vector<FileResult> results(found.files.size());
  std::vector<Worker> workers_memory(workers(found.files.size(), settings.jobs));
  parallel_for(found.files.size(), settings.jobs, [&](std::size_t i, unsigned worker) {
    const bool given = settings.standard_input && i == 0;
    run.judge(found.files[i], given ? settings.standard_input : std::nullopt,
              static_cast<std::uint32_t>(i), workers_memory[worker], results[i]);
  });
  for (std::size_t pass = 0; settings.time_passes && pass < passes; ++pass) {
    double cpu_ms = 0;
    for (const Worker& worker : workers_memory) cpu_ms += worker.cpu_ms[pass];
    verdict.passes.push_back({kPassNames[pass], 0, cpu_ms});
  }

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
