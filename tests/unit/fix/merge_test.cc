// The verdict that is put together from those of the rounds is the one that the engine would give.
#include "fix/merge.h"

#include "base/concat.h"
#include "fix/fix.h"
#include "fix/trial.h"

namespace merge_test {

using namespace plimsoll;

namespace {

std::string place(const engine::Verdict& verdict, const text::Place& where) {
  return concat({verdict.source(where.source).path(), ":", std::to_string(where.span.begin), "-",
                 std::to_string(where.span.end)});
}

std::string line_of(const engine::Verdict& verdict, const engine::Judged& judged) {
  std::string line =
      concat({place(verdict, judged.finding.where), " ", judged.rule->name, " ",
              judged.finding.message, " ", judged.subject.name, " ",
              std::to_string(static_cast<int>(judged.severity)), judged.suppressed ? " -" : ""});
  for (const rules::Related& related : judged.finding.related)
    line += concat({" ~", place(verdict, related.where)});
  if (judged.finding.fix)
    for (const text::Edit& edit : judged.finding.fix->edits)
      line += concat({" ", place(verdict, edit.where), "=", edit.text});
  return line;
}

// All that reports show of a verdict.
std::vector<std::string> lines_of(const engine::Verdict& verdict) {
  std::vector<std::string> lines{std::to_string(verdict.files), verdict.working_directory,
                                 verdict.incomplete ? "incomplete" : "whole"};
  for (const engine::Judged& judged : verdict.findings) lines.push_back(line_of(verdict, judged));
  for (const engine::ChecklistEntry& entry : verdict.checklist) {
    std::string line = concat({place(verdict, entry.where), " ", entry.subject.name});
    for (const engine::ItemAnswer& item : entry.items) {
      line += concat({" ", std::to_string(static_cast<int>(item.verdict)), " ", item.reason});
      for (const text::Place& where : item.evidence) line += concat({" ", place(verdict, where)});
    }
    lines.push_back(line);
  }
  for (std::uint32_t i = 0; i < verdict.sources.size(); ++i) {
    if (!verdict.sources[i]) continue;
    lines.push_back(concat({verdict.source(i).path(), "\n", verdict.source(i).bytes()}));
    for (const text::Span secret : verdict.secrets[i])
      lines.push_back(concat({"secret ", place(verdict, {i, secret})}));
  }
  for (const std::uint32_t dockerfile : verdict.dockerfiles)
    lines.push_back(verdict.source(dockerfile).path());
  return lines;
}

const test::Files kApart = {
    {"a/Dockerfile",
     "FROM debian:12\nENV API_TOKEN=ghp_0123456789abcdefghijklmnopqrstuvwxyz\n"
     "RUN apt update && apt install curl && pip install x\nCMD a b\n"},
    {"b/Dockerfile", "FROM debian:12\nUSER root\nRUN id\n"},
    {"c/Dockerfile", "FROM debian AS x\nADD a b\nMAINTAINER me\n"},
    {"d/compose.yaml", "services:\n  a:\n    image: nginx:1.27\n    build: .\n"},
    {"d/Dockerfile", "FROM scratch\nCOPY a /a\n"},
    {"run.sh", "docker run --privileged -p 80:80 nginx\n"}};

// Fixes them and judges the result anew.
void check_same(const test::Files& files, bool unsafe, unsigned more_checks) {
  const engine::Selection selection = test::selection();
  const fix::Outcome outcome = fix::fix(
      {.check = test::settings(), .selection = selection, .unsafe = unsafe}, MemoryFs(files));
  REQUIRE(!outcome.files.empty());
  test::Files after = files;
  for (const fix::ChangedFile& file : outcome.files)
    after[file.path] =
        file.created ? file.created->text : std::string(outcome.after.source(file.after).bytes());
  CHECK(lines_of(outcome.after) == lines_of(test::judged(after)));
  if (more_checks > 0) CHECK(outcome.checks >= more_checks);
}

}  // namespace

TEST_CASE("what the rounds said of files that stand apart is what a check says of the result") {
  check_same(kApart, false, 0);
  check_same(kApart, true, 0);
}

TEST_CASE("files that have a say in each other's findings are judged once more") {
  test::Files files = {{"Dockerfile", "FROM debian:12\nRUN apt-get install curl\nCOPY . /a\n"},
                       {".dockerignore", "x\n"}};
  check_same(files, false, 3);
  check_same(files, true, 3);
  files = {{"Dockerfile", "FROM debian:12\nRUN apt-get install curl\n"},
           {"compose.yaml", "services:\n  a:\n    build: .\n"}};
  check_same(files, false, 3);
}

TEST_CASE("a text that no round has judged is no reason to believe one") {
  const engine::Verdict before = test::judged(kApart);
  fix::Rounds rounds;
  rounds.push_back(std::make_unique<engine::Verdict>(test::judged(kApart)));
  const engine::CheckSettings settings = test::settings();
  const engine::Selection selection = test::selection();
  const fix::Texts same = {{"/p/b/Dockerfile", kApart.at("b/Dockerfile")}};
  CHECK(!fix::merge(settings, selection, before, {{"/p/b/Dockerfile", "FROM scratch\n"}}, rounds));
  CHECK(!fix::merge(settings, selection, before, {{"/p/d/Dockerfile", "FROM scratch\n"}}, rounds));
  CHECK(
      !fix::merge(settings, selection, before, {{"/p/new/Dockerfile", "FROM scratch\n"}}, rounds));
  engine::CheckSettings one_file = settings;
  one_file.standard_input = "FROM scratch\n";
  CHECK(!fix::merge(one_file, selection, before, same, rounds));
  CHECK(fix::merge(settings, selection, before, same, rounds));
}

}  // namespace merge_test
