// The report for people: findings by file, each with the code that it speaks of, its remedy and its
// names elsewhere.
#include <algorithm>
#include <map>
#include <set>

#include "base/concat.h"
#include "report/checklist.h"
#include "report/formats.h"
#include "report/frame.h"
#include "report/hardening.h"
#include "report/secrets.h"
#include "report/visible.h"

namespace plimsoll::report {
namespace {

using Group = std::span<const engine::Judged* const>;  // findings of one file

// "1 finding", "2 findings".
std::string counted(std::uint64_t number, std::string_view singular, std::string_view plural) {
  return concat({std::to_string(number), " ", number == 1 ? singular : plural});
}
std::string findings_in_words(std::uint64_t number) {
  return counted(number, "finding", "findings");
}

// Ids that tell a reader nothing by themselves: a uuid.
bool is_readable(std::string_view id) {
  return id.size() <= 30;
}

std::string aliases_in_words(const engine::Judged& judged) {
  std::string words;
  for (const rules::Alias& alias : aliases_here(judged))
    if (is_readable(alias.id)) {
      words += words.empty() ? "" : ", ";
      if (!alias.id.starts_with(concat({alias.tool, "/"}))) words += concat({alias.tool, " "});
      words += alias.id;
    }
  return words;
}

class TextReport {
 public:
  TextReport(const engine::Verdict& verdict, const Options& options, Output& output)
      : verdict_(verdict),
        options_(options),
        theme_(options),
        buffer_(output),
        out_(buffer_.text) {}

  void write() {
    std::vector<const engine::Judged*> told;
    for (const engine::Judged& judged : verdict_.findings)
      if (is_told(judged, options_) && !options_.checklist_only) told.push_back(&judged);
    for (auto at = told.begin(); at != told.end();) {
      const auto end = std::find_if(at, told.end(), [&](const engine::Judged* other) {
        return other->finding.where.source != (*at)->finding.where.source;
      });
      write_file({at, end});
      at = end;
    }
    for (const engine::InputError& error : verdict_.errors) write_error(error);
    if (!verdict_.errors.empty()) out_ += '\n';
    if (!options_.checklist_only) write_summary();
    if (!options_.quiet || options_.checklist_only)
      append_checklist(verdict_, options_, theme_, out_);
    buffer_.flush();
  }

 private:
  void write_file(Group group) {
    write_file_heading(group);
    std::vector<std::pair<const rules::Rule*, std::uint32_t>>
        explained;  // rules whose help the file's reader has seen
    const std::uint32_t gutter = gutter_of(group);
    std::map<const engine::Judged*, Block> blocks;
    if (!options_.quiet) blocks = hardening_blocks(group);
    remedies_.clear();
    for (const engine::Judged* judged : group) {
      const auto block = blocks.find(judged);
      if (options_.quiet) {
        write_line(*judged, gutter);
      } else if (block != blocks.end()) {
        if (!block->second.empty()) write_block(block->second, gutter);
      } else {
        const std::pair<const rules::Rule*, std::uint32_t> rule(judged->rule,
                                                                judged->finding.aliases);
        const bool is_new = std::ranges::find(explained, rule) == explained.end();
        if (is_new) explained.push_back(rule);
        write_finding(*judged, gutter, is_new);
      }
      buffer_.flush(kBlock);
    }
    if (options_.quiet) out_ += '\n';
  }

  // "── path ─────────── 3 findings ──"
  void write_file_heading(Group group) {
    const std::string path = visible(path_of(group.front()->finding.where));
    const std::string number = findings_in_words(group.size());
    const std::size_t used = shown_columns(path) + number.size() + 8;
    const std::size_t line = theme_.width > used + 2 ? theme_.width - used : 2;
    write_rule(2);
    out_ += ' ';
    theme_.paint(out_, style::kBold, path);
    out_ += ' ';
    write_rule(line);
    out_ += concat({" ", number, " "});
    write_rule(2);
    out_ += options_.quiet ? "\n" : "\n\n";
  }

  void write_rule(std::size_t columns) {
    theme_.on(out_, style::kDim);
    for (std::size_t i = 0; i < columns; ++i) out_ += theme_.marks.rule;
    theme_.off(out_);
  }

