// Other tools' configuration files, each with what it can say and what it must not do.
#include "engine/foreign/foreign.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>

#include "base/fs.h"
#include "engine/check.h"

namespace foreign_test {

using namespace plimsoll;
using namespace plimsoll::engine;

namespace {

foreign::Foreign read(std::map<std::string, std::string> files, std::string project = "/r/p",
                      std::string home = {}, std::string xdg = {}) {
  const MemoryFs fs(std::move(files));
  Snapshot snapshot(fs);
  return foreign::read_all(fs, snapshot,
                           {.working_directory = "/w",
                            .project = std::move(project),
                            .home = std::move(home),
                            .xdg_config_home = std::move(xdg)});
}

// Is the finding of `rule` of /r/p/<path> accepted, on this day?
bool accepted(const foreign::Foreign& f, std::string_view rule,
              const std::string& path = "Dockerfile", std::uint32_t today = 20261124) {
  const MemoryFs fs({{path, "FROM debian\nWORKDIR x\n"}});
  const Verdict verdict = check({.paths = {path},
                                 .discovery = {.working_directory = "/r/p"},
                                 .acceptances = f.acceptances,
                                 .today = today},
                                *select_rules({.preset = rules::Preset::all}), fs);
  const auto found =
      std::ranges::find(verdict.findings, rule, [](const Judged& j) { return j.rule->name; });
  REQUIRE(found != verdict.findings.end());
  return found->suppressed.has_value();
}

constexpr std::string_view kUntagged = "untagged-image", kUser = "unstated-user";

}  // namespace

TEST_CASE(".hadolint.yaml: every key that bears on findings") {
  const auto f = read({{"/r/p/.hadolint.yaml",
                        "ignored:\n  - DL3006\n  - SC2086\n"
                        "override:\n  error: [DL3000]\n  style:\n    - DL3008\n"
                        "failure-threshold: error\ntrustedRegistries: docker.io\n"
                        "label-schema:\n  author: text\n  version: semver\nstrict-labels: true\n"
                        "disable-ignore-pragma: true\nformat: tty\nno-such-key: 1\n"}});
  CHECK(f.complaints.empty());
  CHECK(accepted(f, kUntagged));
  CHECK_FALSE(accepted(f, kUser));
  REQUIRE(f.acceptances.size() == 1);
  CHECK(f.acceptances[0].reason == "listed in /r/p/.hadolint.yaml");
  using Severities = decltype(f.severity);
  CHECK(f.severity ==
        Severities{{"DL3000", rules::Severity::high}, {"DL3008", rules::Severity::info}});
  CHECK(f.fail_on == "high");
  CHECK(f.trusted_registries == std::vector<std::string>{"docker.io"});
  CHECK(f.labels->size() == 2);
  CHECK(f.strict_labels == true);
  CHECK_FALSE(f.hadolint_comments);
  CHECK(read({{"/r/p/.hadolint.yaml", "failure-threshold: error\nno-fail: true\n"}}).fail_on ==
        "never");
}

TEST_CASE(".hadolint.yaml: a wrong type is told, and the rest counts") {
  const auto f = read({{"/r/p/.hadolint.yaml",
                        "ignored: DL3006\nno-fail: 3\noverride: x\nfailure-threshold: loud\n"
                        "label-schema: {a: b}\ntrustedRegistries: [a, b]\n"}});
  REQUIRE(f.complaints.size() == 5);
  CHECK(f.complaints[0] == "/r/p/.hadolint.yaml:1: ignored must be a list; it is left out");
  CHECK_FALSE(f.fail_on.has_value());
  CHECK(f.trusted_registries->size() == 2);
  CHECK(f.acceptances.empty());
  CHECK(read({{"/r/p/.hadolint.yaml", "ignored: [\n"}}).complaints.size() == 1);
  CHECK(read({{"/r/p/.hadolint.yaml", "- a\n"}}).complaints.size() == 1);
  CHECK(read({{"/r/p/.hadolint.yaml", ""}}).complaints.empty());
}

TEST_CASE("the nearest file of a tool counts, up to the root of the repository") {
  const std::string one = "ignored: [DL3006]\n", other = "ignored: [DL3002]\n";
  CHECK(accepted(read({{"/r/.git/HEAD", ""}, {"/r/.hadolint.yaml", one}}), kUntagged));
  CHECK(read({{"/r/p/.git/HEAD", ""}, {"/r/.hadolint.yaml", one}}).acceptances.empty());
  CHECK(read({{"/r/.hadolint.yaml", one}}).acceptances.empty());  // no repository: not above
  const auto f = read({{"/r/.git/HEAD", ""},
                       {"/r/.hadolint.yaml", one},
                       {"/r/p/.hadolint.yml", other},
                       {"/r/.trivyignore", "DS002\n"}});
  CHECK_FALSE(accepted(f, kUntagged));
  CHECK(accepted(f, kUser));  // other tools' files are looked for by themselves
  const auto both = read({{"/r/p/.hadolint.yaml", one}, {"/r/p/.hadolint.yml", other}});
  REQUIRE(both.acceptances.size() == 1);
  CHECK(both.acceptances[0].names == std::vector<std::string>{"DL3006"});
}

TEST_CASE("hadolint's files elsewhere are the last resort") {
  const std::string one = "ignored: [DL3006]\n", other = "ignored: [DL3002]\n";
  CHECK(accepted(read({{"/w/.hadolint.yaml", one}}, "/elsewhere"), kUntagged));
  CHECK(accepted(read({{"/h/.config/hadolint.yaml", one}}, "/r/p", "/h"), kUntagged));
  CHECK(accepted(read({{"/h/.hadolint.yaml", one}}, "/r/p", "/h"), kUntagged));
  CHECK(
      accepted(read({{"/x/hadolint.yaml", one}, {"/h/.hadolint.yaml", other}}, "/r/p", "/h", "/x"),
               kUntagged));
  CHECK(read({{"/h/.hadolint.yaml", one}, {"/r/p/.hadolint.yaml", other}}, "/r/p", "/h")
            .acceptances.front()
            .names.front() == "DL3002");
}

TEST_CASE(".trivyignore: an id a line, comments, days") {
  for (const std::string id : {"DS-0001", "AVD-DS-0001", "DS001"})
    CHECK(
        accepted(read({{"/r/p/.trivyignore", "# words\n\nCVE-2024-1\n" + id + "\n"}}), kUntagged));
  const auto f = read({{"/r/p/.trivyignore", "DS001 exp:2026-11-25\r\nDS002 exp:soon\n"}});
  CHECK(accepted(f, kUntagged));
  CHECK_FALSE(accepted(f, kUntagged, "Dockerfile", 20261125));
  CHECK_FALSE(accepted(f, kUser));
  REQUIRE(f.complaints.size() == 1);
  CHECK(f.complaints[0].starts_with("/r/p/.trivyignore:2: "));
  CHECK_FALSE(accepted(read({{"/r/p/.trivyignore", "DL3006\nCKV_DOCKER_7\n#DS001\n"}}), kUntagged));
}

TEST_CASE(".trivyignore.yaml: paths, days and reasons") {
  const auto f = read({{"/r/p/.trivyignore.yaml",
                        "misconfigurations:\n"
                        "  - id: AVD-DS-0001\n    paths:\n      - \"old/**/Dockerfile\"\n"
                        "    statement: our mirror\n"
                        "  - id: DS-0002\n    expired_at: 2026-11-25\n"
                        "vulnerabilities:\n  - id: CVE-2024-1\n"}});
  CHECK(f.complaints.empty());
  CHECK(f.acceptances[0].reason == "listed in /r/p/.trivyignore.yaml: our mirror");
  CHECK_FALSE(accepted(f, kUntagged));
  CHECK(accepted(f, kUntagged, "old/Dockerfile"));
  CHECK(accepted(f, kUntagged, "old/a/b/Dockerfile"));
  CHECK_FALSE(accepted(f, kUntagged, "a/old/Dockerfile"));
  CHECK(accepted(f, kUser));
  CHECK_FALSE(accepted(f, kUser, "Dockerfile", 20261125));
  const auto wrong = read({{"/r/p/.trivyignore.yaml",
                            "misconfigurations:\n  - paths: [a]\n"
                            "  - id: DS001\n    expired_at: soon\n"}});
  CHECK(wrong.complaints.size() == 2);
  CHECK(wrong.acceptances.empty());
}

TEST_CASE(".checkov.yaml: ids and globs of checkov alone") {
  CHECK(accepted(read({{"/r/p/.checkov.yaml", "skip-check:\n  - CKV_DOCKER_7\n"}}), kUntagged));
  CHECK(accepted(read({{"/r/p/.checkov.yml", "skip-check: CKV_DOCKER_1,CKV_DOCKER_7\n"}}),
                 kUntagged));
  CHECK(accepted(read({{"/r/p/.checkov.yaml", "skip-check: [\"CKV_DOCKER_*\"]\n"}}), kUntagged));
  CHECK_FALSE(accepted(read({{"/r/p/.checkov.yaml", "skip-check: [LOW, DL3006]\n"}}), kUntagged));
}

TEST_CASE("kics.config: JSON, YAML or TOML") {
  const std::string id = "9efb0b2d-89c9-41a3-91ca-dcc0aec911fd";
  for (const std::string& text :
       {"{\"exclude-queries\": \"" + id + "\"}", "{\"exclude-queries\": [\"a\", \"" + id + "\"]}",
        "verbose: true\nexclude-queries:\n  - " + id + "\n", "exclude-queries = [\"" + id + "\"]\n",
        "exclude-queries = \"a," + id + "\"\n"}) {
    CAPTURE(text);
    CHECK(accepted(read({{"/r/p/kics.config", text}}), kUntagged));
  }
  CHECK_FALSE(accepted(read({{"/r/p/kics.config", "exclude-queries: [DL3006]\n"}}), kUntagged));
  CHECK(read({{"/r/p/kics.config", "{\n"}}).complaints.size() == 1);
}

TEST_CASE(".tally.toml: excluded rules and severities") {
  for (const std::string text :
       {"[rules]\nexclude = [\"hadolint/DL3006\"]\n", "[rules]\nexclude = [\"hadolint/*\"]\n",
        "[rules.hadolint.DL3006]\nseverity = \"off\"\n"}) {
    CAPTURE(text);
    CHECK(accepted(read({{"/r/p/.tally.toml", text}}), kUntagged));
  }
  CHECK_FALSE(
      accepted(read({{"/r/p/.tally.toml", "[rules]\nexclude = [\"buildkit/*\"]\n"}}), kUntagged));
  const auto f =
      read({{"/r/p/tally.toml",
             "[rules]\ninclude = [\"*\"]\n[rules.hadolint.DL3006]\nseverity = \"error\"\n"
             "[rules.buildkit.WorkdirRelativePath]\nseverity = \"loud\"\n"}});
  CHECK(f.acceptances.empty());
  REQUIRE(f.severity.size() == 1);
  CHECK(f.severity[0].second == rules::Severity::high);
  CHECK(f.complaints.size() == 1);
}

}  // namespace foreign_test
