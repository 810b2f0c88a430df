// The checklist of whole projects, as docs/checklist.md says it.
#include "engine/checklist/checklist.h"

#include <doctest/doctest.h>

#include <map>
#include <string>

#include "base/fs.h"
#include "engine/check.h"
#include "engine/checklist/grade.h"
#include "engine/selection.h"

namespace checklist_test {

using namespace plimsoll;
using engine::ChecklistEntry;
using engine::ChecklistItem;
using engine::ItemVerdict;

namespace {

using Paths = std::map<std::string, std::string>;

engine::Verdict judge(const Paths& files, engine::CheckSettings settings = {}) {
  const MemoryFs fs(files);
  const auto selection = engine::select_rules({});
  REQUIRE(selection.has_value());
  settings.paths = {"."};
  settings.today = 20261124;
  settings.jobs = 1;
  return engine::check(settings, *selection, fs);
}

// "pass", "fail", "unknown" or "not-applicable", by the item's name.
std::string verdict_of(const ChecklistEntry& entry, std::string_view item) {
  for (std::size_t i = 0; i < engine::kChecklistItems; ++i)
    if (engine::name(static_cast<ChecklistItem>(i)) == item)
      return std::string(engine::name(entry.items[i].verdict));
  return "no such item";
}

const ChecklistEntry& only_entry(const engine::Verdict& verdict) {
  REQUIRE(verdict.checklist.size() == 1);
  return verdict.checklist.front();
}

ChecklistEntry with(std::initializer_list<ItemVerdict> verdicts) {
  ChecklistEntry entry;
  std::size_t i = 0;
  for (const ItemVerdict verdict : verdicts) entry.items[i++].verdict = verdict;
  return entry;
}

constexpr std::string_view kGood =
    "services:\n"
    "  web:\n"
    "    image: nginx:1.28-alpine\n"
    "    user: \"101\"\n"
    "    read_only: true\n"
    "    mem_limit: 256m\n"
    "    cpus: 0.5\n"
    "    security_opt: [no-new-privileges:true]\n"
    "    healthcheck:\n"
    "      test: [\"CMD\", \"curl\", \"-f\", \"http://127.0.0.1/\"]\n";

}  // namespace

TEST_CASE("checklist: the weights come to 100") {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < engine::kChecklistItems; ++i)
    sum += engine::weight_of(static_cast<ChecklistItem>(i));
  CHECK(sum == 100);
}

TEST_CASE("checklist: grades by hand") {
  using enum ItemVerdict;
  // Order: user 20, secrets 20, base 10, scan 5, health 10, limits 10, read-only 10, nnp 10,
  // ignore 5.
  CHECK(engine::grade_of(with({pass, pass, pass, pass, pass, pass, pass, pass, pass})).text() ==
        "A");
  // 95 of 95, one is unknown.
  CHECK(engine::grade_of(with({pass, pass, pass, unknown, pass, pass, pass, pass, pass})).text() ==
        "A?");
  // 80 of 100.
  CHECK(engine::grade_of(with({fail, pass, pass, pass, pass, pass, pass, pass, pass})).text() ==
        "B");
  // 60 of 100.
  CHECK(engine::grade_of(with({fail, fail, pass, pass, pass, pass, pass, pass, pass})).text() ==
        "C");
  // A Dockerfile: 20 of 65 (30.8 %) and 20 of 70 (28.6 %).
  CHECK(engine::grade_of(with({fail, pass, fail, unknown, fail, not_applicable, not_applicable,
                               not_applicable, fail}))
            .text() == "E?");
  CHECK(engine::grade_of(with({fail, pass, fail, fail, fail, not_applicable, not_applicable,
                               not_applicable, fail}))
            .text() == "F");
  CHECK(engine::grade_of(
            with({unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown}))
            .text() == "?");
}

TEST_CASE("checklist: a service that does it right, and a CI that scans") {
  const engine::Verdict verdict = judge({{"compose.yaml", std::string(kGood)},
                                         {".github/workflows/ci.yml",
                                          "jobs:\n  scan:\n    steps:\n      # grype some day\n"
                                          "      - uses: aquasecurity/trivy-action@0.30.0\n"}});
  const ChecklistEntry& entry = only_entry(verdict);
  CHECK(entry.subject.name == "web");
  for (const char* item :
       {"non-root-user", "no-secrets", "minimal-base", "health-check", "resource-limits",
        "read-only-filesystem", "no-new-privileges", "vulnerability-scan"}) {
    CAPTURE(item);
    CHECK(verdict_of(entry, item) == "pass");
  }
  CHECK(verdict_of(entry, "dockerignore") == "not-applicable");
  CHECK(engine::grade_of(entry).text() == "A");
  const text::Place scan = entry.of(ChecklistItem::vulnerability_scan).evidence.front();
  CHECK(verdict.source(scan.source).position(scan.span.begin).line == 5);
}

