// Counts by rule. Numbers only, so nothing of a file's text is shown.
#include "report/statistics.h"

#include <algorithm>
#include <map>
#include <vector>

#include "base/concat.h"
#include "base/json_writer.h"
#include "report/formats.h"
#include "report/theme.h"
#include "report/visible.h"

namespace plimsoll::report {
namespace {

struct RuleCount {
  const rules::Rule* rule = nullptr;
  std::uint64_t findings = 0, files = 0, fixable = 0;
  rules::Severity worst = rules::Severity::info;
  std::uint32_t last_source = UINT32_MAX;
};

// The most frequent first; equal ones by name.
std::vector<RuleCount> rows_of(const engine::Verdict& verdict, const Options& options) {
  std::map<std::string_view, RuleCount> by_name;
  for (const engine::Judged& judged : verdict.findings) {
    if (!is_told(judged, options)) continue;
    RuleCount& row = by_name[judged.rule->name];
    row.rule = judged.rule;
    ++row.findings;
    if (judged.finding.fix) ++row.fixable;
    if (judged.finding.where.source != row.last_source) ++row.files;
    row.last_source = judged.finding.where.source;
    row.worst = std::max(row.worst, judged.severity);
  }
  std::vector<RuleCount> rows;
  rows.reserve(by_name.size());
  for (const auto& [name, row] : by_name) rows.push_back(row);
  std::ranges::stable_sort(rows, std::ranges::greater(), &RuleCount::findings);
  return rows;
}

std::string padded_left(std::string_view text, std::size_t width) {
  return concat({std::string(width - std::min(width, text.size()), ' '), text});
}

void write_lines(const std::vector<RuleCount>& rows, const Theme& theme, std::string& out) {
  std::size_t numbers = 1, files = 1, names = 1;
  for (const RuleCount& row : rows) {
    numbers = std::max(numbers, std::to_string(row.findings).size());
    files = std::max(files, std::to_string(row.files).size());
    names = std::max(names, row.rule->name.size());
  }
  for (const RuleCount& row : rows) {
    const std::string_view severity = name(row.worst);
    theme.paint(out, style::kBold, padded_left(std::to_string(row.findings), numbers));
    out += concat({"  in ", padded_left(std::to_string(row.files), files),
                   row.files == 1 ? " file   " : " files  "});
    theme.paint(out, severity_style(row.worst), severity);
    out += concat({std::string(10 - severity.size(), ' '), row.rule->name,
                   std::string(names + 2 - row.rule->name.size(), ' '), row.rule->summary, "\n"});
  }
}

void write_json(const engine::Verdict& verdict, const std::vector<RuleCount>& rows,
                Output& output) {
  JsonWriter json([&output](std::string_view block) { output.write(block); });
  json.begin_object();
  json.member("schema", "plimsoll-statistics/1");
  json.array("rules");
  for (const RuleCount& row : rows) {
    json.new_line();
    json.begin_object();
    json.member("rule", row.rule->name);
    json.member("severity", name(row.worst));
    json.member("findings", row.findings);
    json.member("files", row.files);
    json.member("fixable", row.fixable);
    json.end_object();
  }
  json.new_line();
  json.end_array();
  json.array("errors");
  for (const engine::InputError& error : verdict.errors) {
    json.begin_object();
    json.optional("file", error.file);
    json.member("message", error.message);
    json.end_object();
  }
  json.end_array();
  json.member("files", verdict.files);
  json.end_object();
  json.flush();
  output.write("\n");
}

}  // namespace

void write_statistics(const engine::Verdict& verdict, const Options& options, bool as_json,
                      Output& output) {
  const std::vector<RuleCount> rows = rows_of(verdict, options);
  if (as_json) {
    write_json(verdict, rows, output);
    return;
  }
  std::string out;
  write_lines(rows, Theme(options), out);
  for (const engine::InputError& error : verdict.errors)
    out += concat({"error: ", visible(error.file), error.file.empty() ? "" : ": ",
                   visible(error.message), "\n"});
  const Counts counts = count(verdict);
  if (counts.findings == 0 && !options.nothing_judged.empty())
    out += concat({options.nothing_judged, "\n"});
  else if (rows.empty())
    out += concat({"no findings in ", std::to_string(verdict.files),
                   verdict.files == 1 ? " file\n" : " files\n"});
  output.write(out);
}

}  // namespace plimsoll::report
