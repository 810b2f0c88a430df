// Flattens a verdict: our five severities to three levels, spans to lines and columns.
#include "report/issue.h"

#include <algorithm>

#include "report/fingerprint.h"
#include "report/formats.h"
#include "report/secrets.h"
#include "text/columns.h"

namespace plimsoll::report {
namespace {

Level level_of(rules::Severity severity) {
  if (severity >= rules::Severity::high) return Level::error;
  return severity == rules::Severity::medium ? Level::warning : Level::info;
}

// Code Climate's specification, "Issues": severity and categories.
std::string_view code_climate_severity(rules::Severity severity) {
  constexpr std::string_view kWords[] = {"info", "minor", "major", "critical", "blocker"};
  return kWords[static_cast<std::size_t>(severity)];
}
std::string_view code_climate_category(rules::Category category) {
  constexpr std::string_view kWords[] = {"Security",    "Bug Risk", "Compatibility",
                                         "Performance", "Style",    "Bug Risk"};
  return kWords[static_cast<std::size_t>(category)];
}

Issue issue_of(const engine::Verdict& verdict, const engine::Judged& judged,
               text::Utf16Bounds& columns) {
  const text::Place& where = judged.finding.where;
  const std::string_view bytes = verdict.source(where.source).at(where.span);
  // What ends with a line's break ends on that line, not on the next.
  const auto size =
      static_cast<std::uint32_t>(bytes.ends_with('\n') ? bytes.size() - 1 : bytes.size());
  const text::Position begin = columns.begins.position(where.span.begin),
                       end = columns.ends.position(where.span.begin + size);
  std::string scratch;
  return {
      .code = std::string(judged.rule->name),
      .message = std::string(hide_secrets(verdict, where.source, judged.finding.message, scratch)),
      .level = level_of(judged.severity),
      .code_climate_severity = code_climate_severity(judged.severity),
      .code_climate_category = code_climate_category(judged.rule->category),
      .line = begin.line,
      .column = begin.column,
      .end_line = end.line,
      .end_column = end.column,
      .is_error = judged.rule->category == rules::Category::syntax &&
                  judged.severity >= rules::Severity::high};
}

}  // namespace

std::string_view name(Level level) {
  constexpr std::string_view kWords[] = {"error", "warning", "info", "style"};
  return kWords[static_cast<std::size_t>(level)];
}

Speaker ourselves() {
  return {.id = kToolName,
          .name = "Plimsoll",
          .version = kToolVersion,
          .about = "Plimsoll - Dockerfile judge",
          .run_id = std::string(kToolName),
          .run_name = "Plimsoll",
          .run_time = "0"};
}

IssueFiles issues_of(const engine::Verdict& verdict, const Options& options) {
  IssueFiles files;
  Fingerprints fingerprints;
  auto judged = verdict.findings.begin();
  for (std::uint32_t number = 0; number < verdict.sources.size(); ++number) {
    if (!verdict.sources[number]) continue;
    const text::Source& source = verdict.source(number);
    text::Utf16Bounds columns(source);
    IssueFile& file = files.emplace_back(IssueFile{source.path(), {}});
    for (; judged != verdict.findings.end() && judged->finding.where.source == number; ++judged) {
      if (!is_told(*judged, options)) continue;
      file.issues.push_back(issue_of(verdict, *judged, columns));
      file.issues.back().fingerprint = fingerprints.next(verdict, *judged);
    }
  }
  for (const engine::InputError& error : verdict.errors) {
    IssueFile& file = files.emplace_back(IssueFile{error.file.empty() ? "." : error.file, {}});
    const std::uint32_t line = std::max(error.line, 1U);
    file.issues.push_back({.code = std::string(kUnreadableInput),
                           .message = error.message,
                           .level = Level::error,
                           .line = line,
                           .end_line = line,
                           .fingerprint = std::string(kUnreadableInput) + ":" + file.path,
                           .is_error = true});
  }
  return files;
}

}  // namespace plimsoll::report
