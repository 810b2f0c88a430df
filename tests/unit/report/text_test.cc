// The report for people: frames show the exact text, and nothing that a file contains reaches the
// terminal raw.
#include <doctest/doctest.h>

#include <algorithm>

#include "report/sample.h"
#include "report/visible.h"

namespace text_test {

using namespace plimsoll;
using namespace plimsoll::report;

// The code frame of one finding, from the line behind the bar to the notes.
static std::string frame(std::string bytes, text::Span span, std::uint32_t width = 60) {
  engine::Verdict verdict = verdict_on({{"f", std::move(bytes)}});
  add(verdict, kPipe, {0, span}, "m");
  const std::string report = report_as("text", verdict, {.width = width});
  const std::size_t begin = report.find("    │\n") + sizeof("    │\n") - 1;
  return report.substr(begin, report.find("    = help") - begin);
}

static text::Span whole(std::string_view bytes) {
  return {0, static_cast<std::uint32_t>(bytes.size())};
}

TEST_CASE("text: a finding has title, place, frame, help, fix and aliases") {
  const std::string report = report_as("text", rich_verdict(), {.width = 90});
  CHECK(contains(
      report,
      "medium: curl and git are installed without a version [unpinned-package]\n"
      "    ┌─ services/api/Dockerfile:3:24 · stage build\n"
      "    │\n"
      "  3 │     apt-get install -y curl git && \\\n"
      "    │                        ^^^^^^^^\n"
      "    = help: State the version of each package, as in `curl=7.88.1-10+deb12u5`, so that two\n"
      "            builds of the same Dockerfile install the same bytes.\n"
      "    = unsafe fix: install `curl=7.88.1-10+deb12u5`\n"
      "    = also: hadolint DL3008, trivy DS-0029\n"));
  CHECK(contains(report,
                 "    ├─ services/api/Dockerfile:3:24\n"
                 "  3 │     apt-get install -y curl git && \\\n"
                 "    │                        -------- curl comes from here\n"));
  CHECK(contains(
      report,
      "error: gone/Dockerfile: cannot be read: \\x1b[31m no such file\nerror: x:7: NUL bytes\n"));
  CHECK(report.ends_with(
      "✗ 3 findings in 2 of 3 files (1 critical, 1 medium, 1 low); 2 have a proposed fix; "
      "1 suppressed; 2 errors\n"));
  CHECK_FALSE(contains(report, "\x1b"));
  CHECK_FALSE(contains(report, "accepted"));
}

TEST_CASE("text: colours and hyperlinks only if asked for") {
  const std::string report = report_as("text", rich_verdict(), {.colour = true});
  CHECK(contains(report, "\x1b[1;35mcritical\x1b[0m"));
  CHECK(contains(report,
                 "\x1b]8;;https://github.com/plimsoll-dev/plimsoll/blob/main/docs/rules/"
                 "pipe-to-shell.md\x1b\\"));
  CHECK(contains(report, "cannot be read: \\x1b[31m no such file"));
}

TEST_CASE("text: ASCII marks, quiet lines, suppressed findings") {
  const std::string ascii = report_as("text", rich_verdict(), {.unicode = false});
  CHECK(contains(ascii, "   --> services/api/Dockerfile:5:5\n    |\n  5 | RUN curl"));
  CHECK(contains(ascii, "\n3 findings in 2 of 3 files"));
  const std::string quiet = report_as("text", rich_verdict(), {.quiet = true});
  CHECK(contains(quiet, "\n   5:5    critical  the output of curl is run by sh [pipe-to-shell]\n"));
  CHECK_FALSE(contains(quiet, "help"));
  const std::string all = report_as("text", rich_verdict(), {.show_suppressed = true});
  CHECK(contains(all, "= suppressed: by config: as agreed\n"));
}

TEST_CASE("text: help once a file for each rule") {
  engine::Verdict verdict = verdict_on({{"a", "x\ny\n"}, {"b", "x\n"}});
  add(verdict, kPipe, {0, {0, 1}}, "one");
  add(verdict, kPipe, {0, {2, 3}}, "two");
  add(verdict, kPipe, {1, {0, 1}}, "three");
  const std::string report = report_as("text", verdict);
  std::size_t times = 0;
  for (std::size_t at = report.find("= help"); at != report.npos;
       at = report.find("= help", at + 1))
    ++times;
  CHECK(times == 2);
}

TEST_CASE("text: an empty verdict says what was clean") {
  engine::Verdict verdict = verdict_on({{"a", ""}, {"b", ""}});
  CHECK(report_as("text", verdict) == "✓ no findings in 2 files\n");
  CHECK(report_as("text", verdict, {.unicode = false}) == "no findings in 2 files\n");
  CHECK(report_as("text", engine::Verdict{}, {.nothing_judged = "No Dockerfile found in ."}) ==
        "No Dockerfile found in .\n");
  verdict.incomplete = true;
  CHECK(contains(report_as("text", verdict), "incomplete: "));
}

TEST_CASE("frame: tabs are expanded, wide characters counted, and marks stand under the text") {
  CHECK(frame("a\tbc\td\n", {2, 4}) == "  1 │ a   bc  d\n    │     ^^\n");
  CHECK(frame("日本 x é y\n", {7, 8}) == "  1 │ 日本 x é y\n    │      ^\n");
  CHECK(frame("e\xCC\x81 x\n", {4, 5}) == "  1 │ e\xCC\x81 x\n    │   ^\n");
  CHECK(frame("\xEF\xBB\xBF"
              "FROM x\n",
              {3, 7}) == "  1 │ FROM x\n    │ ^^^^\n");
}

TEST_CASE("frame: an empty span and one at the end are still marked") {
  CHECK(frame("abc\n", {1, 1}) == "  1 │ abc\n    │  ^\n");
  CHECK(frame("abc", {3, 3}) == "  1 │ abc\n    │    ^\n");
  CHECK(frame("abc\nd\n", {3, 4}) == "  1 │ abc\n    │    ^\n");
  CHECK(frame("", {0, 0}) == "  1 │\n    │ ^\n");
  CHECK(frame("abc\nd\n", {0, 4}) == "  1 │ abc\n    │ ^^^\n");
}

TEST_CASE(
    "frame: a span of several lines has a bar, and marks where it begins or ends within a line") {
  const std::string bytes = "RUN a \\\n  b \\\n  c\n";
  CHECK(frame(bytes, whole(bytes)) == "  1 │ ╭ RUN a \\\n  2 │ │   b \\\n  3 │ ╰   c\n");
  CHECK(frame("RUN a \\\n  b \\\n  c d\n", {4, 17}) ==
        "  1 │ ╭ RUN a \\\n    │ │     ^^^\n  2 │ │   b \\\n  3 │ ╰   c d\n    │   ^^^\n");
  const std::string long_one = "1\n2\n3\n4\n5\n6\n7\n";
  CHECK(frame(long_one, whole(long_one)) ==
        "  1 │ ╭ 1\n  2 │ │ 2\n  3 │ │ 3\n    │ ┆\n  7 │ ╰ 7\n");
}

TEST_CASE("frame: a long line is cut around the span, however long it is") {
  const std::string left(100, 'a'), right(100, 'b');
  const std::string cut = frame(left + " XYZ " + right + "\n", {101, 104});
  CHECK(cut == "  1 │ …" + std::string(12, 'a') + " XYZ " + std::string(35, 'b') + "…\n    │ " +
                   std::string(14, ' ') + "^^^\n");
  CHECK(frame(std::string(5000000, 'x') + "END\n", {5000000, 5000003}) ==
        "  1 │ …" + std::string(49, 'x') + "END\n    │ " + std::string(50, ' ') + "^^^\n");
  const std::string marked = frame(std::string(500, 'x') + "\n", {0, 500});
  CHECK(marked == "  1 │ " + std::string(52, 'x') + "…\n    │ " + std::string(52, '^') + "\n");
  for (const std::string& text : {std::string("日"), std::string("\xCC\x81"),
                                  std::string("\xF0\x9F\x98\x80"), std::string("\t")}) {
    std::string line;
    while (line.size() < 3000) line += text;
    const std::string shown = frame(line + "\n", {1200, 1203});
    CHECK(shown_columns(shown.substr(0, shown.find('\n'))) <= 60);
  }
}

TEST_CASE("a hostile file, path or message cannot send controls to the terminal") {
  std::string bytes =
      "FROM x\x1b]0;owned\x07\r\x9b"
      "31m\xC2\x9B"
      "1m\x08\x7f\xE2\x80\xAE"
      "desrever\xE2\x81\xA6\n";
  engine::Verdict verdict = verdict_on({{"a\x1b[2J\nb", bytes}});
  engine::Judged& judged = add(verdict, kPipe, {0, {5, 8}}, "bad \x1b[31m\nname\xE2\x80\xAE");
  judged.subject = {engine::SubjectKind::stage, "\x1b[0m"};
  judged.finding.related = {{{0, {0, 4}}, "see \x1b[5m"}};
  judged.finding.fix = rules::Fix{rules::Safety::safe, "do \x1b[5m", {}};
  judged.suppressed = engine::Suppressed{engine::Suppressed::By::inline_comment, "\x1b[8m"};
  verdict.errors = {{"\x1b[1m", 0, "\x1b[2m"}};
  for (const std::string_view format : {"text", "concise"}) {
    const std::string report =
        report_as(format, verdict, {.show_suppressed = true, .nothing_judged = "\x1b[3m"});
    CHECK(std::ranges::none_of(
        report, [](char c) { return (c >= 0 && c < 0x20 && c != '\n') || c == 0x7f; }));
    CHECK_FALSE(contains(report, "\xE2\x80\xAE"));
    CHECK_FALSE(contains(report, "\xC2\x9B"));
  }
  CHECK(contains(
      report_as("text", verdict, {.show_suppressed = true}),
      "  1 │ FROM x\\x1b]0;owned\\x07\\r\\x9b31m\\u{9b}1m\\x08\\x7f\\u{202e}desrever\\u{2066}\n"
      "    │      ^^^^^^\n"));
}

TEST_CASE("secrets are hidden in frames and in a rule's own words") {
  engine::Verdict verdict = verdict_on({{"f", "ENV TOKEN=hunter22 A=1\n"}});
  verdict.secrets[0] = {{10, 18}};
  engine::Judged& judged = add(verdict, kPipe, {0, {4, 22}}, "TOKEN is hunter22");
  judged.finding.fix =
      rules::Fix{rules::Safety::safe, "drop hunter22", {{{0, {0, 22}}, "ARG T=hunter22"}}};
  judged.finding.related = {{{0, {0, 3}}, "hunter22"}};
  for (const Format& format : formats())
    CHECK_FALSE(contains(report_as(format.name, verdict), "hunter22"));
  CHECK(contains(report_as("text", verdict), "ENV TOKEN=******** A=1\n"));
  CHECK(contains(report_as("json", verdict), "\"edits\":[]"));
}

TEST_CASE("words are wrapped by what they take on the screen") {
  std::string out;
  append_wrapped(out, "  one\ntwo  日本語 four",
                 {.width = 12, .column = 2, .indent_columns = 2, .indent = "> "});
  CHECK(out == "one two\n> 日本語\n> four");
}

TEST_CASE("a rule's name that does not fit behind its message stands below it") {
  engine::Verdict verdict = verdict_on({{"f", "FROM x\n"}});
  add(verdict, kPipe, place(verdict, 0, "x"), std::string(35, 'm'));
  const std::string message = "critical: " + std::string(35, 'm');  // 45 columns, 61 with the name
  CHECK(contains(report_as("text", verdict, {.width = 61}), message + " [pipe-to-shell]\n"));
  CHECK(contains(report_as("text", verdict, {.width = 60}), message + "\n    [pipe-to-shell]\n"));
}

TEST_CASE("an id that begins with its tool's name is not told with it twice") {
  static constexpr rules::Alias kAliases[] = {{"tally", "tally/no-pins"}, {"trivy", "DS-1"}};
  rules::Rule rule = kPipe;
  rule.aliases = kAliases;
  engine::Verdict verdict = verdict_on({{"f", "FROM x\n"}});
  add(verdict, rule, place(verdict, 0, "x"), "m");
  CHECK(contains(report_as("text", verdict), "also: tally/no-pins, trivy DS-1\n"));
}

}  // namespace text_test
