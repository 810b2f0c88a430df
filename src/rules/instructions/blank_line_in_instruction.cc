// blank-line-in-instruction: a blank line stands inside of a continued instruction.
#include <algorithm>

#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::blank_line_in_instruction {

static constexpr Alias kAliases[] = {{"buildkit", "NoEmptyContinuation"},
                                     {"tally", "buildkit/NoEmptyContinuation"}};

// Removes all blank lines; those of here-documents are text.
static Fix closed_up(const facts::Build& build, const Instruction& i) {
  Fix fix{.title = "remove the blank lines"};
  std::uint32_t end = i.span.end;
  for (const parse::dockerfile::Heredoc& heredoc : i.heredocs)
    end = std::min(end, heredoc.body_span.begin);
  const std::string_view bytes = build.source->bytes();
  for (std::uint32_t at = i.span.begin; at < end;) {
    const std::size_t newline = bytes.find('\n', at);
    const std::uint32_t next =
        newline == std::string_view::npos ? end : static_cast<std::uint32_t>(newline) + 1;
    const std::string_view line = bytes.substr(at, next - at);
    if (line.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos)
      fix.edits.push_back({build.place({at, next}), ""});
    at = next;
  }
  return fix;
}

static void check(const facts::Build& build, Findings& out) {
  for (const Instruction& i : build.tree->instructions)
    if (i.empty_continuation.size() > 0)
      out.push_back({.where = build.place(i.empty_continuation),
                     .message = "this blank line stands inside of an instruction",
                     .fix = closed_up(build, i)});
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nRUN apk add --no-cache \\\n\n    curl\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nRUN apk add --no-cache \\\n    curl\n"},
    {.text = "FROM alpine:3.22\nRUN apk add --no-cache \\\n    # for the health check\n    curl\n"},
    {.text = "FROM alpine:3.22\nRUN <<EOF\ntrue\n\ntrue\nEOF\n"},
};

extern constinit const Rule rule = described({
    .name = "blank-line-in-instruction",
    .severity = Severity::low,
    .category = Category::syntax,
    .summary = "Blank line inside of a continued instruction",
    .why = "Docker skips the line, and means to refuse it one day. Where the last line of an "
           "instruction ends with a `\\` by\n"
           "mistake, the blank line hides that the next instruction has become a part of it.",
    .remedy = "Remove the line, or make it a comment: a line with `#`.",
    .source = "Docker, build checks, NoEmptyContinuation",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::blank_line_in_instruction
