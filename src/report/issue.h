// A finding as services want it: one place, one name, one level, one text. The formats that other
// linters have too are written from these, so that `plimsoll check` and `plimsoll hadolint` share
// them.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/verdict.h"
#include "report/report.h"

namespace plimsoll::report {

// From the worst to the mildest; `style` is hadolint's, whose severities are told in its four
// words.
enum class Level : std::uint8_t { error, warning, info, style };
std::string_view name(Level level);

struct Issue {
  std::string code;     // the rule's name, or another tool's id
  std::string message;  // secrets are hidden already; need not be valid UTF-8
  Level level = Level::warning;
  // What a service with more levels, or with topics, may be told. Empty: to be derived from
  // `level`.
  std::string_view code_climate_severity{}, code_climate_category{};
  std::uint32_t line = 1, column = 1;          // from 1, the column in UTF-16 code units
  std::uint32_t end_line = 1, end_column = 1;  // equal to the begin where nothing is known
  std::string fingerprint{};
  // The file could not be read as what it is meant to be: such an issue has no rule.
  bool is_error = false;
};

struct IssueFile {
  std::string path;
  std::vector<Issue> issues;
};
using IssueFiles = std::vector<IssueFile>;

// The code of an issue that says that an input could not be read at all.
inline constexpr std::string_view kUnreadableInput = "unreadable-input";

// Who speaks.
struct Speaker {
  std::string_view id, name, version;      // "plimsoll", "Plimsoll", "0.1.0"
  std::string_view about;                  // what it does, as JUnit's body says it
  std::string run_id, run_name, run_time;  // of this run: identical runs of ours say the same
};
Speaker ourselves();

// All files that were judged, clean ones too, in the verdict's order; what could not be read comes
// behind them, as issues that are errors.
IssueFiles issues_of(const engine::Verdict& verdict, const Options& options);

// The formats, each in a file of its own.
void write_checkstyle(const IssueFiles& files, const Speaker& speaker, Output& output);
void write_codeclimate(const IssueFiles& files, const Speaker& speaker, Output& output);
void write_gitlab(const IssueFiles& files, const Speaker& speaker, Output& output);
void write_junit(const IssueFiles& files, const Speaker& speaker, Output& output);
void write_sonarqube(const IssueFiles& files, const Speaker& speaker, Output& output);

using IssueWriter = void (*)(const IssueFiles&, const Speaker&, Output&);

// Such a writer as one of a verdict. hadolint's output has no newline at its end; ours is a text.
template <IssueWriter writer>
void write_issues(const engine::Verdict& verdict, const Options& options, Output& output) {
  writer(issues_of(verdict, options), ourselves(), output);
  if (writer != write_codeclimate) output.write("\n");
}

}  // namespace plimsoll::report
