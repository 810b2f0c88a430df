// Questions go to standard error, so that reports on standard output stay whole.
#include "cli/ask.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/concat.h"
#include "cli/terminal.h"
#include "report/fixes.h"
#include "report/report.h"
#include "report/secrets.h"
#include "report/visible.h"
#include "text/changes.h"
#include "text/diff.h"
#include "text/edits.h"

namespace plimsoll::cli {
namespace {

// The first letter of the line; 0: there are no more lines.
char read_answer() {
  char first = '\n';
  bool is_first = true;
  while (true) {
    char c = 0;
    const ssize_t got = ::read(STDIN_FILENO, &c, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return is_first ? '\0' : first;
    if (c == '\n') return first;
    if (is_first && c != ' ') first = c, is_first = false;
  }
}

// The lines of a diff, fit for a terminal, without what names the file.
void append_shown(std::string_view diff, bool colour, std::string& out) {
  while (!diff.empty()) {
    const std::string_view line = diff.substr(0, diff.find('\n'));
    diff.remove_prefix(std::min(line.size() + 1, diff.size()));
    if (line.starts_with("diff --git") || line.starts_with("new file mode") ||
        line.starts_with("--- ") || line.starts_with("+++ "))
      continue;
    const char mark = line.empty() ? ' ' : line.front();
    const bool paint = colour && (mark == '+' || mark == '-');
    out += concat({"  ", paint ? mark == '+' ? "\x1b[32m" : "\x1b[31m" : "", report::visible(line),
                   paint ? "\x1b[0m" : "", "\n"});
  }
}

void append_new_file(const engine::Verdict& verdict, const fix::Proposal& proposal,
                     const rules::NewFile& file, bool colour, std::string& out) {
  out += concat({"  new file ",
                 report::visible(report::relative(file.path, verdict.working_directory)),
                 file.secret ? ", for its owner alone\n" : "\n"});
  std::string scratch, hidden = file.text;
  if (file.secret)
    hidden.assign("***\n");
  else
    hidden = report::hide_secrets(verdict, proposal.where.source, file.text, scratch);
  const text::Edit all{{}, hidden};
  append_shown(text::unified_diff({.path = file.path,
                                   .before = {},
                                   .after = hidden,
                                   .changes = text::Changes({&all, 1}),
                                   .is_new = true}),
               colour, out);
}

// The fix alone, as a diff.
std::string shown_diff(const engine::Verdict& verdict, const fix::Proposal& proposal, bool colour) {
  std::string result;
  for (const auto& [number, edits] : fix::edits_of({&proposal})) {
    const text::Source& source = verdict.source(number);
    const Result<std::string> after = text::apply_edits(source.bytes(), edits);
    if (!after) continue;
    std::string before =
        verdict.shown(number, {0, static_cast<std::uint32_t>(source.bytes().size())});
    std::string scratch;
    std::string hidden(report::hide_secrets(verdict, number, *after, scratch));
    if (report::holds_variables(source.path())) {
      report::hide_values(before);
      report::hide_values(hidden);
    }
    const text::Changes changes(edits);
    append_shown(text::unified_diff({.path = source.path(),
                                     .before = source.bytes(),
                                     .after = *after,
                                     .changes = changes,
                                     .shown_before = before,
                                     .shown_after = hidden}),
                 colour, result);
  }
  for (const rules::NewFile& file : proposal.files)
    append_new_file(verdict, proposal, file, colour, result);
  return result;
}

}  // namespace

bool Questions::ask(const engine::Verdict& verdict, const fix::Proposal& proposal) {
  if (all_ || none_) return all_;
  const text::Source& source = verdict.source(proposal.where.source);
  const text::Position at = source.position(proposal.where.span.begin);
  std::string scratch;
  const auto hide = [&](std::string_view words) {
    return report::visible(report::hide_secrets(verdict, proposal.where.source, words, scratch));
  };
  std::string question =
      concat({"\n", report::visible(source.path()), ":", std::to_string(at.line), "  ",
              proposal.rule->name, ": ", hide(proposal.message), "\n",
              shown_diff(verdict, proposal, colour_), hide(proposal.title),
              proposal.safety == rules::Safety::safe ? "" : " (may change behaviour)"});
  while (true) {
    DescriptorOutput(STDERR_FILENO).write(concat({question, "? [y/n/a/q] "}));
    switch (read_answer()) {
      case 'y':
      case 'Y':
        return true;
      case 'n':
      case 'N':
        return false;
      case 'a':
      case 'A':
        return all_ = true;
      case 'q':
      case 'Q':
      case '\0':
        none_ = true;
        return false;
      default:
        question = "y: write it; n: don't; a: write it and all others; q: write no more";
    }
  }
}

}  // namespace plimsoll::cli
