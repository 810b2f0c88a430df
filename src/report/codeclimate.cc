// Code Climate's issues, one after the other with a NUL behind each, and GitLab's code quality
// report: the same in an array, each with a fingerprint.
#include "base/json_writer.h"
#include "report/issue.h"

namespace plimsoll::report {
namespace {

std::string_view codeclimate_severity(const Issue& issue) {
  constexpr std::string_view kWords[] = {"blocker", "major", "info", "minor"};
  return issue.code_climate_severity.empty() ? kWords[static_cast<std::size_t>(issue.level)]
                                             : issue.code_climate_severity;
}

void write_position(JsonWriter& json, std::string_view key, std::uint32_t line,
                    std::uint32_t column) {
  json.object(key);
  json.member("column", column);
  json.member("line", line);
  json.end_object();
}

// Code Climate's specification, "Locations"; both forms as hadolint chooses them.
void write_location(JsonWriter& json, const IssueFile& file, const Issue& issue) {
  json.object("location");
  if (issue.is_error) {
    json.member("path", file.path);
    json.object("positions");
    write_position(json, "begin", issue.line, issue.column);
    write_position(json, "end", issue.end_line, issue.end_column);
    json.end_object();
  } else {
    json.object("lines");
    json.member("begin", issue.line);
    json.member("end", issue.end_line);
    json.end_object();
    json.member("path", file.path);
  }
  json.end_object();
}

void write_issue(JsonWriter& json, const IssueFile& file, const Issue& issue,
                 bool with_fingerprint) {
  json.begin_object();
  json.array("categories");
  json.string(issue.code_climate_category.empty() ? "Bug Risk" : issue.code_climate_category);
  json.end_array();
  json.member("check_name", issue.code);
  json.member("description", issue.message);
  // Unique in the report: equal lines of two files have equal hashes.
  if (with_fingerprint) json.member("fingerprint", issue.fingerprint + ":" + file.path);
  write_location(json, file, issue);
  json.member("severity", codeclimate_severity(issue));
  json.member("type", "issue");
  json.end_object();
}

}  // namespace

void write_codeclimate(const IssueFiles& files, const Speaker& /*speaker*/, Output& output) {
  using namespace std::string_view_literals;
  for (const IssueFile& file : files)
    for (const Issue& issue : file.issues) {
      JsonWriter json([&output](std::string_view block) { output.write(block); });
      write_issue(json, file, issue, false);
      json.flush();
      output.write("\0"sv);
    }
}

void write_gitlab(const IssueFiles& files, const Speaker& /*speaker*/, Output& output) {
  JsonWriter json([&output](std::string_view block) { output.write(block); });
  json.begin_array();
  for (const IssueFile& file : files)
    for (const Issue& issue : file.issues) write_issue(json, file, issue, true);
  json.end_array();
}

}  // namespace plimsoll::report
