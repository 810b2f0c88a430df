// Comments that are written for findings accept them, and leave every instruction as it was.
#include "engine/add_ignore.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "../shared_data.h"
#include "base/fs.h"
#include "engine/check.h"

namespace add_ignore_test {

using namespace plimsoll;
using namespace plimsoll::engine;

namespace {

Verdict judged(const std::string& text) {
  const MemoryFs fs({{"Dockerfile", text}});
  return check({.paths = {"Dockerfile"}, .today = 20261124, .jobs = 1},
               *select_rules({.preset = rules::Preset::all}), fs);
}

std::vector<const Judged*> open_findings(const Verdict& verdict) {
  std::vector<const Judged*> open;
  for (const Judged& j : verdict.findings)
    if (!j.suppressed) open.push_back(&j);
  return open;
}

std::string changed(const std::string& text) {
  const Verdict verdict = judged(text);
  const auto added = add_ignores(verdict.source(0), open_findings(verdict), "why");
  if (!added) return added.error().message;
  return added->text;
}

}  // namespace

TEST_CASE("a comment for each instruction, above comments that must stay next to it") {
  CHECK(changed("ARG X\n# trivy:ignore:DS-0099\n# hadolint ignore=DL3099\nFROM scratch\n"
                "# words\nMAINTAINER a\nHEALTHCHECK NONE\n") ==
        "ARG X\n# trivy:ignore:DS-0099\n# hadolint ignore=DL3099\nFROM scratch\n"
        "# words\n# plimsoll: ignore=deprecated-maintainer reason=why\nMAINTAINER a\n"
        "HEALTHCHECK NONE\n");
  CHECK(changed("FROM scratch\n# words\n# hadolint ignore=DL3099\nMAINTAINER a") ==
        "# plimsoll: ignore=missing-health-check reason=why\nFROM scratch\n# words\n"
        "# plimsoll: ignore=deprecated-maintainer reason=why\n# hadolint ignore=DL3099\n"
        "MAINTAINER a");
  CHECK(changed("# syntax=docker/dockerfile:1\n# trivy:ignore:DS-0099\nFROM scratch\n") ==
        "# syntax=docker/dockerfile:1\n# plimsoll: ignore=missing-health-check reason=why\n"
        "# trivy:ignore:DS-0099\nFROM scratch\n");
}

TEST_CASE("real Dockerfiles keep their instructions, and have no findings left") {
  REQUIRE_SHARED_DATA(data)
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(data + "/lint/realworld")) {
    if (++files % 20 != 0) continue;  // some of them: each is judged twice
    const std::string text = test::read_file(entry.path().string());
    const Verdict verdict = judged(text);
    if (verdict.sources.empty() || !verdict.sources[0]) continue;
    CAPTURE(entry.path().string());
    const auto added = add_ignores(verdict.source(0), open_findings(verdict), "why");
    if (!added) FAIL(added.error().message);
    const Verdict after = judged(added->text);
    CHECK(open_findings(after).size() == added->left);
  }
  CHECK(files > 1000);
}

TEST_CASE("a reason is one line without a date") {
  CHECK(wrong_reason("our mirror").empty());
  for (const std::string_view reason : {"", "  ", "a\nb", "a until=2030-01-01"})
    CHECK_FALSE(wrong_reason(reason).empty());
}

}  // namespace add_ignore_test