  // Digits of the largest line number of the group, so that its frames stand in one column.
  [[nodiscard]] std::uint32_t gutter_of(Group group) const {
    std::uint32_t largest = 0;
    for (const engine::Judged* judged : group) {
      const text::Place& where = judged->finding.where;
      largest = std::max(largest, last_line(verdict_.source(where.source), where.span));
      for (const rules::Related& related : judged->finding.related)
        largest =
            std::max(largest, last_line(verdict_.source(related.where.source), related.where.span));
    }
    return std::max<std::uint32_t>(2, static_cast<std::uint32_t>(std::to_string(largest).size()));
  }

  [[nodiscard]] const std::string& path_of(const text::Place& where) const {
    return verdict_.source(where.source).path();
  }

  // Words of a rule, which must not repeat a secret.
  std::string_view told(const text::Place& where, std::string_view words) {
    return hide_secrets(verdict_, where.source, words, scratch_);
  }

  void write_rule_name(const rules::Rule& rule) {
    if (!theme_.colour) {
      out_ += concat({"[", rule.name, "]"});
      return;
    }
    // OSC 8: a hyperlink. Terminals that don't know it show the name alone.
    out_ += concat({"\x1b]8;;", documentation_url(rule), "\x1b\\"});
    theme_.paint(out_, style::kDim, concat({"[", rule.name, "]"}));
    out_ += "\x1b]8;;\x1b\\";
  }

  // Quiet: "  3:21  high    message [rule]".
  void write_line(const engine::Judged& judged, std::uint32_t gutter) {
    const text::Position at =
        verdict_.source(judged.finding.where.source).position(judged.finding.where.span.begin);
    const std::string line = std::to_string(at.line), column = std::to_string(at.column);
    out_.append(gutter - std::min<std::size_t>(gutter, line.size()) + 2, ' ');
    theme_.paint(out_, style::kDim, concat({line, ":", column}));
    out_.append(column.size() < 5 ? 5 - column.size() : 1, ' ');
    const std::string_view severity = name(judged.severity);
    theme_.paint(out_, severity_style(judged.severity), severity);
    out_.append(10 - severity.size(), ' ');
    append_visible(out_, told(judged.finding.where, judged.finding.message));
    out_ += ' ';
    write_rule_name(*judged.rule);
    if (judged.suppressed) out_ += " (suppressed)";
    out_ += '\n';
  }

  void write_finding(const engine::Judged& judged, std::uint32_t gutter, bool with_help) {
    const std::string_view mark_style =
        judged.suppressed ? style::kDim : severity_style(judged.severity);
    write_title(judged, mark_style);
    write_place(judged.finding.where, gutter, theme_.marks.place, &judged.subject);
    append_gutter(out_, gutter, 0, theme_);
    trim_and_end_line();
    append_frame(
        out_,
        {.verdict = verdict_, .where = judged.finding.where, .gutter = gutter, .style = mark_style},
        theme_);
    for (const rules::Related& related : judged.finding.related) {
      std::string scratch;
      const std::string_view words =
          hide_secrets(verdict_, related.where.source, related.message, scratch);
      write_place(related.where, gutter, theme_.marks.related, nullptr);
      append_frame(out_,
                   {.verdict = verdict_,
                    .where = related.where,
                    .gutter = gutter,
                    .style = style::kNote,
                    .underline = '-',
                    .message = words},
                   theme_);
    }
    write_notes(judged, gutter, with_help);
    out_ += '\n';
  }

  // What one container lacks, its findings in one: the frame, all that is to be added, the rules.
  void write_block(const Block& block, std::uint32_t gutter) {
    const engine::Judged& first = *block.front();
    rules::Severity severity = first.severity;
    for (const engine::Judged* judged : block) severity = std::max(severity, judged->severity);
    const std::string_view mark_style = severity_style(severity);
    write_headline(severity, mark_style,
                   concat({subject_in_words(first.subject), " lacks ", lacked(block)}));
    out_ += '\n';
    write_place(first.finding.where, gutter, theme_.marks.place, &first.subject);
    append_gutter(out_, gutter, 0, theme_);
    trim_and_end_line();
    append_frame(
        out_,
        {.verdict = verdict_, .where = first.finding.where, .gutter = gutter, .style = mark_style},
        theme_);
    const std::vector<std::string> remedy = remedy_of(block);
    if (!remedy.empty() && remedies_.insert(remedy).second) write_remedy(first, remedy, gutter);
    std::string names;
    for (const engine::Judged* judged : block)
      names += concat({names.empty() ? "" : ", ", judged->rule->name});
    write_fixes(block, gutter);
    write_note(gutter, "rules", style::kDim, names, style::kDim);
    out_ += '\n';
  }

