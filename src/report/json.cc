// plimsoll-report/1, as DESIGN.md section 4 describes it: one finding a line, so that two reports
// can be compared.
#include <algorithm>
#include <span>

#include "base/json_writer.h"
#include "engine/checklist/grade.h"
#include "report/checklist.h"
#include "report/fixes.h"
#include "report/formats.h"
#include "report/secrets.h"

namespace plimsoll::report {
namespace {

constexpr std::string_view kSchema = "plimsoll-report/1";

class JsonReport {
 public:
  JsonReport(const engine::Verdict& verdict, const Options& options, Output& output)
      : verdict_(verdict),
        options_(options),
        json_([&output](std::string_view block) { output.write(block); }) {}

  void write() {
    json_.begin_object();
    json_.member("schema", kSchema);
    json_.object("tool");
    json_.member("name", kToolName);
    json_.member("version", kToolVersion);
    json_.end_object();
    json_.member("command", options_.command);
    if (!options_.checklist_only)
      write_list("findings", verdict_.findings, &JsonReport::write_finding);
    if (options_.checklist_only || !verdict_.checklist.empty())
      write_list("checklist", verdict_.checklist, &JsonReport::write_entry);
    if (options_.fixes != nullptr) write_fixes(*options_.fixes);
    write_list("errors", verdict_.errors, &JsonReport::write_error);
    if (!options_.checklist_only) write_summary();
    json_.new_line();
    json_.end_object();
    json_.flush();
  }

 private:
  template <class T>
  void write_list(std::string_view key, const std::vector<T>& list,
                  void (JsonReport::*write_one)(const T&)) {
    json_.new_line();
    json_.array(key);
    for (const T& one : list) (this->*write_one)(one);
    json_.new_line();
    json_.end_array();
  }

  void write_finding(const engine::Judged& judged) {
    if (!is_told(judged, options_)) return;
    json_.new_line();
    json_.begin_object();
    json_.member("rule", judged.rule->name);
    json_.member("severity", name(judged.severity));
    json_.member("category", name(judged.rule->category));
    json_.member("message", told(judged.finding.where, judged.finding.message));
    json_.optional("help", judged.rule->remedy);
    write_place(judged.finding.where, "line", "column");
    json_.optional("instructionLine", judged.instruction_line);
    if (judged.subject.kind != engine::SubjectKind::none) {
      json_.object("subject");
      json_.member("kind", name(judged.subject.kind));
      json_.optional("name", judged.subject.name);
      json_.end_object();
    }
    write_aliases(judged);
    write_related(judged.finding.related);
    if (judged.finding.fix) write_fix(judged.finding.where, *judged.finding.fix);
    if (judged.suppressed) {
      json_.object("suppressed");
      json_.member("by", name(judged.suppressed->by));
      json_.optional("reason", judged.suppressed->reason);
      json_.end_object();
    }
    json_.end_object();
  }

  void write_entry(const engine::ChecklistEntry& entry) {
    json_.new_line();
    json_.begin_object();
    json_.object("subject");
    json_.member("kind", name(entry.subject.kind));
    json_.optional("name", entry.subject.name);
    json_.member("file", verdict_.source(entry.where.source).path());
    json_.end_object();
    const engine::Grade grade = engine::grade_of(entry);
    if (grade.letter != 0) json_.member("grade", std::string_view(&grade.letter, 1));
    json_.array("items");
    for (std::size_t i = 0; i < engine::kChecklistItems; ++i)
      write_item(static_cast<engine::ChecklistItem>(i), entry.items[i]);
    json_.end_array();
    json_.end_object();
  }

  void write_item(engine::ChecklistItem item, const engine::ItemAnswer& answer) {
    json_.begin_object();
    json_.member("item", engine::name(item));
    json_.member("verdict", engine::name(answer.verdict));
    if (!answer.evidence.empty())
      json_.member("reason", told(answer.evidence.front(), answer.reason));
    else
      json_.member("reason", answer.reason);
    json_.array("evidence");
    for (const text::Place& where : answer.evidence) {
      const text::Source& source = verdict_.source(where.source);
      json_.begin_object();
      json_.member("file", source.path());
      json_.member("line", source.position(where.span.begin).line);
      json_.optional("text", evidence_text(verdict_, where));
      json_.end_object();
    }
    json_.end_array();
    json_.end_object();
  }

  std::string_view told(const text::Place& where, std::string_view words) {
    return hide_secrets(verdict_, where.source, words, scratch_);
  }

  void write_place(const text::Place& where, std::string_view line_key,
                   std::string_view column_key) {
    const text::Source& source = verdict_.source(where.source);
    const text::Position begin = source.position(where.span.begin),
                         end = source.position(where.span.end);
    json_.member("file", source.path());
    json_.member(line_key, begin.line);
    json_.member(column_key, begin.column);
    json_.member("endLine", end.line);
    json_.member("endColumn", end.column);
  }

