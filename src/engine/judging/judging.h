// What the kinds of work of one run share: each takes one input from its bytes to its findings.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/arena.h"
#include "base/timer.h"
#include "engine/check.h"
#include "engine/checklist/checklist.h"
#include "engine/contexts.h"
#include "engine/dispatch.h"
#include "engine/inline_dockerfiles.h"
#include "engine/profiles.h"
#include "engine/projects.h"
#include "engine/sources.h"
#include "engine/suppress.h"

namespace plimsoll::engine {

enum PassNumber : std::uint8_t { read_pass, parse_pass, facts_pass, rules_pass, passes };
constexpr std::array<std::string_view, passes> kPassNames = {"read", "parse", "facts", "rules"};

// What one thread keeps from input to input.
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

// What became of one input. Findings may stand in other sources too.
struct Outcome {
  std::vector<Judged> findings;
  std::vector<text::Place> secrets;  // bytes that no report may show
  std::vector<InputError> errors;
  std::vector<ChecklistEntry> checklist;
  ChecklistParts parts;  // what only the run as a whole can put together
  bool incomplete = false;
};

// A service that builds from a Dockerfile: the container that it makes of it, and what the rules
// said of that at places in the Dockerfile.
struct BuildUse {
  std::uint32_t dockerfile = 0;
  std::string target;
  std::vector<std::pair<std::string, std::string>> arguments;
  std::string context;  // absolute folder; empty: not known
  std::string service;
  text::Place where;                 // the service's name
  std::uint32_t project = 0;         // its main file
  std::vector<std::string> given{};  // the names of all arguments, of unknown value too
  struct Said {
    const rules::Rule* rule = nullptr;
    text::Place where{};
    bool speaks = true;               // false: there is only a fix, for what the Dockerfile says
    std::optional<rules::Fix> fix{};  // in the Dockerfile and the project
  };
  std::vector<Said> findings{};
};

// What became of a project.
struct ProjectOutcome {
  Outcome findings;
  std::vector<BuildUse> uses;
  std::vector<std::uint32_t> sources;                       // all files that it was read from
  std::shared_ptr<const parse::compose::Project> loaded{};  // if it is to be kept
};

// A file that is judged for itself, and its number among the sources.
struct Piece {
  FoundFile file;
  std::uint32_t number = 0;
  std::vector<const BuildUse*> uses{};  // of a Dockerfile, by the services of all projects
};

struct Run {
  const CheckSettings& settings;
  const Profiles& profiles;
  const Fs& fs;
  Snapshot& snapshot;
  Sources& sources;
  Contexts& contexts;
  ShellCheck& shellcheck;
  InlineDockerfiles& inlines;
  SuppressSettings suppress{};
  std::vector<facts::Variable> build_arguments{};
  std::string root{};  // absolute: nothing outside of it is read for a project
};

// The finding with its severity; secrets go to the outcome. False: the rule is asked for those
// alone.
bool take(Raised& raised, const Profile& profile, Outcome& outcome, Judged& judged);

// Where rules that find secrets spoke.
std::vector<text::Place> secrets_in(std::span<const Raised> raised, const Profile& profile);

// judging/dockerfile.cc
// The scripts of a Dockerfile that was read, before it is judged: its facts are derived again then.
std::vector<std::string> scripts_of(const Run& run, std::uint32_t number, Worker& worker);
void judge_dockerfile(const Run& run, const Piece& piece, Worker& worker, Laps& laps,
                      Outcome& outcome);

// judging/project.cc
void judge_project(const Run& run, const ProjectFiles& files, Worker& worker, Laps& laps,
                   ProjectOutcome& outcome);

// judging/run_lines.cc
void judge_run_lines(const Run& run, const Piece& piece, Worker& worker, Laps& laps,
                     Outcome& outcome);

// judging/daemon.cc
void judge_daemon(const Run& run, const Piece& piece, Worker& worker, Laps& laps, Outcome& outcome);

// judging/accept.cc
// The comments of a file that is no Dockerfile, and what they accept: marks the findings that stand
// in it, and adds what is to be said of the comments themselves.
void accept_by_comments(const Run& run, std::uint32_t number, std::span<Judged* const> findings,
                        Outcome& outcome);

// judging/config_entries.cc
// What is to be said of the [[suppress]] entries of plimsoll.toml: once all findings are judged.
void tell_config_entries(const Run& run, std::span<const FoundFile> found,
                         std::span<const Piece> pieces, Outcome& outcome);

}  // namespace plimsoll::engine
