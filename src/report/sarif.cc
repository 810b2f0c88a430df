// SARIF 2.1.0 (OASIS, 27 March 2020) for code scanning services; columns count UTF-16 code units,
// paths are URIs.
#include <algorithm>
#include <map>
#include <optional>

#include "base/json_writer.h"
#include "engine/project.h"
#include "report/fingerprint.h"
#include "report/formats.h"
#include "report/sarif_rules.h"
#include "report/secrets.h"
#include "report/uri.h"
#include "text/columns.h"

namespace plimsoll::report {
namespace {

constexpr std::string_view kSarifSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

class SarifReport {
 public:
  SarifReport(const engine::Verdict& verdict, const Options& options, Output& output)
      : verdict_(verdict),
        options_(options),
        columns_(verdict.sources.size()),
        json_([&output](std::string_view block) { output.write(block); }) {}

  void write() {
    number_rules();
    json_.begin_object();
    json_.member("$schema", kSarifSchema);
    json_.member("version", "2.1.0");
    json_.array("runs");
    json_.begin_object();
    write_tool();
    write_invocation();
    json_.member("columnKind", "utf16CodeUnits");
    json_.new_line();
    json_.array("results");
    for (const engine::Judged& judged : verdict_.findings)
      if (is_told(judged, options_)) write_result(judged);
    json_.new_line();
    json_.end_array();
    json_.end_object();
    json_.end_array();
    json_.end_object();
    json_.flush();
  }

 private:
  // Rules that fired, by name; a result refers to its rule by number.
  void number_rules() {
    for (const engine::Judged& judged : verdict_.findings)
      if (is_told(judged, options_)) rules_.emplace(judged.rule->name, Numbered{judged.rule, 0});
    std::uint32_t number = 0;
    for (auto& [name, rule] : rules_) rule.number = number++;
  }

  void write_tool() {
    json_.object("tool");
    json_.object("driver");
    json_.member("name", kToolName);
    json_.member("version", kToolVersion);
    json_.member("semanticVersion", kToolVersion);
    json_.member("informationUri", kHome);
    json_.array("rules");
    for (const auto& [name, rule] : rules_) {
      json_.new_line();
      write_sarif_rule(json_, *rule.rule);
    }
    json_.new_line();
    json_.end_array();
    json_.end_object();
    json_.end_object();
  }

  void write_invocation() {
    json_.new_line();
    json_.array("invocations");
    json_.begin_object();
    json_.key("executionSuccessful");
    json_.boolean(verdict_.errors.empty());
    json_.array("toolExecutionNotifications");
    for (const engine::InputError& error : verdict_.errors) {
      json_.new_line();
      json_.begin_object();
      json_.member("level", "error");
      write_message("message", error.message);
      if (!error.file.empty()) {
        json_.array("locations");
        json_.begin_object();
        json_.object("physicalLocation");
        write_artifact(error.file);
        if (error.line != 0) {
          json_.object("region");
          json_.member("startLine", error.line);
          json_.end_object();
        }
        json_.end_object();
        json_.end_object();
        json_.end_array();
      }
      json_.end_object();
    }
    json_.end_array();
    json_.end_object();
    json_.end_array();
  }

  void write_result(const engine::Judged& judged) {
    const rules::Finding& finding = judged.finding;
    json_.new_line();
    json_.begin_object();
    json_.member("ruleId", judged.rule->name);
    json_.member("ruleIndex", rules_.at(judged.rule->name).number);
    json_.member("level", sarif_level(judged.severity));
    write_message("message", told(finding.where, finding.message));
    json_.array("locations");
    json_.begin_object();
    write_physical_location(finding.where);
    write_subject(judged.subject);
    json_.end_object();
    json_.end_array();
    write_related(finding.related);
    json_.object("partialFingerprints");
    json_.member("plimsollLine/v1", fingerprints_.next(verdict_, judged));
    json_.end_object();
    // SARIF has no words for a file that is made.
    if (finding.fix && !finding.fix->edits.empty() && finding.fix->files.empty() &&
        !tells_secret(verdict_, *finding.fix))
      write_fix(*finding.fix);
    if (options_.show_suppressed) write_suppressions(judged);
    json_.object("properties");
    json_.member("severity", name(judged.severity));
    json_.end_object();
    json_.end_object();
  }

  std::string_view told(const text::Place& where, std::string_view words) {
    return hide_secrets(verdict_, where.source, words, scratch_);
  }

