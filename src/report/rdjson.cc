// reviewdog's diagnostic format (rdjson): comments on the lines of a pull request, with
// suggestions. Its columns count bytes of UTF-8 from 1, as ours do.
#include "base/json_writer.h"
#include "report/formats.h"
#include "report/secrets.h"

namespace plimsoll::report {
namespace {

std::string_view rdjson_severity(rules::Severity severity) {
  if (severity >= rules::Severity::high) return "ERROR";
  return severity == rules::Severity::medium ? "WARNING" : "INFO";
}

class RdjsonReport {
 public:
  RdjsonReport(const engine::Verdict& verdict, const Options& options, Output& output)
      : verdict_(verdict),
        options_(options),
        json_([&output](std::string_view block) { output.write(block); }) {}

  void write() {
    json_.begin_object();
    json_.object("source");
    json_.member("name", kToolName);
    json_.member("url", kHome);
    json_.end_object();
    json_.array("diagnostics");
    for (const engine::Judged& judged : verdict_.findings)
      if (is_told(judged, options_)) write_diagnostic(judged);
    for (const engine::InputError& error : verdict_.errors) write_error(error);
    json_.new_line();
    json_.end_array();
    json_.end_object();
    json_.flush();
  }

 private:
  void write_diagnostic(const engine::Judged& judged) {
    const text::Place& where = judged.finding.where;
    std::string scratch;
    json_.new_line();
    json_.begin_object();
    json_.member("message", hide_secrets(verdict_, where.source, judged.finding.message, scratch));
    json_.object("location");
    json_.member("path", verdict_.source(where.source).path());
    write_range(where);
    json_.end_object();
    json_.member("severity", rdjson_severity(judged.severity));
    json_.object("code");
    json_.member("value", judged.rule->name);
    json_.member("url", documentation_url(*judged.rule));
    json_.end_object();
    if (judged.finding.fix) write_suggestion(judged, *judged.finding.fix);
    json_.end_object();
  }

  void write_range(const text::Place& where) {
    const text::Source& source = verdict_.source(where.source);
    json_.object("range");
    for (const auto& [key, at] : {std::pair("start", where.span.begin), {"end", where.span.end}}) {
      const text::Position position = source.position(at);
      json_.object(key);
      json_.member("line", position.line);
      json_.member("column", position.column);
      json_.end_object();
    }
    json_.end_object();
  }

  // Each suggestion is applied by itself with one click: a fix of several edits cannot be told as
  // such.
  void write_suggestion(const engine::Judged& judged, const rules::Fix& fix) {
    if (fix.edits.size() != 1 || !fix.files.empty() || fix.safety != rules::Safety::safe) return;
    if (fix.edits.front().where.source != judged.finding.where.source) return;
    if (tells_secret(verdict_, fix)) return;
    json_.array("suggestions");
    json_.begin_object();
    write_range(fix.edits.front().where);
    json_.member("text", fix.edits.front().text);
    json_.end_object();
    json_.end_array();
  }

  void write_error(const engine::InputError& error) {
    json_.new_line();
    json_.begin_object();
    json_.member("message", error.message);
    json_.object("location");
    json_.member("path", error.file.empty() ? std::string_view(".") : error.file);
    if (error.line != 0) {
      json_.object("range");
      json_.object("start");
      json_.member("line", error.line);
      json_.end_object();
      json_.end_object();
    }
    json_.end_object();
    json_.member("severity", "ERROR");
    json_.end_object();
  }

  const engine::Verdict& verdict_;
  const Options& options_;
  JsonWriter json_;
};

}  // namespace

void write_rdjson(const engine::Verdict& verdict, const Options& options, Output& output) {
  RdjsonReport(verdict, options, output).write();
  output.write("\n");
}

}  // namespace plimsoll::report