  void write_fixes(const Block& block, std::uint32_t gutter) {
    bool safe = true;
    std::size_t count = 0;
    std::string titles;
    for (const engine::Judged* judged : block) {
      const std::optional<rules::Fix>& fix = judged->finding.fix;
      if (!fix) continue;
      ++count;
      safe &= fix->safety == rules::Safety::safe;
      titles += concat({titles.empty() ? "" : ", ", told(judged->finding.where, fix->title)});
    }
    if (count == 0) return;
    write_note(gutter, safe ? "fix" : "unsafe fix", style::kFix,
               count == block.size() ? std::string("add all of it") : titles);
  }

  static std::string subject_in_words(const engine::Subject& subject) {
    if (subject.kind == engine::SubjectKind::run) return "the run line";
    if (subject.kind == engine::SubjectKind::none) return "the container";
    return concat({name(subject.kind), subject.name.empty() ? "" : " ", subject.name});
  }

  // Lines to be copied, so they are not wrapped.
  void write_remedy(const engine::Judged& first, const std::vector<std::string>& lines,
                    std::uint32_t gutter) {
    const bool run = first.subject.kind == engine::SubjectKind::run;
    write_note(gutter, "help", style::kNote,
               run ? "add these options, with values that the program can live with:"
                   : "add this, with values that the program can live with:");
    for (const std::string& line : lines) {
      out_.append(gutter + 10, ' ');
      out_ += concat({line, "\n"});
    }
    write_note(gutter, "note", style::kNote,
               "some programs need more than that: plimsoll explain RULE says what each may break");
  }

  // "high: message [rule]"; the rule's name stands on a line of its own where the last one is full.
  void write_title(const engine::Judged& judged, std::string_view mark_style) {
    const std::uint32_t end = write_headline(judged.severity, mark_style,
                                             told(judged.finding.where, judged.finding.message));
    out_ += end + judged.rule->name.size() + 3 > theme_.width ? "\n    " : " ";
    write_rule_name(*judged.rule);
    out_ += '\n';
  }

  // "high: message"; returns the column in which it ends.
  std::uint32_t write_headline(rules::Severity severity, std::string_view mark_style,
                               std::string_view message) {
    const std::string_view word = name(severity);
    theme_.paint(out_, mark_style, word);
    theme_.on(out_, style::kBold);
    out_ += ": ";
    const auto column = static_cast<std::uint32_t>(word.size()) + 2;
    const std::uint32_t end = append_wrapped(
        out_, message,
        {.width = theme_.width, .column = column, .indent_columns = 4, .indent = "    "});
    theme_.off(out_);
    return end;
  }

  // "   ┌─ Dockerfile:3:21 · stage build": in a form that editors and terminals make a link of.
  void write_place(const text::Place& where, std::uint32_t gutter, std::string_view mark,
                   const engine::Subject* subject) {
    const text::Position at = verdict_.source(where.source).position(where.span.begin);
    out_.append(gutter + (mark == "-->" || mark == ":::" ? 1 : 2), ' ');
    theme_.paint(out_, style::kGutter, mark);
    out_ += ' ';
    append_visible(out_, path_of(where));
    out_ += concat({":", std::to_string(at.line), ":", std::to_string(at.column)});
    if (subject != nullptr && subject->kind != engine::SubjectKind::none) {
      theme_.on(out_, style::kDim);
      out_ += concat({" ", theme_.marks.dot, " ", name(subject->kind)});
      if (!subject->name.empty()) out_ += ' ';
      append_visible(out_, subject->name);
      theme_.off(out_);
    }
    out_ += '\n';
  }

  void trim_and_end_line() {
    while (out_.ends_with(' ')) out_.pop_back();
    out_ += '\n';
  }

