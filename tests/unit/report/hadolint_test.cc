// Which findings hadolint would have, under which code and level, and how its formats tell them.
#include "report/hadolint.h"

#include <doctest/doctest.h>

#include "report/sample.h"

namespace hadolint_test {

using namespace plimsoll;
using namespace plimsoll::report;

static constexpr rules::Alias kRefusedAliases[] = {{"hadolint", "DL1000"}};
static constexpr rules::Rule kRefused = {.name = "syntax-error",
                                         .severity = rules::Severity::high,
                                         .category = rules::Category::syntax,
                                         .preset = rules::Preset::recommended,
                                         .summary = "s",
                                         .why = "w",
                                         .remedy = "r",
                                         .source = "s",
                                         .aliases = kRefusedAliases,
                                         .examples = {},
                                         .check = rules::OnBuild{nullptr}};

// b: DL3008 and DL3018 in the instruction of line 2, DL3008 in that of line 4; a: nothing of
// hadolint's.
static engine::Verdict two_files() {
  engine::Verdict verdict = verdict_on({{"a", "FROM x\n"}, {"b", "FROM x\nRUN 1 \\\n 2\nRUN 3\n"}});
  add(verdict, kPipe, place(verdict, 0, "x"), "has no alias");
  for (const auto& [part, line, aliases] :
       {std::tuple("2", 2U, 0b1111U), std::tuple("1", 2U, 0b0001U), std::tuple("3", 4U, 0b0011U)}) {
    engine::Judged& judged = add(verdict, kUnpinned, place(verdict, 1, part), part);
    judged.instruction_line = line;
    judged.finding.aliases = aliases;
  }
  return verdict;
}

// "file:line code level" of each.
static std::string told(const IssueFiles& files) {
  std::string text;
  for (const IssueFile& file : files)
    for (const Issue& issue : file.issues)
      text += file.path + ":" + std::to_string(issue.line) + " " + issue.code + " " +
              std::string(name(issue.level)) + "\n";
  return text;
}

TEST_CASE("one failure for each line and code, files in the order that was asked for") {
  const IssueFiles files = hadolint::failures(two_files(), {"b", "a"}, {});
  CHECK(told(files) == "b:2 DL3008 warning\nb:2 DL3018 warning\nb:4 DL3008 warning\n");
  REQUIRE(files.size() == 2);
  CHECK(files[1].path == "a");
  CHECK(hadolint::failures(two_files(), {"a", "gone"}, {}).size() == 1);
}

TEST_CASE("levels are changed and codes left out; the first level that names a code holds") {
  CHECK(told(hadolint::failures(two_files(), {"b"},
                                {.levels = {{"DL3008", Level::style}, {"DL3008", Level::error}},
                                 .ignored = {"DL3018"}})) ==
        "b:2 DL3008 style\nb:4 DL3008 style\n");
}

TEST_CASE("ShellCheck's findings have the level that they bring") {
  engine::Verdict verdict = verdict_on({{"f", "FROM x\nRUN y\n"}});
  engine::Judged& judged = add(verdict, kPipe, place(verdict, 0, "y"), "quote it");
  judged.instruction_line = 2;
  judged.finding.shellcheck_code = "SC2086";
  judged.severity = rules::Severity::info;
  CHECK(told(hadolint::failures(verdict, {"f"}, {})) == "f:2 SC2086 info\n");
  judged.severity = rules::Severity::low;
  CHECK(told(hadolint::failures(verdict, {"f"}, {})) == "f:2 SC2086 warning\n");
  judged.severity = rules::Severity::medium;
  CHECK(told(hadolint::failures(verdict, {"f"}, {})) == "f:2 SC2086 error\n");
  judged.finding.shellcheck_code = "SC2006";
  judged.severity = rules::Severity::info;
  CHECK(told(hadolint::failures(verdict, {"f"}, {})) == "f:2 SC2006 style\n");
}

TEST_CASE("of a file that cannot be parsed only the first error is told, whatever was asked for") {
  engine::Verdict verdict = verdict_on({{"f", "RUM 1\nRUM 2\n"}});
  add(verdict, kUnpinned, {0, {0, 1}}, "more");
  add(verdict, kRefused, place(verdict, 0, "1"), "no instruction");
  add(verdict, kRefused, place(verdict, 0, "2"), "no instruction either");
  const IssueFiles files = hadolint::failures(
      verdict, {"f"}, {.levels = {{"DL1000", Level::info}}, .ignored = {"DL1000"}});
  CHECK(told(files) == "f:1 DL1000 error\n");
  CHECK(files[0].issues[0].column == 5);
  StringOutput tty;
  hadolint::formats().front().write(files, hadolint::speaker(), tty);
  CHECK(tty.text == "f:1:5 no instruction\n");
}

TEST_CASE("accepted findings are told only where pragmas do not count") {
  engine::Verdict verdict = two_files();
  for (engine::Judged& judged : verdict.findings)
    judged.suppressed = engine::Suppressed{engine::Suppressed::By::inline_comment, ""};
  CHECK(told(hadolint::failures(verdict, {"b"}, {})).empty());
  CHECK(told(hadolint::failures(verdict, {"b"}, {.with_pragmas = false})).size() > 50);
}

TEST_CASE("hadolint's own formats") {
  engine::Verdict verdict = verdict_on({{"d/f", "FROM x\n"}});
  engine::Judged& judged = add(verdict, kUnpinned, place(verdict, 0, "x"), "say \x1b which");
  judged.instruction_line = 1;
  judged.finding.aliases = 1;
  const IssueFiles files = hadolint::failures(verdict, {"d/f"}, {});
  const auto as = [&](std::string_view name) {
    StringOutput output;
    for (const hadolint::Format& format : hadolint::formats())
      if (format.name == name) format.write(files, hadolint::speaker(), output);
    return output.text;
  };
  CHECK(as("tty") == "d/f:1 DL3008 warning: say \\x1b which\n");
  CHECK(as("gnu") == "hadolint:d/f:1: DL3008 warning: say \\x1b which\n");
  CHECK(as("json") ==
        "[{\"code\":\"DL3008\",\"column\":1,\"file\":\"d/f\",\"level\":\"warning\",\"line\":1,"
        "\"message\":\"say \\u001b which\"}]");
  CHECK(as("codacy") ==
        "{\"filename\":\"d/f\",\"line\":1,\"message\":\"say \\u001b which\",\"patternId\":"
        "\"DL3008\"}");
  CHECK(contains(as("sarif"),
                 "\"region\":{\"endColumn\":1,\"endLine\":1,\"sourceLanguage\":"
                 "\"dockerfile\",\"startColumn\":1,\"startLine\":1}"));
  CHECK(contains(as("sonarqube"),
                 "\"textRange\":{\"endColumn\":1,\"endLine\":1,\"startColumn\":0,"
                 "\"startLine\":1}"));
  StringOutput coloured;
  hadolint::write_coloured_tty(files, hadolint::speaker(), coloured);
  CHECK(coloured.text == "d/f:1 DL3008 \x1b[1m\x1b[93mwarning\x1b[0m: say \\x1b which\n");
}

}  // namespace hadolint_test
