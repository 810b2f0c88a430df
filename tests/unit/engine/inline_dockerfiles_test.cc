// `dockerfile_inline`: judged as a Dockerfile, told at the Compose file's own bytes.
#include "engine/inline_dockerfiles.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/fs.h"
#include "engine/check.h"
#include "engine/selection.h"
#include "text/joined.h"

namespace inline_dockerfiles_test {

using namespace plimsoll;
using namespace plimsoll::engine;

namespace {

Verdict judged(const std::string& compose, std::map<std::string, std::string> others = {}) {
  others["compose.yaml"] = compose;
  const MemoryFs fs(std::move(others));
  return check({.paths = {"."}, .discovery = {.working_directory = "/p"}, .today = 20261124},
               *select_rules({.preset = rules::Preset::all}), fs);
}

// "line:text" of each of the rule's findings that nothing accepts.
std::vector<std::string> told(const Verdict& verdict, std::string_view rule) {
  std::vector<std::string> found;
  for (const Judged& j : verdict.findings) {
    const text::Place where = j.finding.where;
    const text::Source& source = verdict.source(where.source);
    if (j.rule->name == rule && !j.suppressed)
      found.push_back(std::to_string(source.position(where.span.begin).line) + ":" +
                      std::string(source.at(where.span)));
  }
  return found;
}

std::vector<std::string> told(const std::string& compose, std::string_view rule) {
  return told(judged(compose), rule);
}

using Texts = std::vector<std::string>;

// What the file says where `part` of the text stands.
std::string behind(const std::string& yaml, const std::string& text, std::string_view part) {
  const text::Source file("compose.yaml", yaml);
  const auto at = static_cast<std::uint32_t>(yaml.find('|'));
  const std::vector<text::Piece> pieces =
      follow_literal(file, {at, static_cast<std::uint32_t>(yaml.size())}, text);
  if (pieces.empty()) return "not followed";
  const text::Joined joined{text, pieces};
  return std::string(
      file.at(joined.where(std::string_view(text).substr(text.find(part), part.size()))));
}

}  // namespace

TEST_CASE("a literal block maps line by line") {
  CHECK(behind("a: |\n  FROM x\n  RUN y\n", "FROM x\nRUN y\n", "RUN y") == "RUN y");
  CHECK(behind("a: |-  # words\n\n    FROM x\n\n      RUN y\n", "\nFROM x\n\n  RUN y", "RUN y") ==
        "RUN y");
  CHECK(behind("a: |2\n    FROM x\n  RUN y\n", "  FROM x\nRUN y\n", "FROM x") == "FROM x");
  CHECK(behind("a: |\r\n  FROM x\r\n  RUN y\r\n", "FROM x\nRUN y\n", "RUN y") == "RUN y");
  CHECK(behind("a: |\n\tx\n", "x\n", "x") == "not followed");  // no YAML, and none of ours
  CHECK(behind("a: |\n  FROM x\n", "FROM y\n", "y") == "not followed");
  CHECK(behind("a: |\n  FROM x\n", "FROM x\nRUN y\n", "y") == "not followed");
  CHECK(behind("a: 'a | b'\n", "a | b", "b") == "not followed");
}

TEST_CASE("variables and doubled dollars are stepped over") {
  const std::string yaml = "a: |\n  RUN $$A $${B} c\n  FROM x:${V:-1} AS y\n";
  const std::string text = "RUN $A ${B} c\nFROM x:22.4.1-long AS y\n";
  CHECK(behind(yaml, text, "A") == "A");
  CHECK(behind(yaml, text, "{B}") == "{B}");
  CHECK(behind(yaml, text, " c") == " c");
  CHECK(behind(yaml, text, "FROM") == "FROM");
  CHECK(behind(yaml, text, " AS y") == " AS y");
  CHECK(behind(yaml, text, "x:22.4.1-long") == "x:${V:-1}");
}

TEST_CASE("findings of the text stand in the Compose file") {
  const std::string compose =
      "services:\n  web:\n    build:\n      context: .\n      dockerfile_inline: |\n"
      "        FROM debian\n        RUN apt-get update && sudo true\n        COPY <<E /e\n"
      "        sudo\n        E\n        USER root\n";
  CHECK(told(compose, "untagged-image") == Texts{"6:debian"});
  CHECK(told(compose, "sudo-in-run") == Texts{"7:sudo"});
  CHECK(told(compose, "root-user") == Texts{"11:root"});
  CHECK(told(compose, "syntax-error").empty());
  const Verdict verdict = judged(compose);
  CHECK(verdict.files == 1);
  for (const Judged& j : verdict.findings) {
    CHECK(verdict.source(j.finding.where.source).path() == "compose.yaml");
    if (j.rule->name == "sudo-in-run") CHECK(j.instruction_line == 7);
  }
}

TEST_CASE("the service lies over the text, as over a Dockerfile") {
  const std::string inline_text =
      "    build:\n      dockerfile_inline: |\n        FROM debian:12\n        USER root\n";
  CHECK(told("services:\n  web:\n" + inline_text, "root-user") == Texts{"6:root"});
  const Verdict other = judged("services:\n  web:\n    user: '1000'\n" + inline_text);
  const auto found =
      std::ranges::find(other.findings, "root-user", [](const Judged& j) { return j.rule->name; });
  REQUIRE(found != other.findings.end());
  CHECK(found->severity == rules::Severity::info);
  REQUIRE(found->finding.related.size() == 1);
  CHECK(found->finding.related[0].message == "service 'web' says otherwise");
}

TEST_CASE("what can't be followed is told at the scalar") {
  CHECK(
      told("services:\n  web:\n    build:\n      dockerfile_inline: \"FROM debian\\nUSER 1\\n\"\n",
           "untagged-image") == Texts{"4:FROM debian\\nUSER 1\\n"});
  const auto folded = told(
      "services:\n  web:\n    build:\n      dockerfile_inline: >\n        FROM debian\n\n        "
      "USER 1\n",
      "untagged-image");
  REQUIRE(folded.size() == 1);
  CHECK(folded[0].starts_with("4:"));
  // A variable that is not set: nobody knows the text.
  CHECK(told("services:\n  web:\n    build:\n      dockerfile_inline: |\n        FROM ${IMAGE}\n",
             "syntax-error")
            .empty());
}

TEST_CASE("one text of several services is judged once") {
  CHECK(told("x-build: &b\n  dockerfile_inline: |\n    FROM debian\nservices:\n"
             "  web:\n    build: *b\n  worker:\n    build: *b\n",
             "untagged-image") == Texts{"3:debian"});
}

TEST_CASE("comments in the text and around it accept findings") {
  const std::string head = "services:\n  web:\n    build:\n";
  const std::string before = "      dockerfile_inline: |\n";
  const std::string from = "        FROM debian\n";
  const Verdict inside = judged(head + before + "        # hadolint ignore=DL3006\n" + from);
  CHECK(told(inside, "untagged-image").empty());
  const Verdict ours = judged(head + before + "        # plimsoll: ignore=untagged-image\n" + from);
  CHECK(told(ours, "untagged-image").empty());
  CHECK(told(ours, "unused-suppression").empty());
  const Verdict above =
      judged(head + "      # plimsoll: ignore=untagged-image reason=ours\n" + before + from);
  CHECK(told(above, "untagged-image").empty());
}

TEST_CASE("secrets of the text are hidden and counted for its service alone") {
  const Verdict verdict = judged(
      "services:\n  web:\n    build:\n      dockerfile_inline: |\n        FROM debian:12\n"
      "        ENV API_TOKEN=ghp_0123456789abcdefghijABCDEFGHIJ012345\n        USER 1\n"
      "  db:\n    image: postgres:17\n");
  REQUIRE(told(verdict, "secret-in-env").size() == 1);
  CHECK(told(verdict, "secret-in-env")[0].starts_with("6:"));
  const text::Source& source = verdict.source(0);
  CHECK(verdict.shown(0, {0, static_cast<std::uint32_t>(source.bytes().size())}).find("ghp_") ==
        std::string::npos);
  REQUIRE(verdict.checklist.size() == 2);
  for (const ChecklistEntry& entry : verdict.checklist)
    CHECK((entry.of(ChecklistItem::no_secrets).verdict == ItemVerdict::fail) ==
          (entry.subject.name == "web"));
}

}  // namespace inline_dockerfiles_test
