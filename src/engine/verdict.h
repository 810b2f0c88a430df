// What a run found out: everything that a report may need is in here; reports look nothing up.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule.h"
#include "text/source.h"

// Declared, not included: few who look at a verdict look at its projects.
namespace plimsoll::parse::compose {
struct Project;
}

namespace plimsoll::engine {

enum class SubjectKind : std::uint8_t {
  none,
  stage,
  service,
  job,
  run,
  image,
  container,
  daemon,
  context,
  profile
};

// What a finding speaks of.
struct Subject {
  SubjectKind kind = SubjectKind::none;
  std::string name;  // of the stage or service; an unnamed stage has its number
};

// The nine questions of "Docker Security Best Practices"; docs/checklist.md says what passes.
enum class ChecklistItem : std::uint8_t {
  non_root_user,
  no_secrets,
  minimal_base,
  vulnerability_scan,
  health_check,
  resource_limits,
  read_only_filesystem,
  no_new_privileges,
  dockerignore
};
constexpr std::size_t kChecklistItems = 9;

enum class ItemVerdict : std::uint8_t { pass, fail, unknown, not_applicable };
struct ItemAnswer {
  ItemVerdict verdict = ItemVerdict::unknown;
  std::string reason;                 // a clause without a final full stop
  std::vector<text::Place> evidence;  // the texts that say so, or where they are missing
};

// The checklist of one service, Dockerfile or run line.
struct ChecklistEntry {
  Subject subject;
  text::Place where;  // the service's name, the FROM, the run line
  bool built = false;
  std::uint32_t dockerfile = 0;  // that it is built from, if `built`
  std::array<ItemAnswer, kChecklistItems> items{};

  [[nodiscard]] const ItemAnswer& of(ChecklistItem item) const {
    return items[static_cast<std::size_t>(item)];
  }
};

struct Suppressed {
  enum class By : std::uint8_t { inline_comment, config, baseline } by{};
  std::string reason;  // empty: none was given
};

// A finding that was judged: with the rule's severity after the configuration.
struct Judged {
  const rules::Rule* rule = nullptr;
  rules::Severity severity{};
  rules::Finding finding;
  Subject subject;
  std::uint32_t instruction_line = 0;  // Dockerfile: first line of the instruction; 0: none
  std::optional<Suppressed> suppressed;
};

// Something that could not be read as text at all.
struct InputError {
  std::string file;
  std::uint32_t line = 0;  // 0: the file as a whole
  std::string message;
};

// One pass and the time that it took, for --time.
struct Pass {
  std::string_view name;
  double wall_ms = 0, cpu_ms = 0;
};

// A Compose project as it was loaded, and what it consists of. Numbers are those of sources.
struct LoadedProject {
  std::shared_ptr<const parse::compose::Project> loaded;
  std::vector<std::uint32_t> sources;      // all files that it was read from, the main one first
  std::vector<std::uint32_t> dockerfiles;  // that its services build from
};

struct Verdict {
  std::vector<std::unique_ptr<text::Source>>
      sources;  // by number: rules::Finding::where.source; null: could not be read
  std::vector<std::vector<text::Span>>
      secrets;  // by source: bytes that no report may show; sorted, they may overlap
  std::vector<Judged>
      findings;  // sorted by (file, byte, rule); suppressed ones are kept and marked
  std::vector<ChecklistEntry> checklist;  // sorted by file and name
  std::vector<InputError> errors;         // sorted by file
  std::vector<std::string> notes;         // what the user should know of the run itself
  std::string working_directory;          // absolute; empty: unknown
  std::uint32_t files = 0;                // every input that was read, clean ones too
  bool incomplete = false;   // a part that should have been judged was not (exit status 3)
  std::vector<Pass> passes;  // filled if asked for
  std::vector<std::uint32_t> dockerfiles;  // what was judged as such; sorted
  std::vector<LoadedProject> projects;     // filled if asked for

  // The source's bytes in `span` with every secret's bytes replaced by "*". All text of a source
  // that is shown anywhere comes from here.
  [[nodiscard]] std::string shown(std::uint32_t source_number, text::Span span) const;

  [[nodiscard]] const text::Source& source(std::uint32_t number) const { return *sources[number]; }
};

}  // namespace plimsoll::engine
