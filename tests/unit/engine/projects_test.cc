// A service is judged as the container that would run: with its Dockerfile, its overrides, its
// image.
#include "../rules/judge_text.h"
#include "engine/suppress.h"

namespace projects_test {

using namespace plimsoll;

namespace {

std::string told(const engine::Verdict& verdict) {
  std::string text;
  for (const engine::Judged& judged : verdict.findings) {
    const text::Source& source = verdict.source(judged.finding.where.source);
    text += source.path() + ":" +
            std::to_string(source.position(judged.finding.where.span.begin).line) + " " +
            std::string(judged.rule->name) + " " + judged.subject.name;
    if (judged.severity == rules::Severity::info) text += " info";
    for (const rules::Related& related : judged.finding.related) text += " | " + related.message;
    if (judged.suppressed) text += " accepted";
    text += "\n";
  }
  return text;
}

std::string of(const std::map<std::string, std::string>& files, const std::string& rule) {
  const engine::Verdict verdict = test::judge(files, {rule});
  CHECK(verdict.errors.empty());
  return told(verdict);
}

constexpr const char* kRoot = "FROM node:22\nCMD [\"node\"]\n";

}  // namespace

TEST_CASE("what a service leaves open its Dockerfile says, once for all services") {
  const std::string both = "services:\n  a:\n    build: .\n  b:\n    build: .\n";
  CHECK(of({{"Dockerfile", kRoot}, {"compose.yaml", both}}, "unstated-user") ==
        "Dockerfile:1 unstated-user 0 | service 'a' builds it | service 'b' builds it\n");
}

TEST_CASE("a service that says otherwise lets the Dockerfile's finding drop to info") {
  const std::string other = "services:\n  a:\n    build: .\n    user: '10001'\n";
  CHECK(of({{"Dockerfile", kRoot}, {"compose.yaml", other}}, "unstated-user") ==
        "Dockerfile:1 unstated-user 0 info | service 'a' says otherwise\n");
}

TEST_CASE("what a service says itself is judged where it says so") {
  const std::string root = "services:\n  a:\n    build: .\n    user: root\n";
  CHECK(of({{"Dockerfile", "FROM node:22\nUSER node\n"}, {"compose.yaml", root}}, "root-user") ==
        "compose.yaml:4 root-user a\n");
}

TEST_CASE("a service builds its own target with its own arguments") {
  const std::string file =
      "ARG WHO=root\nFROM node:22 AS dev\nARG WHO\nUSER ${WHO}\nFROM node:22\nUSER node\n";
  const std::string dev = "services:\n  a:\n    build: {context: ., target: dev}\n";
  CHECK(of({{"Dockerfile", file}, {"compose.yaml", dev}}, "root-user") ==
        "Dockerfile:4 root-user dev | service 'a' builds it\n");
  const std::string argument =
      "services:\n  a:\n    build: {context: ., target: dev, args: {WHO: node}}\n";
  CHECK(of({{"Dockerfile", file}, {"compose.yaml", argument}}, "root-user").empty());
}

TEST_CASE("services that build one Dockerfile from two contexts are judged for each") {
  const std::string compose =
      "services:\n  a:\n    build: {context: one, dockerfile: ../Dockerfile}\n"
      "  b:\n    build: {context: two, dockerfile: ../Dockerfile}\n";
  const std::map<std::string, std::string> files = {{"Dockerfile", "FROM node:22\nCOPY . /app\n"},
                                                    {"compose.yaml", compose},
                                                    {"one/.dockerignore", "**/.env\n"},
                                                    {"one/app.js", ""},
                                                    {"one/.env", ""},
                                                    {"two/app.js", ""},
                                                    {"two/.env", ""}};
  CHECK(of(files, "missing-dockerignore") == "Dockerfile:2 missing-dockerignore 0\n");
}

TEST_CASE("a Dockerfile of another name or folder is found through its service") {
  const std::string compose = "services:\n  a:\n    build: {context: app, dockerfile: build.txt}\n";
  CHECK(of({{"app/build.txt", "FROM node:22\nUSER root\n"}, {"compose.yaml", compose}},
           "root-user") == "app/build.txt:2 root-user 0 | service 'a' builds it\n");
}

TEST_CASE("the override of a folder lies over its base") {
  const std::map<std::string, std::string> files = {
      {"compose.yaml", "services:\n  a:\n    image: node:22\n    user: '1000'\n"},
      {"compose.override.yaml", "services:\n  a:\n    user: root\n"}};
  CHECK(of(files, "root-user") == "compose.override.yaml:3 root-user a\n");
}

TEST_CASE("a file that only makes sense over the base is loaded over it") {
  const std::map<std::string, std::string> files = {
      {"compose.yaml", "services:\n  a:\n    image: node:22\n    user: '1000'\n"},
      {"compose.prod.yaml", "services:\n  a:\n    user: root\n"}};
  CHECK(of(files, "root-user") == "compose.prod.yaml:3 root-user a\n");
}

TEST_CASE("a file that another includes or extends is part of that project") {
  const std::map<std::string, std::string> files = {
      {"compose.yaml", "include: [sub/compose.yaml]\n"},
      {"sub/compose.yaml", "services:\n  a:\n    image: node:22\n    user: root\n"}};
  CHECK(of(files, "root-user") == "sub/compose.yaml:4 root-user a\n");
}

TEST_CASE("a comment accepts what is said of the line or block below it, or of its own line") {
  CHECK(of({{"compose.yaml",
             "services:\n  # plimsoll: ignore=root-user reason=a test\n  a:\n    image: node:22\n"
             "    user: root\n  b:\n    image: node:22\n    user: root\n  c:\n    image: node:22\n"
             "    user: root  # plimsoll: ignore=root-user reason=again\n"}},
           "root-user") ==
        "compose.yaml:5 root-user a accepted\ncompose.yaml:8 root-user b\n"
        "compose.yaml:11 root-user c accepted\n");
}

TEST_CASE("a file of nothing but comments is walked once, and so many of them count") {
  std::string text = "services:\n  a:\n    image: x\n";
  for (int i = 0; i < 100'000; ++i) text += "# plimsoll: ignore=root-user reason=none\n";
  const engine::Verdict verdict =
      test::judge({{"compose.yaml", text}}, {"root-user", "unused-suppression"});
  CHECK(test::findings_of(verdict, "unused-suppression").size() == engine::kMostPragmas);
}

TEST_CASE("a variable that is not set is unknown, never guessed") {
  CHECK(
      of({{"compose.yaml", "services:\n  a:\n    image: node:22\n    user: ${WHO}\n"}}, "root-user")
          .empty());
  CHECK(of({{"compose.yaml", "services:\n  a:\n    image: node:22\n    user: ${WHO:-root}\n"}},
           "root-user") == "compose.yaml:4 root-user a\n");
  CHECK(of({{".env", "WHO=root\n"},
            {"compose.yaml", "services:\n  a:\n    image: node:22\n    user: ${WHO}\n"}},
           "root-user") == "compose.yaml:4 root-user a\n");
}

}  // namespace projects_test
