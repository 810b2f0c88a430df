// Chooses and renames findings; the formats are in hadolint_formats.cc and in those that we share.
#include "report/hadolint.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "data/peers.h"
#include "report/fingerprint.h"
#include "report/formats.h"
#include "report/secrets.h"

namespace plimsoll::report::hadolint {
namespace {

constexpr std::string_view kTool = "hadolint";

std::optional<Level> level_named(std::string_view word) {
  for (const Level level : {Level::error, Level::warning, Level::info, Level::style})
    if (name(level) == word) return level;
  return std::nullopt;
}

// ShellCheck's levels are those of its findings, each told one step milder than hadolint's own
// words: an error in a shell script is a medium finding.
Level level_of(std::string_view code, rules::Severity severity) {
  if (data::hadolint_level(code) == name(Level::style)) return Level::style;
  if (severity >= rules::Severity::medium) return Level::error;
  return severity == rules::Severity::low ? Level::warning : Level::info;
}

// None: the code is off.
std::optional<Level> level_in(const Settings& settings, std::string_view code,
                              rules::Severity severity) {
  if (code == kParseError) return Level::error;
  if (std::ranges::find(settings.ignored, code) != settings.ignored.end()) return std::nullopt;
  const auto found =
      std::ranges::find(settings.levels, code, &std::pair<std::string, Level>::first);
  if (found != settings.levels.end()) return found->second;
  if (code.starts_with("SC")) return level_of(code, severity);
  return level_named(data::hadolint_level(code));
}

bool counts(const engine::Judged& judged, const Settings& settings) {
  if (!judged.suppressed) return true;
  return !settings.with_pragmas && judged.suppressed->by == engine::Suppressed::By::inline_comment;
}

void append_failures(const engine::Verdict& verdict, const engine::Judged& judged,
                     const std::string& fingerprint, const Settings& settings,
                     std::vector<Issue>& out) {
  const text::Place& where = judged.finding.where;
  const text::Position at = verdict.source(where.source).position(where.span.begin);
  std::string scratch;
  for (const rules::Alias& alias : aliases_here(judged)) {
    if (alias.tool != kTool) continue;
    const std::optional<Level> level = level_in(settings, alias.id, judged.severity);
    if (!level) continue;
    Issue issue{.code = std::string(alias.id),
                .message = std::string(
                    hide_secrets(verdict, where.source, judged.finding.message, scratch)),
                .level = *level,
                .line = judged.instruction_line == 0 ? at.line : judged.instruction_line,
                .end_column = 2,
                .fingerprint = fingerprint,
                .is_error = alias.id == kParseError};
    if (issue.is_error) {
      issue.line = at.line;
      issue.column = issue.end_column = at.column;
    }
    issue.end_line = issue.line;
    out.push_back(std::move(issue));
  }
}

void put_in_order(std::vector<Issue>& issues) {
  const auto place = [](const Issue& issue) { return std::tie(issue.line, issue.code); };
  std::ranges::stable_sort(issues, {}, place);
  const auto doubles = std::ranges::unique(issues, {}, place);
  issues.erase(doubles.begin(), doubles.end());
  const auto error = std::ranges::find_if(issues, &Issue::is_error);
  if (error != issues.end()) issues = {Issue(*error)};
}

}  // namespace

IssueFiles failures(const engine::Verdict& verdict, const std::vector<std::string>& paths,
                    const Settings& settings) {
  std::map<std::string_view, std::vector<Issue>> by_path;
  for (const auto& source : verdict.sources)
    if (source) by_path.try_emplace(source->path());
  Fingerprints fingerprints;
  for (const engine::Judged& judged : verdict.findings) {
    const std::string fingerprint = fingerprints.next(verdict, judged);
    if (counts(judged, settings))
      append_failures(verdict, judged, fingerprint, settings,
                      by_path[verdict.source(judged.finding.where.source).path()]);
  }
  for (auto& [path, issues] : by_path) put_in_order(issues);
  IssueFiles files;
  for (const std::string& path : paths)
    if (const auto found = by_path.find(path); found != by_path.end())
      files.push_back({path, found->second});
  return files;
}

Speaker speaker() {
  return {.id = kTool,
          .name = "Hadolint",
          .version = kVersion,
          .about = "Hadolint - Dockerfile Static Analysis",
          .run_id = std::string(kTool),
          .run_name = "Hadolint run by Plimsoll",
          .run_time = "0"};
}

}  // namespace plimsoll::report::hadolint