  void write_notes(const engine::Judged& judged, std::uint32_t gutter, bool with_help) {
    const rules::Finding& finding = judged.finding;
    if (with_help) write_note(gutter, "help", style::kNote, judged.rule->remedy);
    if (finding.fix) {
      const bool safe = finding.fix->safety == rules::Safety::safe;
      const std::string_view title = told(finding.where, finding.fix->title);
      write_note(gutter, safe ? "fix" : "unsafe fix", style::kFix,
                 title.empty() ? "proposed" : title);
    }
    if (judged.suppressed) {
      const std::string_view reason = judged.suppressed->reason;
      write_note(gutter, "suppressed", style::kNote,
                 concat({"by ", name(judged.suppressed->by), reason.empty() ? "" : ": ", reason}));
    }
    if (with_help) write_note(gutter, "also", style::kDim, aliases_in_words(judged), style::kDim);
  }

  // "   = help: text", wrapped under itself.
  void write_note(std::uint32_t gutter, std::string_view label, std::string_view label_style,
                  std::string_view words, std::string_view words_style = {}) {
    if (words.empty()) return;
    out_.append(gutter + 2, ' ');
    theme_.paint(out_, style::kGutter, "=");
    out_ += ' ';
    theme_.paint(out_, label_style, concat({label, ":"}));
    out_ += ' ';
    const auto column = gutter + static_cast<std::uint32_t>(label.size()) + 6;
    const std::string indent(column, ' ');
    if (!words_style.empty()) theme_.on(out_, words_style);
    append_wrapped(
        out_, words,
        {.width = theme_.width, .column = column, .indent_columns = column, .indent = indent});
    if (!words_style.empty()) theme_.off(out_);
    out_ += '\n';
  }

  void write_error(const engine::InputError& error) {
    theme_.paint(out_, style::kError, "error");
    out_ += ": ";
    // Most messages name the file themselves.
    if (!error.file.empty() && error.message.find(error.file) == std::string::npos) {
      append_visible(out_, error.file);
      if (error.line != 0) out_ += concat({":", std::to_string(error.line)});
      out_ += ": ";
    }
    append_visible(out_, error.message);
    out_ += '\n';
  }

  void write_summary() {
    const Counts counts = count(verdict_);
    if (verdict_.incomplete) {
      theme_.paint(out_, style::kError, "incomplete");
      out_ +=
          ": a part that should have been judged could not be; what is said here may not be all\n";
    }
    if (counts.findings == 0 && !options_.nothing_judged.empty()) {
      append_visible(out_, options_.nothing_judged);
      out_ += '\n';
      return;
    }
    const bool good = counts.findings == 0 && verdict_.errors.empty() && !verdict_.incomplete;
    theme_.on(out_, good ? style::kGood : style::kError);
    out_ += good ? theme_.marks.pass : theme_.marks.fail;
    out_ += counts.findings == 0 ? "no findings" : findings_in_words(counts.findings);
    theme_.off(out_);
    out_ += concat({" in ",
                    counts.findings == 0 || counts.files_with_findings == verdict_.files
                        ? std::string()
                        : std::to_string(counts.files_with_findings) + " of ",
                    counted(verdict_.files, "file", "files")});
    write_severities(counts);
    if (counts.fixable != 0)
      out_ += concat({"; ", std::to_string(counts.fixable), counts.fixable == 1 ? " has" : " have",
                      " a proposed fix"});
    if (counts.suppressed != 0)
      out_ += concat({"; ", std::to_string(counts.suppressed), " suppressed"});
    if (!verdict_.errors.empty())
      out_ += concat({"; ", counted(verdict_.errors.size(), "error", "errors")});
    out_ += '\n';
  }

  // " (2 critical, 5 high)"
  void write_severities(const Counts& counts) {
    std::string_view before = " (";
    for (std::size_t i = kSeverities; i-- > 0;) {
      if (counts.by_severity[i] == 0) continue;
      const auto severity = static_cast<rules::Severity>(i);
      out_ += before;
      theme_.paint(out_, severity_style(severity),
                   concat({std::to_string(counts.by_severity[i]), " ", name(severity)}));
      before = ", ";
    }
    if (before == ", ") out_ += ')';
  }

  const engine::Verdict& verdict_;
  const Options& options_;
  const Theme theme_;
  Buffer buffer_;
  std::string& out_;  // what `buffer_` collects
  std::string scratch_;
  std::set<std::vector<std::string>> remedies_;  // those that the file's reader has seen
};

}  // namespace

void write_text(const engine::Verdict& verdict, const Options& options, Output& output) {
  TextReport(verdict, options, output).write();
}

}  // namespace plimsoll::report
