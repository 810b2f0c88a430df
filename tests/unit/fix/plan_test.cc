// Which proposals go together.
#include "fix/plan.h"

#include <doctest/doctest.h>

#include <memory>

namespace plan_test {

using namespace plimsoll;
using fix::Plan;
using fix::PlanSettings;
using rules::Safety;
using rules::Severity;
using text::Edit;

namespace {

engine::Verdict verdict_on(std::string text) {
  engine::Verdict verdict;
  verdict.sources.push_back(std::make_unique<text::Source>("Dockerfile", std::move(text)));
  return verdict;
}

engine::Judged& add(engine::Verdict& verdict, Severity severity, std::vector<Edit> edits,
                    Safety safety = Safety::safe) {
  engine::Judged& judged = verdict.findings.emplace_back();
  judged.rule = rules::all().front();
  judged.severity = severity;
  judged.finding.where = edits.front().where;
  judged.finding.fix = rules::Fix{safety, "t", std::move(edits)};
  return judged;
}

}  // namespace

TEST_CASE("the more severe of two that overlap is chosen, then the earlier") {
  engine::Verdict verdict = verdict_on("0123456789");
  add(verdict, Severity::low, {{{0, {0, 4}}, "a"}});
  add(verdict, Severity::high, {{{0, {3, 5}}, "b"}});
  add(verdict, Severity::low, {{{0, {6, 8}}, "c"}});
  add(verdict, Severity::low, {{{0, {7, 9}}, "d"}});
  const Plan plan = fix::plan(verdict, {});
  REQUIRE(plan.chosen.size() == 2);
  CHECK(plan.chosen[0].edits[0].text == "b");
  CHECK(plan.chosen[1].edits[0].text == "c");
  CHECK(plan.deferred.size() == 2);
}

TEST_CASE("an edit that two have in common is made once") {
  engine::Verdict verdict = verdict_on("0123456789");
  add(verdict, Severity::low, {{{0, {0, 0}}, "SHELL\n"}});
  add(verdict, Severity::low, {{{0, {0, 0}}, "SHELL\n"}, {{0, {5, 6}}, "x"}});
  const Plan plan = fix::plan(verdict, {});
  REQUIRE(plan.chosen.size() == 2);
  CHECK(fix::edits_of({&plan.chosen[0], &plan.chosen[1]}).at(0).size() == 2);
}

TEST_CASE("insertions that have no order go together, but not with others") {
  engine::Verdict verdict = verdict_on("0123456789");
  add(verdict, Severity::high, {{{0, {5, 5}}, "b\n", true}});
  add(verdict, Severity::high, {{{0, {5, 5}}, "a\n", true}, {{0, {5, 5}}, "c\n", true}});
  add(verdict, Severity::low, {{{0, {5, 5}}, "d"}});
  add(verdict, Severity::low, {{{0, {4, 5}}, "e", true}});
  const Plan plan = fix::plan(verdict, {});
  REQUIRE(plan.chosen.size() == 2);
  CHECK(plan.deferred.size() == 2);
  const auto edits = fix::edits_of({&plan.chosen[0], &plan.chosen[1]}).at(0);
  REQUIRE(edits.size() == 3);
  CHECK(edits[0].text == "a\n");
  CHECK(edits[2].text == "c\n");
}

TEST_CASE("insertions at one place have no order, and wait for each other") {
  engine::Verdict verdict = verdict_on("0123456789");
  add(verdict, Severity::low, {{{0, {5, 5}}, "a"}});
  add(verdict, Severity::low, {{{0, {5, 5}}, "b"}});
  add(verdict, Severity::low, {{{0, {3, 5}}, "c"}});
  add(verdict, Severity::low, {{{0, {5, 6}}, "d"}});
  CHECK(fix::plan(verdict, {}).chosen.size() == 1);
  engine::Verdict beside = verdict_on("0123456789");
  add(beside, Severity::low, {{{0, {3, 5}}, "c"}});
  add(beside, Severity::low, {{{0, {5, 6}}, "d"}});
  CHECK(fix::plan(beside, {}).chosen.size() == 2);
}

TEST_CASE("accepted, unsafe and unwanted fixes are left out") {
  engine::Verdict verdict = verdict_on("0123456789");
  add(verdict, Severity::low, {{{0, {0, 1}}, "a"}}).suppressed.emplace();
  add(verdict, Severity::low, {{{0, {2, 3}}, "b"}}, Safety::changes_behaviour);
  add(verdict, Severity::low, {{{0, {4, 5}}, "c"}});
  CHECK(fix::plan(verdict, {}).chosen.size() == 1);
  CHECK(fix::plan(verdict, {.unsafe = true}).chosen.size() == 2);
  const PlanSettings none{.wanted = [](const fix::Proposal&) { return false; }};
  CHECK(fix::plan(verdict, none).chosen.empty());
}

TEST_CASE("a proposal that is in its own way, or outside of the text, is none") {
  engine::Verdict verdict = verdict_on("0123456789");
  add(verdict, Severity::low, {{{0, {0, 4}}, "a"}, {{0, {3, 5}}, "b"}});
  add(verdict, Severity::low, {{{0, {9, 11}}, "c"}});
  const Plan plan = fix::plan(verdict, {});
  CHECK(plan.chosen.empty());
  CHECK(plan.deferred.empty());
}

TEST_CASE("line ends are those of the file") {
  engine::Verdict verdict = verdict_on("FROM a\r\nRUN b\r\n");
  add(verdict, Severity::low, {{{0, {8, 8}}, "USER c\nENV d=e\n"}});
  CHECK(fix::plan(verdict, {}).chosen[0].edits[0].text == "USER c\r\nENV d=e\r\n");
}

TEST_CASE("two fixes may make one file, of one text alone") {
  engine::Verdict verdict = verdict_on("0123456789");
  verdict.working_directory = "/p";
  const auto makes = [&](Edit edit, std::string path, std::string text) {
    add(verdict, Severity::low, {std::move(edit)}).finding.fix->files = {
        {.path = std::move(path), .text = std::move(text)}};
  };
  makes({{0, {0, 1}}, "a"}, "new", "text");
  makes({{0, {2, 3}}, "b"}, "/p/./new", "text");
  makes({{0, {4, 5}}, "c"}, "new", "other");
  makes({{0, {6, 7}}, "d"}, "other", "text");
  const Plan plan = fix::plan(verdict, {});
  REQUIRE(plan.chosen.size() == 3);
  CHECK(plan.chosen[0].files[0].path == "/p/new");
  CHECK(plan.chosen[1].files[0].path == "/p/new");
  CHECK(plan.chosen[2].files[0].path == "/p/other");
  REQUIRE(plan.deferred.size() == 1);
  CHECK(plan.deferred[0].edits[0].text == "c");
}

TEST_CASE("a fix may be a file alone; one that is neither edit nor file is none") {
  engine::Verdict verdict = verdict_on("0123456789");
  verdict.working_directory = "/p";
  add(verdict, Severity::low, {{{0, {0, 1}}, "a"}}).finding.fix->edits.clear();
  CHECK(fix::plan(verdict, {}).chosen.empty());
  verdict.findings.front().finding.fix->files = {{.path = "new", .text = "x"}};
  CHECK(fix::plan(verdict, {}).chosen.size() == 1);
}

TEST_CASE("lines are added to a file that was read, and make one that is not there") {
  engine::Verdict verdict = verdict_on("0123456789");
  verdict.working_directory = "/p";
  verdict.sources.push_back(std::make_unique<text::Source>(".env", "A=1"));
  const auto adds = [&](Edit edit, std::string path, std::string text) {
    add(verdict, Severity::low, {std::move(edit)}).finding.fix->files = {
        {.path = std::move(path), .text = std::move(text), .secret = true, .append = true}};
  };
  adds({{0, {0, 1}}, "a"}, "/p/.env", "B=2\n");
  adds({{0, {2, 3}}, "b"}, ".env", "C=3\n");
  adds({{0, {4, 5}}, "c"}, "new", "D=4\n");
  adds({{0, {6, 7}}, "d"}, "new", "E=5\n");
  const Plan plan = fix::plan(verdict, {});
  REQUIRE(plan.chosen.size() == 3);
  CHECK(plan.chosen[0].files.empty());
  const auto edits = fix::edits_of({&plan.chosen[0], &plan.chosen[1]}).at(1);
  REQUIRE(edits.size() == 2);
  CHECK(edits[0].text == "\nB=2");
  CHECK(edits[1].text == "\nC=3");
  // What is not there is made by one; the other adds to it in the next round.
  CHECK(plan.chosen[2].files[0].text == "D=4\n");
  REQUIRE(plan.deferred.size() == 1);
  CHECK(plan.deferred[0].files[0].text == "E=5\n");
}

TEST_CASE("an ignore file that is made for its own sake comes before lines for it") {
  engine::Verdict verdict = verdict_on("0123456789");
  verdict.working_directory = "/p";
  add(verdict, Severity::high, {{{0, {0, 1}}, "a"}}).finding.fix->files = {
      {.path = ".dockerignore", .text = ".env\n", .append = true}};
  rules::Fix& whole = *add(verdict, Severity::low, {{{0, {2, 3}}, "b"}}).finding.fix;
  whole.edits.clear();
  whole.files = {{.path = ".dockerignore", .text = ".git\n.env\n"}};
  const Plan plan = fix::plan(verdict, {});
  REQUIRE(plan.chosen.size() == 1);
  CHECK(plan.chosen[0].files[0].text == ".git\n.env\n");
  CHECK(plan.deferred.size() == 1);
  // Lines that somebody adds unsafely make it no less safe.
  verdict.findings.front().finding.fix->safety = Safety::changes_behaviour;
  CHECK(fix::plan(verdict, {}).chosen.size() == 1);
}

}  // namespace plan_test