  void write_message(std::string_view key, std::string_view text) {
    json_.object(key);
    json_.member("text", text);
    json_.end_object();
  }

  void write_artifact(std::string_view path) {
    json_.object("artifactLocation");
    // What lies beside the root has no place below its URI.
    if (path.starts_with("../") && !verdict_.working_directory.empty()) {
      json_.member("uri", uri_of(engine::absolute_path(path, verdict_.working_directory)));
      json_.end_object();
      return;
    }
    json_.member("uri", uri_of(path));
    if (!path.starts_with('/')) json_.member("uriBaseId", "%SRCROOT%");
    json_.end_object();
  }

  void write_physical_location(const text::Place& where) {
    json_.object("physicalLocation");
    write_artifact(verdict_.source(where.source).path());
    write_region("region", where);
    json_.end_object();
  }

  void write_region(std::string_view key, const text::Place& where) {
    std::optional<text::Utf16Bounds>& columns = columns_[where.source];
    if (!columns) columns.emplace(verdict_.source(where.source));
    const text::Position begin = columns->begins.position(where.span.begin);
    const text::Position end = columns->ends.position(where.span.end);
    json_.object(key);
    json_.member("startLine", begin.line);
    json_.member("startColumn", begin.column);
    json_.member("endLine", end.line);
    json_.member("endColumn", end.column);
    json_.end_object();
  }

  void write_subject(const engine::Subject& subject) {
    if (subject.kind == engine::SubjectKind::none) return;
    json_.array("logicalLocations");
    json_.begin_object();
    json_.optional("name", subject.name);
    json_.member("kind", name(subject.kind));
    json_.end_object();
    json_.end_array();
  }

  void write_related(const std::vector<rules::Related>& related) {
    if (related.empty()) return;
    json_.array("relatedLocations");
    std::uint32_t id = 0;
    for (const rules::Related& one : related) {
      json_.begin_object();
      json_.member("id", ++id);
      write_physical_location(one.where);
      if (!one.message.empty()) write_message("message", told(one.where, one.message));
      json_.end_object();
    }
    json_.end_array();
  }

  // One change for each file, in the order in which the fix first names it.
  void write_fix(const rules::Fix& fix) {
    std::vector<std::uint32_t> files;
    for (const text::Edit& edit : fix.edits)
      if (std::ranges::find(files, edit.where.source) == files.end())
        files.push_back(edit.where.source);
    json_.array("fixes");
    json_.begin_object();
    if (!fix.title.empty()) write_message("description", told(fix.edits.front().where, fix.title));
    json_.array("artifactChanges");
    for (const std::uint32_t file : files) {
      json_.begin_object();
      write_artifact(verdict_.source(file).path());
      json_.array("replacements");
      for (const text::Edit& edit : fix.edits)
        if (edit.where.source == file) write_replacement(edit);
      json_.end_array();
      json_.end_object();
    }
    json_.end_array();
    json_.object("properties");
    json_.member("safety", name(fix.safety));
    json_.end_object();
    json_.end_object();
    json_.end_array();
  }

  void write_replacement(const text::Edit& edit) {
    json_.begin_object();
    write_region("deletedRegion", edit.where);
    write_message("insertedContent", edit.text);
    json_.end_object();
  }

  // Section 3.27.23: if one result says whether it is suppressed, all must.
  void write_suppressions(const engine::Judged& judged) {
    json_.array("suppressions");
    if (judged.suppressed) {
      json_.begin_object();
      json_.member("kind", judged.suppressed->by == engine::Suppressed::By::inline_comment
                               ? "inSource"
                               : "external");
      json_.member("status", "accepted");
      json_.optional("justification", judged.suppressed->reason);
      json_.end_object();
    }
    json_.end_array();
  }

  struct Numbered {
    const rules::Rule* rule;
    std::uint32_t number;
  };

  const engine::Verdict& verdict_;
  const Options& options_;
  std::map<std::string_view, Numbered> rules_;
  std::vector<std::optional<text::Utf16Bounds>> columns_;  // by source
  Fingerprints fingerprints_;
  JsonWriter json_;
  std::string scratch_;
};

}  // namespace

void write_sarif(const engine::Verdict& verdict, const Options& options, Output& output) {
  SarifReport(verdict, options, output).write();
  output.write("\n");
}

}  // namespace plimsoll::report
