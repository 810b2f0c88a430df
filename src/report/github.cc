// Workflow commands of GitHub Actions: each finding becomes an annotation of the changed file.
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
#include <algorithm>

#include "base/concat.h"
#include "report/formats.h"
#include "report/issue.h"
#include "report/secrets.h"
#include "report/visible.h"

namespace plimsoll::report {
namespace {

// What the runner takes back: "%" and line breaks in a message, ":" and "," in a property too.
std::string escaped(std::string_view text, bool in_property) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '%':
        result += "%25";
        break;
      case '\r':
        result += "%0D";
        break;
      case '\n':
        result += "%0A";
        break;
      case ':':
        result += in_property ? "%3A" : ":";
        break;
      case ',':
        result += in_property ? "%2C" : ",";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string_view command_of(rules::Severity severity) {
  if (severity >= rules::Severity::high) return "error";
  return severity == rules::Severity::medium ? "warning" : "notice";
}

// Columns are for a place within one line: GitHub refuses them elsewhere.
std::string properties_of(const text::Source& source, text::Span span) {
  const text::Position begin = source.position(span.begin);
  // What ends with a line's break ends on that line, not on the next.
  const text::Position end = source.position(span.size() == 0 ? span.begin : span.end - 1);
  std::string text =
      concat({"file=", escaped(visible(source.path()), true), ",line=", std::to_string(begin.line),
              ",endLine=", std::to_string(end.line)});
  if (begin.line == end.line)
    text += concat({",col=", std::to_string(begin.column),
                    ",endColumn=", std::to_string(begin.column + std::max(span.size(), 1U))});
  return text;
}

// A rule's remedy as one line: its line breaks mean nothing.
std::string one_line(std::string_view text) {
  std::string result(text);
  std::ranges::replace(result, '\n', ' ');
  return result;
}

void write_command(const engine::Verdict& verdict, const engine::Judged& judged, std::string& out) {
  const text::Place& where = judged.finding.where;
  std::string scratch;
  // A suppressed one is told on demand, and must not look like one that counts.
  out += concat({"::", judged.suppressed ? "notice" : command_of(judged.severity), " ",
                 properties_of(verdict.source(where.source), where.span),
                 ",title=", escaped(judged.rule->name, true), "::"});
  out +=
      escaped(visible(hide_secrets(verdict, where.source, judged.finding.message, scratch)), false);
  if (judged.suppressed) out += " (suppressed)";
  out += concat({"%0A", escaped(one_line(judged.rule->remedy), false), "\n"});
}

}  // namespace

void write_github(const engine::Verdict& verdict, const Options& options, Output& output) {
  Buffer buffer(output);
  for (const engine::Judged& judged : verdict.findings) {
    if (is_told(judged, options)) write_command(verdict, judged, buffer.text);
    buffer.flush(kBlock);
  }
  for (const engine::InputError& error : verdict.errors) {
    buffer.text += "::error ";
    if (!error.file.empty())
      buffer.text += concat({"file=", escaped(visible(error.file), true), ","});
    if (error.line != 0) buffer.text += concat({"line=", std::to_string(error.line), ","});
    buffer.text +=
        concat({"title=", kUnreadableInput, "::", escaped(visible(error.message), false), "\n"});
  }
  buffer.flush();
}

}  // namespace plimsoll::report
