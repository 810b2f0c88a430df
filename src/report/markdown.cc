// GitHub-flavoured Markdown: for a comment on a pull request, or a job's summary.
#include <algorithm>

#include "base/concat.h"
#include "report/formats.h"
#include "report/secrets.h"
#include "report/visible.h"

namespace plimsoll::report {
namespace {

// Words of unknown origin in a table's cell: shown as they are, whatever they contain. Backquotes
// keep their meaning, since rules' messages use them, as long as they come in pairs.
std::string cell(std::string_view text) {
  const bool code_spans = std::ranges::count(text, '`') % 2 == 0;
  bool in_code = false;
  std::string result;
  for (const char c : visible(text)) {
    if (c == '`' && code_spans) in_code = !in_code;
    constexpr std::string_view kSpecial = "\\*_[]<>#~!&";
    const bool special =
        c == '|' || (c == '`' && !code_spans) || (!in_code && kSpecial.find(c) != kSpecial.npos);
    if (special) result += '\\';
    result += c;
  }
  return result;
}

std::string counted(std::uint64_t number, std::string_view word) {
  return concat({std::to_string(number), " ", word, number == 1 ? "" : "s"});
}

void write_summary(const Counts& counts, const engine::Verdict& verdict, std::string& out) {
  out += concat(
      {"## Plimsoll: ", counts.findings == 0 ? "no findings" : counted(counts.findings, "finding"),
       " in ", counted(verdict.files, "file"), "\n"});
  std::string_view before = "\n";
  for (std::size_t i = kSeverities; i-- > 0;) {
    if (counts.by_severity[i] == 0) continue;
    out += concat({before, std::to_string(counts.by_severity[i]), " ",
                   name(static_cast<rules::Severity>(i))});
    before = ", ";
  }
  if (counts.suppressed != 0)
    out += concat({before, std::to_string(counts.suppressed), " suppressed"});
  if (counts.findings + counts.suppressed != 0) out += '\n';
  if (verdict.incomplete)
    out += "\n**Incomplete**: a part that should have been judged could not be.\n";
}

void write_row(const engine::Verdict& verdict, const engine::Judged& judged, std::string& out) {
  const text::Place& where = judged.finding.where;
  std::string scratch;
  out += concat({"| ", std::to_string(verdict.source(where.source).position(where.span.begin).line),
                 " | ", name(judged.severity), " | [", judged.rule->name, "](",
                 documentation_url(*judged.rule), ") | ",
                 cell(hide_secrets(verdict, where.source, judged.finding.message, scratch)),
                 judged.suppressed ? " *(suppressed)*" : "", " |\n"});
}

}  // namespace

void write_markdown(const engine::Verdict& verdict, const Options& options, Output& output) {
  Buffer buffer(output);
  write_summary(count(verdict), verdict, buffer.text);
  std::uint32_t source = UINT32_MAX;
  for (const engine::Judged& judged : verdict.findings) {
    if (!is_told(judged, options)) continue;
    if (judged.finding.where.source != source) {
      source = judged.finding.where.source;
      buffer.text += concat({"\n### ", cell(verdict.source(source).path()),
                             "\n\n| line | severity | rule | message |\n|---:|---|---|---|\n"});
    }
    write_row(verdict, judged, buffer.text);
    buffer.flush(kBlock);
  }
  if (!verdict.errors.empty()) buffer.text += "\n### Errors\n\n";
  for (const engine::InputError& error : verdict.errors)
    buffer.text +=
        concat({"- ", cell(error.file), error.file.empty() ? "" : ": ", cell(error.message), "\n"});
  buffer.flush();
}

}  // namespace plimsoll::report