TEST_CASE("checklist: a bare service, of which the image is known") {
  const engine::Verdict verdict =
      judge({{"compose.yaml", "services:\n  web:\n    image: nginx:1.28\n"}});
  const ChecklistEntry& entry = only_entry(verdict);
  for (const char* item : {"non-root-user", "minimal-base", "health-check", "resource-limits",
                           "read-only-filesystem", "no-new-privileges"}) {
    CAPTURE(item);
    CHECK(verdict_of(entry, item) == "fail");
  }
  CHECK(verdict_of(entry, "no-secrets") == "pass");
  CHECK(verdict_of(entry, "vulnerability-scan") == "unknown");
  // 20 of 90: 22 %.
  CHECK(engine::grade_of(entry).text() == "F?");
}

TEST_CASE("checklist: what is not known is unknown") {
  const engine::Verdict verdict =
      judge({{"compose.yaml",
              "services:\n  web:\n    image: registry.example.com/web:1\n    read_only: ${RO}\n"}});
  const ChecklistEntry& entry = only_entry(verdict);
  CHECK(verdict_of(entry, "non-root-user") == "unknown");
  CHECK(verdict_of(entry, "minimal-base") == "unknown");
  CHECK(verdict_of(entry, "health-check") == "unknown");
}

TEST_CASE("checklist: a Dockerfile that no service builds") {
  const engine::Verdict verdict =
      judge({{"Dockerfile",
              "FROM node:22-alpine\nENV API_TOKEN=ghp_0123456789abcdefghijABCDEFGHIJ012345\n"
              "COPY . /app\nUSER node\n"},
             {"index.js", "1\n"}});
  const ChecklistEntry& entry = only_entry(verdict);
  CHECK(entry.subject.kind == engine::SubjectKind::stage);
  CHECK(verdict_of(entry, "non-root-user") == "pass");
  CHECK(verdict_of(entry, "no-secrets") == "fail");
  CHECK(verdict_of(entry, "minimal-base") == "pass");
  CHECK(verdict_of(entry, "health-check") == "fail");
  CHECK(verdict_of(entry, "dockerignore") == "fail");
  for (const char* item : {"resource-limits", "read-only-filesystem", "no-new-privileges"})
    CHECK(verdict_of(entry, item) == "not-applicable");
}

TEST_CASE("checklist: a service that builds is what it builds, once") {
  const Paths files = {
      {"compose.yaml", "services:\n  api:\n    build: ./api\n    user: \"1000\"\n"},
      {"api/Dockerfile",
       "FROM python:3.13-slim\nCOPY . /app\nHEALTHCHECK CMD [\"python\", \"/app/health.py\"]\n"},
      {"api/.dockerignore", ".env\n"},
      {"api/app.py", "1\n"}};
  const engine::Verdict verdict = judge(files);
  const ChecklistEntry& entry = only_entry(verdict);
  CHECK(entry.subject.kind == engine::SubjectKind::service);
  CHECK(verdict_of(entry, "non-root-user") == "pass");
  CHECK(verdict_of(entry, "minimal-base") == "pass");
  CHECK(verdict_of(entry, "health-check") == "pass");
  CHECK(verdict_of(entry, "dockerignore") == "pass");
}

TEST_CASE("checklist: an accepted secret is none") {
  const engine::Verdict verdict =
      judge({{"Dockerfile",
              "FROM alpine:3.22\n# plimsoll: ignore=secret-in-env reason=a test's own\n"
              "ENV API_TOKEN=ghp_0123456789abcdefghijABCDEFGHIJ012345\n"}});
  CHECK(verdict_of(only_entry(verdict), "no-secrets") == "pass");
}

TEST_CASE("checklist: the page's health check calls a program that its image lacks") {
  const engine::Verdict verdict =
      judge({{"compose.yaml",
              "services:\n  app:\n    image: node:20-alpine\n    healthcheck:\n"
              "      test: [\"CMD\", \"curl\", \"-f\", \"http://localhost:3000/health\"]\n"}});
  CHECK(verdict_of(only_entry(verdict), "health-check") == "fail");
}

TEST_CASE("checklist: run lines have one each, jobs no health check") {
  const engine::Verdict verdict =
      judge({{"run.sh", "docker run --read-only nginx:1.28\ndocker run redis:8\n"},
             {"compose.yaml",
              "services:\n  web:\n    image: nginx:1.28\njobs:\n  tidy:\n    image: alpine:3.22\n"
              "    triggers:\n      - schedule: \"@daily\"\n"}});
  std::size_t lines = 0;
  for (const ChecklistEntry& entry : verdict.checklist) {
    lines += entry.subject.kind == engine::SubjectKind::run ? 1 : 0;
    if (entry.subject.kind == engine::SubjectKind::job)
      CHECK(verdict_of(entry, "health-check") == "not-applicable");
  }
  CHECK(lines == 2);
}

TEST_CASE("checklist: a scanner is found in CI files alone, and not in comments") {
  CHECK(engine::find_scan(".github/workflows/a.yml", "- run: trivy image app\n").has_value());
  CHECK(engine::find_scan("sub/.gitlab-ci.yml", "  - grype app:1\n").has_value());
  CHECK(!engine::find_scan(".github/workflows/a.yml", "  # - run: trivy image app\n").has_value());
  CHECK(!engine::find_scan("scripts/scan.sh", "trivy image app\n").has_value());
  CHECK(!engine::find_scan(".gitlab-ci.yml", "").has_value());
}

}  // namespace checklist_test
