// Whole runs of fixing, on files in memory, with the rules of the program.
#include "fix/fix.h"

#include <algorithm>

#include "fix/trial.h"

namespace fix_test {

using namespace plimsoll;
using fix::Outcome;
using fix::Status;

namespace {

Outcome fixed(const test::Files& files, const std::vector<std::string>& select = {},
              bool unsafe = false) {
  const engine::Selection selection = test::selection(select);
  return fix::fix({.check = test::settings(), .selection = selection, .unsafe = unsafe},
                  MemoryFs(files));
}

std::string text_of(const Outcome& outcome, std::size_t file = 0) {
  REQUIRE(outcome.files.size() > file);
  return std::string(outcome.after.source(outcome.files[file].after).bytes());
}

std::size_t count(const Outcome& outcome, Status status) {
  return static_cast<std::size_t>(std::ranges::count(outcome.fixes, status, &fix::Told::status));
}

}  // namespace

TEST_CASE("what is fixed is told with the line of the text as it was") {
  const Outcome outcome =
      fixed({{"Dockerfile", "FROM debian:12\nRUN apt-get install curl\nUSER 1000\n"}},
            {"apt-without-yes"});
  CHECK(text_of(outcome) == "FROM debian:12\nRUN apt-get install -y curl\nUSER 1000\n");
  REQUIRE(outcome.fixes.size() == 1);
  CHECK(outcome.fixes[0].line == 2);
  CHECK(outcome.fixes[0].status == Status::applied);
  CHECK(outcome.checks == 2);  // before, and the proof, which has judged all that has changed
}

TEST_CASE("a clean file costs one check") {
  const Outcome outcome =
      fixed({{"Dockerfile", "FROM debian:12\nUSER 1000\n"}}, {"apt-without-yes"});
  CHECK(outcome.files.empty());
  CHECK(outcome.checks == 1);
}

TEST_CASE("what is done in rounds comes to an end, and a second run changes nothing") {
  const test::Files files = {
      {"a/Dockerfile",
       "FROM debian:12\nRUN apt update && apt install curl && pip install x\nCMD a b\n"},
      {"b/Dockerfile", "FROM debian:12\r\nADD a b\r\nMAINTAINER me\r\n"}};
  for (const bool unsafe : {false, true}) {
    const Outcome first = fixed(files, {}, unsafe);
    CHECK(first.files.size() == 2);
    test::Files after = files;
    for (std::size_t i = 0; i < first.files.size(); ++i)
      after[first.files[i].path] = text_of(first, i);
    const Outcome second = fixed(after, {}, unsafe);
    CHECK(second.files.empty());
    CHECK(count(second, Status::applied) == 0);
  }
}

TEST_CASE("unsafe fixes are told, and made when that is wanted") {
  const test::Files files = {
      {"compose.yaml", "services:\n  web:\n    image: nginx:1.27\n    privileged: true\n"}};
  const Outcome safe = fixed(files, {"privileged-container"});
  CHECK(safe.files.empty());
  CHECK(count(safe, Status::unsafe) == 1);
  const Outcome unsafe = fixed(files, {"privileged-container"}, true);
  CHECK(count(unsafe, Status::applied) == 1);
}

TEST_CASE("a refusal is remembered") {
  const engine::Selection selection = test::selection({"apt-without-yes", "apt-command"});
  unsigned asked = 0;
  fix::Settings settings{.check = test::settings(), .selection = selection};
  settings.wanted = [&](const engine::Verdict&, const fix::Proposal& proposal) {
    ++asked;
    return proposal.rule->name != "apt-without-yes";
  };
  const Outcome outcome = fix::fix(
      settings,
      MemoryFs(test::Files{{"Dockerfile", "FROM debian:12\nRUN apt install curl\nUSER 1000\n"}}));
  CHECK(text_of(outcome) == "FROM debian:12\nRUN apt-get install curl\nUSER 1000\n");
  CHECK(asked == 2);
}

TEST_CASE("standard input is fixed as a file is") {
  const engine::Selection selection = test::selection({"apt-without-yes"});
  fix::Settings settings{.check = test::settings(), .selection = selection};
  settings.check.paths.clear();
  settings.check.standard_input = "FROM debian:12\nRUN apt-get install curl\nUSER 1000\n";
  const Outcome outcome = fix::fix(settings, MemoryFs(test::Files{}));
  CHECK(text_of(outcome) == "FROM debian:12\nRUN apt-get install -y curl\nUSER 1000\n");
}

TEST_CASE("a fix that has hadolint report what it has not seen, and nobody fixes, is dropped") {
  const test::Files files = {
      {"Dockerfile", "FROM debian:12\nRUN apt install -y curl\n"},
      {"b/Dockerfile", "FROM debian:12\nRUN apt install -y curl=7.88.1-10\n"}};
  const Outcome alone = fixed(files, {"apt-command"});
  CHECK(alone.files.size() == 2);
  const Outcome outcome = fixed(files, {"apt-command", "unpinned-apt-packages"});
  REQUIRE(outcome.files.size() == 1);
  CHECK(text_of(outcome) == "FROM debian:12\nRUN apt-get install -y curl=7.88.1-10\n");
  REQUIRE(count(outcome, Status::dropped) == 1);
  CHECK(outcome.fixes[0].reason == "hadolint would report DL3008 in line 2");
  // The lists that hadolint doesn't see behind sudo can be removed, so they are no reason.
  const test::Files sudo = {{"Dockerfile", "FROM debian:13\nRUN sudo apt-get update\n"}};
  CHECK(text_of(fixed(sudo, {"sudo-in-run", "kept-apt-lists"})) ==
        "FROM debian:13\nRUN apt-get update\n");
}

TEST_CASE("a file that is made is judged with the rest, and told") {
  const test::Files files = {{"web/Dockerfile", "FROM debian:12-slim\nCOPY . /app\nUSER 1000\n"},
                             {"web/.vscode/settings.json", "{}\n"},
                             {"web/main.js", "x\n"}};
  const Outcome outcome = fixed(files, {"missing-dockerignore", "clutter-in-copied-folder"});
  REQUIRE(outcome.files.size() == 1);
  CHECK(outcome.files[0].path == "web/.dockerignore");
  REQUIRE(outcome.files[0].created);
  CHECK(outcome.files[0].created->text ==
        "# How images are built and started\nDockerfile\n\n# Editors and systems\n**/.vscode\n");
  CHECK(outcome.after.findings.empty());
  REQUIRE(outcome.contexts.size() == 1);
  CHECK(outcome.contexts[0].files_before == 3);
  CHECK(outcome.contexts[0].files_after == 2);  // the program, and the new file
  test::Files after = files;
  after["web/.dockerignore"] = outcome.files[0].created->text;
  CHECK(fixed(after, {"missing-dockerignore", "clutter-in-copied-folder"}).files.empty());
}

TEST_CASE("several fixes add to a file that the first one makes") {
  const test::Files files = {
      {"compose.yaml",
       "services:\n  a:\n    image: a.example/a:1\n    environment: [TOKEN=one-w0rd]\n"
       "  b:\n    image: a.example/b:1\n    environment: {TOKEN: two-w0rd, API_KEY: one-w0rd}\n"}};
  const Outcome outcome = fixed(files, {"secret-in-env"}, true);
  CHECK(count(outcome, Status::applied) == 3);
  REQUIRE(outcome.files.size() == 2);
  REQUIRE(outcome.files[0].created);
  CHECK(outcome.files[0].path == ".env");
  CHECK(outcome.files[0].created->secret);
  const std::string& text = outcome.files[0].created->text;
  for (const char* line : {"A_TOKEN=one-w0rd\n", "B_TOKEN=two-w0rd\n", "API_KEY=one-w0rd\n"})
    CHECK(text.find(line) != std::string::npos);
  CHECK(text.size() == 51);
  CHECK(text_of(outcome, 1) ==
        "services:\n  a:\n    image: a.example/a:1\n    environment: [\"TOKEN=${A_TOKEN:?}\"]\n"
        "  b:\n    image: a.example/b:1\n    environment: {TOKEN: \"${B_TOKEN:?}\", API_KEY: "
        "\"${API_KEY:?}\"}\n");
  CHECK(fixed({{"compose.yaml", text_of(outcome, 1)}, {".env", text}}, {"secret-in-env"}, true)
            .files.empty());
}

TEST_CASE("a fix of two files is made in both or in none") {
  test::Files files = {
      {"compose.yaml",
       "services:\n  a:\n    build:\n      context: ./a\n      args: {NPM_TOKEN: t0ken-w0rd}\n"},
      {"a/Dockerfile", "FROM node:22\nARG NPM_TOKEN\nRUN fetch --header=\"$NPM_TOKEN\"\n"}};
  const Outcome outcome = fixed(files, {"secret-in-build-argument"}, true);
  REQUIRE(outcome.files.size() == 4);
  CHECK(outcome.files[0].path == "a/Dockerfile");
  CHECK(outcome.files[1].path == "compose.yaml");
  CHECK(outcome.files[3].path == "secrets/npm_token.txt");
  CHECK(outcome.files[3].created->mounted);
  CHECK(outcome.after.findings.empty());
  // Where the one can't be changed, the other is not.
  files["a/Dockerfile"] += "CMD fetch $NPM_TOKEN\n";
  CHECK(fixed(files, {"secret-in-build-argument"}, true).files.empty());
  files["a/Dockerfile"] = "FROM node:22\nARG NPM_TOKEN\nRUN fetch --header=\"$NPM_TOKEN\"\n";
  files["compose.yaml"] =
      "x-build: &build\n  context: ./a\n  args: {NPM_TOKEN: t0ken-w0rd}\nservices:\n  a: {build: "
      "*build}\n";
  CHECK(fixed(files, {"secret-in-build-argument"}, true).files.empty());
}

TEST_CASE("what another Dockerfile copies by name is not kept out, whoever looks at that") {
  const Outcome outcome =
      fixed({{"Dockerfile", "FROM debian:12-slim\nCOPY . /app\nUSER 1000\n"},
             {"b.Dockerfile", "FROM debian:12-slim\nCOPY .vscode/settings.json /app/\nUSER 1000\n"},
             {".vscode/settings.json", "{}\n"}},
            {"missing-dockerignore"});
  CHECK(outcome.files.empty());
  REQUIRE(count(outcome, Status::dropped) == 1);
  CHECK(outcome.fixes[0].reason.find("b.Dockerfile copies") != std::string::npos);
}

TEST_CASE("a run line gets one option after the other") {
  const Outcome outcome =
      fixed({{"run.sh", "docker run -d \\\n  -p 80:80 \\\n  nginx:1.27 nginx\n"}},
            {"missing-memory-limit", "missing-pids-limit", "port-on-all-interfaces"}, true);
  const std::string text = text_of(outcome);
  CHECK(text.starts_with("docker run -d \\\n  --"));
  CHECK(text.ends_with(" \\\n  -p 127.0.0.1:80:80 \\\n  nginx:1.27 nginx\n"));
  CHECK(text.find(" \\\n  --memory 512m \\\n") != std::string::npos);
  CHECK(outcome.checks == 2);  // options may stand in any order, so they share a round
  CHECK(text.find(" \\\n  --pids-limit 200 \\\n") != std::string::npos);
}

}  // namespace fix_test