  // {"tool": [id…]}, tools in the order in which the rule first names them.
  void write_aliases(const engine::Judged& judged) {
    const std::vector<rules::Alias> aliases = aliases_here(judged);
    if (aliases.empty()) return;
    json_.object("aliases");
    for (std::size_t i = 0; i < aliases.size(); ++i) {
      const auto same_tool = [&](const rules::Alias& other) {
        return other.tool == aliases[i].tool;
      };
      if (std::any_of(aliases.begin(), aliases.begin() + static_cast<std::ptrdiff_t>(i), same_tool))
        continue;
      json_.array(aliases[i].tool);
      for (std::size_t j = i; j < aliases.size(); ++j)
        if (same_tool(aliases[j])) json_.string(aliases[j].id);
      json_.end_array();
    }
    json_.end_object();
  }

  void write_related(const std::vector<rules::Related>& related) {
    if (related.empty()) return;
    json_.array("related");
    for (const rules::Related& one : related) {
      const text::Source& source = verdict_.source(one.where.source);
      const text::Position at = source.position(one.where.span.begin);
      json_.begin_object();
      json_.member("file", source.path());
      json_.member("line", at.line);
      json_.member("column", at.column);
      json_.optional("message", told(one.where, one.message));
      json_.end_object();
    }
    json_.end_array();
  }

  void write_fix(const text::Place& finding, const rules::Fix& fix) {
    const bool hides = tells_secret(verdict_, fix);
    json_.object("fix");
    json_.member("safety", name(fix.safety));
    json_.optional("title", told(fix.edits.empty() ? finding : fix.edits.front().where, fix.title));
    json_.array("edits");
    for (const text::Edit& edit : std::span(fix.edits).first(hides ? 0 : fix.edits.size())) {
      json_.begin_object();
      write_place(edit.where, "startLine", "startColumn");
      json_.member("text", edit.text);  // empty: the range is deleted
      json_.end_object();
    }
    json_.end_array();
    if (!fix.files.empty() && !hides) write_new_files(finding, fix.files);
    json_.end_object();
  }

  void write_new_files(const text::Place& finding, const std::vector<rules::NewFile>& files) {
    json_.array("newFiles");
    for (const rules::NewFile& file : files) {
      json_.begin_object();
      json_.member("file",
                   relative(fix::path_of(verdict_, finding, file), verdict_.working_directory));
      json_.member("text", file.text);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_fixes(const fix::Outcome& outcome) {
    const FixTexts texts(outcome);
    json_.new_line();
    json_.array("fixes");
    for (const fix::Told& told : outcome.fixes) {
      json_.new_line();
      json_.begin_object();
      json_.member("file", told.file);
      json_.optional("line", told.line);
      json_.member("rule", told.rule->name);
      json_.member("title", texts.shown(told, told.title));
      json_.member("safety", name(told.safety));
      json_.member("status", name(told.status));
      json_.optional("reason", texts.shown(told, told.reason));
      json_.end_object();
    }
    json_.new_line();
    json_.end_array();
    if (!outcome.contexts.empty()) write_contexts(outcome.contexts);
    json_.new_line();
    json_.optional("diff", options_.diff);
  }

  void write_contexts(const std::vector<fix::ContextEffect>& contexts) {
    json_.new_line();
    json_.array("contexts");
    for (const fix::ContextEffect& effect : contexts) {
      json_.new_line();
      json_.begin_object();
      json_.member("ignoreFile", effect.ignore_file);
      json_.member("filesBefore", effect.files_before);
      json_.member("bytesBefore", effect.bytes_before);
      json_.member("filesAfter", effect.files_after);
      json_.member("bytesAfter", effect.bytes_after);
      json_.end_object();
    }
    json_.new_line();
    json_.end_array();
  }

  void write_error(const engine::InputError& error) {
    json_.new_line();
    json_.begin_object();
    json_.optional("file", error.file);
    json_.optional("line", error.line);
    json_.member("message", error.message);
    json_.end_object();
  }

  void write_summary() {
    const Counts counts = count(verdict_);
    json_.new_line();
    json_.object("summary");
    json_.member("files", verdict_.files);
    json_.member("findings", counts.findings);
    json_.object("bySeverity");
    for (std::size_t severity = kSeverities; severity-- > 0;)
      json_.member(name(static_cast<rules::Severity>(severity)), counts.by_severity[severity]);
    json_.end_object();
    json_.member("fixable", counts.fixable);
    json_.member("suppressed", counts.suppressed);
    json_.end_object();
  }

  const engine::Verdict& verdict_;
  const Options& options_;
  JsonWriter json_;
  std::string scratch_;
};

}  // namespace

void write_json(const engine::Verdict& verdict, const Options& options, Output& output) {
  JsonReport(verdict, options, output).write();
  output.write("\n");
}

}  // namespace plimsoll::report
