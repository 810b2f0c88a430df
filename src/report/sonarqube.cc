// SonarQube's generic issue format, in the form that all its versions since 7.2 read.
#include "base/json_writer.h"
#include "report/issue.h"

namespace plimsoll::report {
namespace {

std::string_view sonarqube_severity(const Issue& issue) {
  constexpr std::string_view kWords[] = {"CRITICAL", "MAJOR", "MINOR", "INFO"};
  return issue.is_error ? "BLOCKER" : kWords[static_cast<std::size_t>(issue.level)];
}

// Columns count from 0. The import of a whole report fails on a range without a character, so a
// place that has none is told by its line alone.
void write_range(JsonWriter& json, const Issue& issue) {
  json.object("textRange");
  if (issue.line == issue.end_line && issue.column >= issue.end_column) {
    json.member("startLine", issue.line);
  } else {
    json.member("endColumn", issue.end_column - 1);
    json.member("endLine", issue.end_line);
    json.member("startColumn", issue.column - 1);
    json.member("startLine", issue.line);
  }
  json.end_object();
}

}  // namespace

void write_sonarqube(const IssueFiles& files, const Speaker& speaker, Output& output) {
  JsonWriter json([&output](std::string_view block) { output.write(block); });
  json.begin_object();
  json.array("issues");
  for (const IssueFile& file : files)
    for (const Issue& issue : file.issues) {
      json.begin_object();
      json.member("engineId", speaker.name);
      json.object("primaryLocation");
      json.member("filePath", file.path);
      json.member("message", issue.message);
      write_range(json, issue);
      json.end_object();
      json.member("ruleId", issue.code);
      json.member("severity", sonarqube_severity(issue));
      json.member("type", issue.is_error || issue.level == Level::error ? "BUG" : "CODE_SMELL");
      json.end_object();
    }
  json.end_array();
  json.end_object();
}

}  // namespace plimsoll::report
