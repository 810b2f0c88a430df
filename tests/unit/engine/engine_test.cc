// Discovery, selection, configuration and suppression.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>

#include "base/fs.h"
#include "engine/check.h"
#include "engine/config.h"
#include "engine/discover.h"
#include "engine/selection.h"

namespace engine_test {

using namespace plimsoll;
using namespace plimsoll::engine;

namespace {

std::vector<std::string> found(std::map<std::string, std::string> files,
                               std::vector<std::string> paths = {"."},
                               DiscoverySettings settings = {},
                               InputKind kind = InputKind::dockerfile) {
  const MemoryFs fs(std::move(files));
  Snapshot snapshot(fs);
  std::vector<std::string> result;
  for (const FoundFile& file : discover(paths, settings, fs, snapshot).files)
    if (file.kind == kind) result.push_back(file.path);
  return result;
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("Compose files and carriers of run lines are found by their names") {
  const std::map<std::string, std::string> files = {{"compose.yaml", ""},
                                                    {"docker-compose.prod.yml", ""},
                                                    {"a/app.compose.yaml", ""},
                                                    {"a/docker-stack.yml", ""},
                                                    {"a/stack.yaml", ""},
                                                    {"config.yaml", ""},
                                                    {"decompose.yaml", ""},
                                                    {"compose.json", ""},
                                                    {"run.sh", ""},
                                                    {"Makefile", ""},
                                                    {"README.md", ""},
                                                    {".github/workflows/ci.yml", ""}};
  CHECK(found(files, {"."}, {}, InputKind::compose) ==
        Paths{"a/app.compose.yaml", "a/docker-stack.yml", "a/stack.yaml", "compose.yaml",
              "docker-compose.prod.yml"});
  CHECK(found(files, {"."}, {}, InputKind::carrier) ==
        Paths{".github/workflows/ci.yml", "Makefile", "README.md", "run.sh"});
}

TEST_CASE("Dockerfiles are found by their names") {
  CHECK(found({{"Dockerfile", ""},
               {"Dockerfile.dev", ""},
               {"api.Dockerfile", ""},
               {"x.dockerfile", ""},
               {"Containerfile", ""},
               {"Containerfile.prod", ""},
               {"Dockerfile.dockerignore", ""},
               {".dockerignore", ""},
               {"README.md", ""},
               {"Dockerfile.png", ""},
               {"MyDockerfile", ""}}) == Paths{"Containerfile", "Containerfile.prod", "Dockerfile",
                                               "Dockerfile.dev", "api.Dockerfile", "x.dockerfile"});
}

TEST_CASE("version control and vendored code are not searched") {
  CHECK(found({{".git/Dockerfile", ""},
               {"node_modules/a/Dockerfile", ""},
               {"vendor/Dockerfile", ""},
               {"src/Dockerfile", ""}}) == Paths{"src/Dockerfile"});
}

TEST_CASE("what git ignores is left out, unless it is named") {
  const std::map<std::string, std::string> files = {
      {".gitignore", "build/\n*.dev\n!keep.dev\n/top\n"},
      {"build/Dockerfile", ""},
      {"Dockerfile.dev", ""},
      {"top/Dockerfile", ""},
      {"a/top/Dockerfile", ""},
      {"a/.gitignore", "Dockerfile.x\n"},
      {"a/Dockerfile.x", ""},
      {"Dockerfile.x", ""}};
  CHECK(found(files) == Paths{"Dockerfile.x", "a/top/Dockerfile"});
  CHECK(found(files, {"build/Dockerfile"}) == Paths{"build/Dockerfile"});
}

TEST_CASE("an ignore file above the folder that is searched counts") {
  CHECK(found({{"/repo/.git/HEAD", ""},
               {"/repo/.gitignore", "app/out\n"},
               {"/repo/app/out/Dockerfile", ""},
               {"/repo/app/Dockerfile", ""}},
              {"/repo/app"}, {.working_directory = "/"}) == Paths{"/repo/app/Dockerfile"});
}

TEST_CASE("a file that is named and found is judged once") {
  CHECK(found({{"Dockerfile", ""}}, {".", "Dockerfile", "./Dockerfile"}) == Paths{"Dockerfile"});
}

TEST_CASE("further names come from the configuration") {
  CHECK(found({{"docker/app.df", ""}, {"b.df", ""}}, {"."}, {.dockerfiles = {"docker/*.df"}}) ==
        Paths{"docker/app.df"});
  CHECK(found({{"docker/app.df", ""}, {"b.df", ""}}, {"."},
              {.dockerfiles = {"*.df"}, .exclude = {"b.df"}}) == Paths{"docker/app.df"});
}

TEST_CASE("a folder is listed once, however many files lie in it") {
  std::map<std::string, std::string> files;
  for (int i = 0; i < 700; ++i)
    files["Dockerfile." + std::to_string(i)] = "FROM alpine:3.20\nCOPY . .\n";
  const MemoryFs fs(files);
  const auto selection = select_rules({.preset = rules::Preset::all});
  const Verdict verdict = check({.paths = {"."}, .today = 20261124}, *selection, fs);
  CHECK(verdict.files == 700);
  CHECK(fs.times_listed(".") == 1);
}

TEST_CASE("rules are chosen by preset, name, category and other tools' ids") {
  const auto has = [](const Selection& s, std::string_view name) {
    return std::any_of(s.enabled.begin(), s.enabled.begin() + static_cast<std::ptrdiff_t>(s.told),
                       [&](const rules::Rule* r) { return r->name == name; });
  };
  const auto recommended = select_rules({});
  CHECK(has(*recommended, "root-user"));
  CHECK_FALSE(has(*recommended, "unpinned-apt-packages"));
  CHECK(has(*select_rules({.preset = rules::Preset::strict}), "unpinned-apt-packages"));
  const auto one = select_rules({.select = {"DL3008"}});
  CHECK(one->told == 1);
  CHECK(has(*one, "unpinned-apt-packages"));
  CHECK_FALSE(has(*select_rules({.ignore = {"root-*"}}), "root-user"));
  CHECK_FALSE(has(*select_rules({.ignore = {"security"}}), "root-user"));
  CHECK(select_rules({.ignore = {"DL3005"}})
            .has_value());  // a retired code in an old list is no mistake
  const auto misspelt = select_rules({.ignore = {"root-usr"}});
  REQUIRE_FALSE(misspelt.has_value());
  CHECK(misspelt.error().message.find("root-user") != std::string::npos);
}

TEST_CASE("a configuration says what it sets, and where it is wrong") {
  const auto config =
      parse_config("plimsoll.toml",
                   "preset = \"strict\"\nignore = [\"DL3008\"]\n[severity]\nroot-user = \"low\"\n");
  REQUIRE(config.has_value());
  CHECK(config->preset == rules::Preset::strict);
  CHECK(config->ignore == std::vector<std::string>{"DL3008"});
  CHECK(config->severity.front().second == rules::Severity::low);
  for (const auto& [text, line] :
       {std::pair("preset = \"strict\"\nignor = []\n", 2U), std::pair("\n\npreset = 3\n", 3U),
        std::pair("select = [1]\n", 1U), std::pair("preset = \"strict\"\nx = [\n", 2U)}) {
    const auto wrong = parse_config("plimsoll.toml", text);
    CAPTURE(text);
    REQUIRE_FALSE(wrong.has_value());
    CHECK(wrong.error().line == line);
  }
}

namespace {

std::size_t counted(const std::string& dockerfile, std::string_view rule,
                    std::uint32_t today = 20261124) {
  const MemoryFs fs({{"Dockerfile", dockerfile}});
  const Verdict verdict = check({.paths = {"Dockerfile"}, .today = today},
                                *select_rules({.preset = rules::Preset::all}), fs);
  return static_cast<std::size_t>(std::ranges::count_if(
      verdict.findings, [&](const Judged& j) { return j.rule->name == rule && !j.suppressed; }));
}

}  // namespace

TEST_CASE("hadolint's pragmas hold where hadolint lets them") {
  const std::string_view rule = "untagged-image";
  CHECK(counted("FROM debian\n", rule) == 1);
  CHECK(counted("# hadolint ignore=DL3006\nFROM debian\n", rule) == 0);
  CHECK(counted("#hadolint ignore=DL3007,DL3006 # why\nFROM debian\n", rule) == 0);
  CHECK(counted("# hadolint ignore=DL3006 why\nFROM debian\n", rule) == 1);
  CHECK(counted("# hadolint ignore=DL3006\n\nFROM debian\n", rule) == 1);
  CHECK(counted("# hadolint ignore=DL3006\n# other\nFROM debian\n", rule) == 1);
  CHECK(counted("FROM debian\n# hadolint global ignore=DL3006\n", rule) == 0);
}

TEST_CASE("Plimsoll's pragmas hold in the comment block above, with reason and date") {
  const std::string_view rule = "untagged-image";
  CHECK(counted("# plimsoll: ignore=untagged-image reason=a mirror\nFROM debian\n", rule) == 0);
  CHECK(counted("# plimsoll: ignore=DL3006\n# more words\nFROM debian\n", rule) == 0);
  CHECK(counted("# plimsoll: ignore=untagged-image until=2026-11-24\nFROM debian\n", rule) == 0);
  CHECK(counted("# plimsoll: ignore=untagged-image until=2026-11-23\nFROM debian\n", rule) == 1);
  CHECK(counted("# plimsoll: ignore=untagged-image until=soon\nFROM debian\n", rule) == 1);
  CHECK(counted("# plimsoll: ignore=root-user\nFROM debian\n", rule) == 1);
  CHECK(counted("FROM debian\n# plimsoll: ignore-file=untagged-image\n", rule) == 0);
}

TEST_CASE("the verdict does not depend on the number of threads") {
  std::map<std::string, std::string> files;
  for (int i = 0; i < 100; ++i)
    files["d" + std::to_string(i) + "/Dockerfile"] =
        "FROM debian\nRUN apt-get update && apt-get install curl | cat\n";
  const MemoryFs fs(files);
  const auto selection = select_rules({.preset = rules::Preset::all});
  const auto told = [&](unsigned jobs) {
    std::string text;
    for (const Judged& j :
         check({.paths = {"."}, .today = 20261124, .jobs = jobs}, *selection, fs).findings)
      text += std::to_string(j.finding.where.source) + ":" +
              std::to_string(j.finding.where.span.begin) + " " + std::string(j.rule->name) + "\n";
    return text;
  };
  CHECK(told(1) == told(8));
  CHECK_FALSE(told(1).empty());
}

TEST_CASE("what can't be read as text is an error, and the others are judged") {
  const MemoryFs fs(
      {{"a/Dockerfile", std::string("FROM a\nRUN \0x\n", 14)}, {"b/Dockerfile", "FROM debian\n"}});
  const Verdict verdict =
      check({.paths = {".", "missing"}, .today = 20261124}, *select_rules({}), fs);
  REQUIRE(verdict.errors.size() == 2);
  CHECK(verdict.errors[0].file == "a/Dockerfile");
  CHECK(verdict.errors[0].line == 2);
  CHECK(verdict.errors[1].file == "missing");
  CHECK(verdict.files == 1);
  CHECK_FALSE(verdict.findings.empty());
}

}  // namespace engine_test
