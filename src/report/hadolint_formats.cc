// The formats that only hadolint has, and its form of SARIF. Keys stand in its order; JSON has no
// line breaks.
#include "base/concat.h"
#include "base/json_writer.h"
#include "report/formats.h"
#include "report/hadolint.h"
#include "report/visible.h"

namespace plimsoll::report::hadolint {
namespace {

// hadolint's colours.
std::string_view style_of(Level level) {
  constexpr std::string_view kStyles[] = {"\x1b[1m\x1b[91m", "\x1b[1m\x1b[93m", "\x1b[92m",
                                          "\x1b[96m"};
  return kStyles[static_cast<std::size_t>(level)];
}

void write_tty_lines(const IssueFiles& files, bool colour, Output& output) {
  Buffer buffer(output);
  for (const IssueFile& file : files)
    for (const Issue& issue : file.issues) {
      append_visible(buffer.text, file.path);
      buffer.text += concat({":", std::to_string(issue.line)});
      if (issue.is_error)
        buffer.text += concat({":", std::to_string(issue.column), " "});
      else
        buffer.text += concat({" ", issue.code, " ", colour ? style_of(issue.level) : "",
                               name(issue.level), colour ? "\x1b[0m" : "", ": "});
      append_visible(buffer.text, issue.message);
      buffer.text += '\n';
      buffer.flush(kBlock);
    }
  buffer.flush();
}

void write_tty(const IssueFiles& files, const Speaker& /*speaker*/, Output& output) {
  write_tty_lines(files, false, output);
}

void write_gnu(const IssueFiles& files, const Speaker& speaker, Output& output) {
  Buffer buffer(output);
  for (const IssueFile& file : files)
    for (const Issue& issue : file.issues) {
      buffer.text += concat({speaker.id, ":"});
      append_visible(buffer.text, file.path);
      buffer.text += concat({":", std::to_string(issue.line), ":"});
      buffer.text += issue.is_error ? concat({std::to_string(issue.column), ": "})
                                    : concat({" ", issue.code, " ", name(issue.level), ": "});
      append_visible(buffer.text, issue.message);
      buffer.text += '\n';
      buffer.flush(kBlock);
    }
  buffer.flush();
}

void write_json(const IssueFiles& files, const Speaker& /*speaker*/, Output& output) {
  JsonWriter json([&output](std::string_view block) { output.write(block); });
  json.begin_array();
  for (const IssueFile& file : files)
    for (const Issue& issue : file.issues) {
      json.begin_object();
      json.member("code", issue.code);
      json.member("column", issue.column);
      json.member("file", file.path);
      json.member("level", name(issue.level));
      json.member("line", issue.line);
      json.member("message", issue.message);
      json.end_object();
    }
  json.end_array();
}

// Objects with nothing between them.
void write_codacy(const IssueFiles& files, const Speaker& /*speaker*/, Output& output) {
  for (const IssueFile& file : files)
    for (const Issue& issue : file.issues) {
      JsonWriter json([&output](std::string_view block) { output.write(block); });
      json.begin_object();
      json.member("filename", file.path);
      json.member("line", issue.line);
      json.member("message", issue.message);
      json.member("patternId", issue.code);
      json.end_object();
    }
}

void write_sarif_result(JsonWriter& json, const IssueFile& file, const Issue& issue) {
  constexpr std::string_view kLevels[] = {"error", "warning", "note", "note"};
  json.begin_object();
  json.member("level", kLevels[static_cast<std::size_t>(issue.level)]);
  json.array("locations");
  json.begin_object();
  json.object("physicalLocation");
  json.object("artifactLocation");
  json.member("uri", file.path);
  json.end_object();
  json.object("region");
  json.member("endColumn", issue.column);
  json.member("endLine", issue.line);
  json.member("sourceLanguage", issue.code.starts_with("SC") ? "sh" : "dockerfile");
  json.member("startColumn", issue.column);
  json.member("startLine", issue.line);
  json.end_object();
  json.end_object();
  json.end_object();
  json.end_array();
  json.object("message");
  json.member("text", issue.message);
  json.end_object();
  json.member("ruleId", issue.code);
  json.end_object();
}

// Code scanning services know a tool's alerts by the driver's name, so it stays; the rest of the
// driver says who speaks.
void write_driver(JsonWriter& json, const Speaker& speaker) {
  json.object("tool");
  json.object("driver");
  json.member("downloadUri", kHome);
  json.member("fullName", "Plimsoll in the place of hadolint");
  json.member("name", speaker.name);
  json.object("shortDescription");
  json.member("text", "Dockerfile linter");
  json.end_object();
  json.member("version", speaker.version);
  json.end_object();
  json.end_object();
}

void write_sarif(const IssueFiles& files, const Speaker& speaker, Output& output) {
  JsonWriter json([&output](std::string_view block) { output.write(block); });
  json.begin_object();
  json.member("$schema", "http://json.schemastore.org/sarif-2.1.0");
  json.array("runs");
  json.begin_object();
  json.member("defaultSourceLanguage", "dockerfile");
  json.array("results");
  for (const IssueFile& file : files)
    for (const Issue& issue : file.issues) write_sarif_result(json, file, issue);
  json.end_array();
  write_driver(json, speaker);
  json.end_object();
  json.end_array();
  json.member("version", "2.1.0");
  json.end_object();
}

constexpr Format kFormats[] = {
    {"tty", write_tty},
    {"json", write_json},
    {"checkstyle", write_checkstyle, true},
    {"codeclimate", write_codeclimate, true, true},
    {"gitlab_codeclimate", write_gitlab, true},
    {"gnu", write_gnu},
    {"codacy", write_codacy, false, true},
    {"sonarqube", write_sonarqube, true},
    {"sarif", write_sarif},
    {"junit", write_junit, true},
};

}  // namespace

std::span<const Format> formats() {
  return kFormats;
}

void write_coloured_tty(const IssueFiles& files, const Speaker& /*speaker*/, Output& output) {
  write_tty_lines(files, true, output);
}

}  // namespace plimsoll::report::hadolint
