// Suppression comments: each dialect holds where its tool lets it, and not elsewhere.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/fs.h"
#include "engine/check.h"
#include "engine/pragmas/pragma.h"
#include "engine/selection.h"

namespace pragmas_test {

using namespace plimsoll;
using namespace plimsoll::engine;

namespace {

Verdict judged(const std::string& dockerfile, std::vector<std::string> select = {},
               std::uint32_t today = 20261124) {
  const MemoryFs fs({{"Dockerfile", dockerfile}});
  const auto selection = select_rules({.preset = rules::Preset::all, .select = std::move(select)});
  REQUIRE(selection.has_value());
  return check({.paths = {"Dockerfile"}, .today = today}, *selection, fs);
}

// Lines of the rule's findings that nothing accepts.
std::vector<unsigned> lines(const std::string& dockerfile, std::string_view rule,
                            std::uint32_t today = 20261124) {
  std::vector<unsigned> found;
  const Verdict verdict = judged(dockerfile, {}, today);
  for (const Judged& j : verdict.findings)
    if (j.rule->name == rule && !j.suppressed)
      found.push_back(verdict.source(0).position(j.finding.where.span.begin).line);
  return found;
}

bool accepted(const std::string& dockerfile, std::string_view rule) {
  return lines(dockerfile, rule).empty();
}

std::vector<std::string> told(const std::string& dockerfile, std::string_view rule,
                              std::vector<std::string> select = {},
                              std::uint32_t today = 20261124) {
  std::vector<std::string> messages;
  for (const Judged& j : judged(dockerfile, std::move(select), today).findings)
    if (j.rule->name == rule && !j.suppressed) messages.push_back(j.finding.message);
  return messages;
}

using Lines = std::vector<unsigned>;
constexpr std::string_view kUntagged = "untagged-image", kSudo = "sudo-in-run";

}  // namespace

TEST_CASE("plimsoll: a comment above, with words and empty comments in between") {
  CHECK(accepted("# plimsoll: ignore=untagged-image\n#\n# words\nFROM debian\n", kUntagged));
  CHECK(accepted("#plimsoll:ignore = DL3006 , sudo-in-run\nFROM debian\n", kUntagged));
  CHECK(accepted("# syntax=docker/dockerfile:1\n# plimsoll: ignore=DL3006\nFROM debian\n",
                 kUntagged));
  CHECK(accepted("# plimsoll: ignore=AVD-DS-0001\nFROM debian\n", kUntagged));
  CHECK(accepted("# plimsoll: ignore=reproducibility\nFROM debian\n", kUntagged));
  CHECK_FALSE(accepted("# plimsoll: ignore=untagged-image\n\nFROM debian\n", kUntagged));
  CHECK_FALSE(accepted("FROM debian\n# plimsoll: ignore=untagged-image\nUSER 1\n", kUntagged));
}

TEST_CASE("plimsoll: inside a continued instruction it speaks of the next line alone") {
  CHECK(lines("FROM a:1\nRUN true \\\n # plimsoll: ignore=sudo-in-run\n && sudo b \\\n && sudo c\n",
              kSudo) == Lines{5});
  CHECK(lines("FROM a:1\nRUN true \\\n # plimsoll: ignore=sudo-in-run\n # why\n && sudo b\n",
              kSudo) == Lines{});
  CHECK(lines("FROM a:1\nRUN <<E\n# plimsoll: ignore=sudo-in-run\nsudo b\nsudo c\nE\n", kSudo) ==
        Lines{5});
}

TEST_CASE("plimsoll: ignore-stage and ignore-file") {
  const std::string two = "FROM a:1\nRUN sudo b\nFROM c:1\nRUN sudo d\n";
  CHECK(lines(two, kSudo) == Lines{2, 4});
  CHECK(lines("# plimsoll: ignore-stage=sudo-in-run\n" + two, kSudo) == Lines{5});
  CHECK(lines("FROM a:1\n# plimsoll: ignore-stage=sudo-in-run\nRUN sudo b\nFROM c:1\nRUN sudo d\n",
              kSudo) == Lines{5});
  CHECK(lines("FROM a:1\nRUN sudo b\n# plimsoll: ignore-stage=sudo-in-run\nFROM c:1\nRUN sudo d\n",
              kSudo) == Lines{2});
  CHECK(lines(two + "# plimsoll: ignore-stage=sudo-in-run\n", kSudo) == Lines{2});
  CHECK(lines(two + "# plimsoll: ignore-file=sudo-in-run\n", kSudo) == Lines{});
}

TEST_CASE("plimsoll: a date counts wherever it stands, and a broken one accepts nothing") {
  CHECK(
      accepted("# plimsoll: ignore=DL3006 reason=why until=2026-11-24\nFROM debian\n", kUntagged));
  CHECK_FALSE(
      accepted("# plimsoll: ignore=DL3006 reason=why until=2026-11-23\nFROM debian\n", kUntagged));
  CHECK_FALSE(accepted("# plimsoll: ignore=DL3006 until=2026-13-01\nFROM debian\n", kUntagged));
}

TEST_CASE("what is missing is said at the last FROM, and accepted above it") {
  const std::string two = "FROM a:1 AS b\nRUN x\n";
  for (const auto& [rule, id] :
       {std::pair("unstated-user", "DS-0002"), std::pair("missing-health-check", "DS-0026")}) {
    CAPTURE(rule);
    CHECK(lines(two + "FROM node:22\n", rule) == Lines{3});
    CHECK(accepted(two + "# plimsoll: ignore=" + rule + "\nFROM node:22\n", rule));
    CHECK(accepted(two + "# trivy:ignore:" + id + "\nFROM node:22\n", rule));
  }
}

TEST_CASE("hadolint: stage and global, and its traps") {
  const std::string two = "FROM a:1\nRUN sudo b\nFROM c:1\nRUN sudo d\n";
  CHECK(lines("# hadolint stage ignore=DL3004\n" + two, kSudo) == Lines{5});
  CHECK(lines("FROM a:1\n# hadolint stage ignore=DL3004\nRUN sudo b\n", kSudo) == Lines{3});
  CHECK(lines("# hadolint global ignore=DL3004\n" + two, kSudo) == Lines{});
  CHECK(lines("# hadolint ignore=DL3004\n" + two, kSudo) == Lines{3, 5});
  CHECK_FALSE(accepted("# Hadolint ignore=DL3006\nFROM debian\n", kUntagged));
  CHECK_FALSE(accepted("# hadolint ignore=untagged-image\nFROM debian\n", kUntagged));
  CHECK_FALSE(
      accepted("# hadolint ignore=DL3006\n# hadolint ignore=DL3000\nFROM debian\n", kUntagged));
  CHECK_FALSE(accepted("FROM debian # hadolint ignore=DL3006\n", kUntagged));
  CHECK(lines("FROM a:1\nRUN true \\\n # hadolint ignore=DL3004\n && sudo b\n", kSudo) == Lines{4});
}

TEST_CASE("BuildKit: a directive speaks of the file, a comment of the instruction below") {
  const std::string_view rule = "relative-workdir";
  const std::string file = "FROM a:1\nWORKDIR b\n";
  CHECK_FALSE(accepted(file, rule));
  CHECK(accepted("# check=skip=WorkdirRelativePath\n" + file, rule));
  CHECK(accepted("# check=skip=JSONArgsRecommended,WorkdirRelativePath;error=true // why\n" + file,
                 rule));
  CHECK(accepted("# check=skip=all\n" + file, rule));
  CHECK_FALSE(accepted("# check=skip=all;experimental=WorkdirRelativePath\n" + file, rule));
  CHECK_FALSE(accepted("# check=skip=DL3000\n" + file, rule));
  CHECK_FALSE(accepted("# check=skip=WorkdirRelativePath;nonsense=1\n" + file, rule));
  // Not of rules that BuildKit has not.
  CHECK_FALSE(accepted("# check=skip=all\nFROM debian\n", kUntagged));
  CHECK(lines("FROM a:1\n# check=skip=WorkdirRelativePath\nWORKDIR b\nWORKDIR c\n", rule) ==
        Lines{4});
  CHECK(
      lines("FROM a:1\n# check=skip=StageNameCasing\n# check=skip=WorkdirRelativePath\nWORKDIR b\n",
            rule) == Lines{4});
  CHECK(lines("FROM a:1\n# check=skip=WorkdirRelativePath\n#\n# words\nWORKDIR b\n", rule) ==
        Lines{5});
}

TEST_CASE("BuildKit: its build argument stands in the place of the file's directive") {
  const auto told_with = [](const std::string& file, const std::string& checks) {
    const MemoryFs fs({{"Dockerfile", file}});
    const auto selection = select_rules({.preset = rules::Preset::all});
    REQUIRE(selection.has_value());
    const Verdict verdict = check({.paths = {"Dockerfile"},
                                   .build_arguments = {{"BUILDKIT_DOCKERFILE_CHECK", checks}},
                                   .today = 20261124},
                                  *selection, fs);
    return std::ranges::any_of(verdict.findings, [](const Judged& j) {
      return j.rule->name == "relative-workdir" && !j.suppressed;
    });
  };
  const std::string file = "FROM a:1\nWORKDIR b\n";
  CHECK_FALSE(told_with(file, "skip=WorkdirRelativePath"));
  CHECK_FALSE(told_with(file, "skip=all;error=true"));
  CHECK(told_with(file, "skip=JSONArgsRecommended"));
  CHECK(told_with(file, "nonsense"));
  CHECK(told_with("# check=skip=all\n" + file, "error=true"));
  CHECK_FALSE(told_with("FROM a:1\n# check=skip=WorkdirRelativePath\nWORKDIR b\n", "error=true"));
}

TEST_CASE("trivy: ids in all spellings, several, globs and days") {
  for (const std::string id :
       {"DS-0001", "AVD-DS-0001", "DS001", "use-specific-tags", "DS-*", "*", "AVD-DS-*",
        "DS-0002,DS-0001", "DS-0002 trivy:ignore:DS-0001", "DS-0001:exp:2026-11-25"}) {
    CAPTURE(id);
    CHECK(accepted("# trivy:ignore:" + id + "\nFROM debian\n", kUntagged));
  }
  for (const std::string id :
       {"DS-0002", "DL3006", "untagged-image", "DS-0001:exp:2026-11-24", "DS-0001:exp:soon"}) {
    CAPTURE(id);
    CHECK_FALSE(accepted("# trivy:ignore:" + id + "\nFROM debian\n", kUntagged));
  }
  CHECK(accepted("# trivy:ignore:DS001\n# trivy:ignore:DS002\nFROM debian\n", kUntagged));
  CHECK_FALSE(accepted("# trivy:ignore:DS001\n# words\nFROM debian\n", kUntagged));
  CHECK_FALSE(accepted("# trivy:ignore:DS001\n\nFROM debian\n", kUntagged));
  CHECK_FALSE(accepted("FROM debian\n# trivy:ignore:DS001\n", kUntagged));
}

TEST_CASE("checkov: any comment speaks of the whole file") {
  for (const std::string comment :
       {"checkov:skip=CKV_DOCKER_7:a mirror", "checkov:skip=CKV_DOCKER_7",
        "bridgecrew:skip=CKV_DOCKER_7", "cortex:skip=CKV_DOCKER_1,CKV_DOCKER_7: both"}) {
    CAPTURE(comment);
    CHECK(accepted("#" + comment + "\nFROM debian\n", kUntagged));
    CHECK(accepted("FROM debian\nUSER 1\n# " + comment, kUntagged));
    CHECK(accepted("FROM debian\nRUN a \\\n  # " + comment + "\n  b\n", kUntagged));
  }
  CHECK_FALSE(accepted("# checkov:skip=CKV_DOCKER_1\nFROM debian\n", kUntagged));
  CHECK_FALSE(accepted("# checkov:skip=DL3006\nFROM debian\n", kUntagged));
  CHECK_FALSE(accepted("# checkov skip=CKV_DOCKER_7\nFROM debian\n", kUntagged));
}

TEST_CASE("KICS: the file, queries, a line, a block") {
  const std::string id = "9efb0b2d-89c9-41a3-91ca-dcc0aec911fd";
  CHECK(accepted("# kics-scan ignore\nFROM debian\n", kUntagged));
  CHECK(accepted("# kics-scan disable=" + id + "\nFROM debian\n", kUntagged));
  CHECK(accepted("# KICS-SCAN IGNORE\nFROM debian\n", kUntagged));
  CHECK_FALSE(accepted("# kics-scan enable=" + id + "\nFROM debian\n", kUntagged));
  CHECK(accepted("# kics-scan enable=00000000-79aa-42d8-95b8-1c2fe37dbfe6\nFROM debian\n",
                 kUntagged));
  CHECK(accepted("# kics-scan ignore-line\nFROM debian\n", kUntagged));
  CHECK_FALSE(accepted("FROM debian\n# kics-scan ignore\nUSER 1\n", kUntagged));
  CHECK_FALSE(accepted("# kics-scan ignore-lines\nFROM debian\n", kUntagged));
  const std::string two = "FROM a:1\nRUN sudo b\nFROM c:1\nRUN sudo d\n";
  CHECK(lines("# kics-scan ignore-block\n" + two, kSudo) == Lines{5});
  CHECK(lines("# kics-scan ignore-line\n" + two, kSudo) == Lines{3, 5});
  CHECK(lines("FROM a:1\n# kics-scan ignore-block\nRUN sudo b\nRUN sudo c\n", kSudo) == Lines{4});
  // Not of what KICS has no query for.
  CHECK_FALSE(
      accepted("# kics-scan ignore\nFROM a:1\nRUN cat x | grep y\nHEALTHCHECK NONE\n"
               "# plimsoll: ignore=nothing-at-all\n",
               "unused-suppression"));
}

TEST_CASE("semgrep: the line or the line above, with or without ids") {
  const std::string_view id = "no-sudo-in-dockerfile";
  CHECK(lines("FROM a:1\nRUN sudo b # nosemgrep\nRUN sudo c\n", kSudo) == Lines{3});
  CHECK(lines("FROM a:1\n# nosemgrep\nRUN sudo c\nRUN sudo d\n", kSudo) == Lines{4});
  CHECK(lines("FROM a:1\n# nosem: " + std::string(id) + "\nRUN sudo c\n", kSudo) == Lines{});
  CHECK(lines("FROM a:1\n# nosemgrep: a.b.c, dockerfile.security.no-sudo-in-dockerfile."
              "no-sudo-in-dockerfile\nRUN sudo c\n",
              kSudo) == Lines{});
  CHECK(lines("FROM a:1\n# nosemgrep: missing-user\nRUN sudo c\n", kSudo) == Lines{3});
  CHECK(lines("FROM a:1\n# nosemgrep\n\nRUN sudo c\n", kSudo) == Lines{4});
  CHECK(lines("FROM a:1\nRUN echo nosemgrep && sudo c\n", kSudo) == Lines{2});
  CHECK(lines("FROM a:1\nRUN b # nosemgrep\nRUN sudo c\n", kSudo) == Lines{3});
}

TEST_CASE("tally: with or without namespace, for an instruction or the file") {
  for (const std::string names : {"hadolint/DL3006", "DL3006", "all", "a,DL3006;reason=a mirror"}) {
    CAPTURE(names);
    CHECK(accepted("# tally ignore=" + names + "\nFROM debian\n", kUntagged));
    CHECK(accepted("FROM debian\nUSER 1\n# tally global ignore=" + names + "\n", kUntagged));
  }
  CHECK(accepted("# tally ignore=WorkdirRelativePath\nFROM a\n", "relative-workdir"));
  CHECK_FALSE(accepted("# tally ignore=buildkit/DL3006\nFROM debian\n", kUntagged));
  CHECK_FALSE(accepted("# tally ignore=untagged-image\nFROM debian\n", kUntagged));
  CHECK_FALSE(accepted("# tally ignore=DL3006\n\nFROM debian\n", kUntagged));
}

TEST_CASE("dockerfile-utils: what it judges, of the instruction below") {
  const std::string_view rule = "deprecated-maintainer";
  CHECK(accepted("FROM a:1\n# dockerfile-utils: ignore\nMAINTAINER me\n", rule));
  CHECK_FALSE(accepted("FROM a:1\n# dockerfile-utils: ignore\n\nMAINTAINER me\n", rule));
  CHECK_FALSE(accepted("# dockerfile-utils: ignore\nFROM debian\n", kUntagged));
  // The names in its file are rules.
  std::vector<pragmas::Pragma> out;
  pragmas::read_dockerfile_utils({.text = "dockerfile-utils: ignore",
                                  .line = 1,
                                  .stands = pragmas::Comment::Stands::above,
                                  .instruction = {2, 2}},
                                 out);
  REQUIRE(out.size() == 1);
  for (const std::string_view name : out[0].names) {
    CAPTURE(name);
    CHECK(is_known_name(name));
  }
}

TEST_CASE("an id means what its tool means by it") {
  CHECK_FALSE(accepted("# trivy:ignore:CKV_DOCKER_7\nFROM debian\n", kUntagged));
  CHECK_FALSE(accepted("# checkov:skip=DS-0001\nFROM debian\n", kUntagged));
  CHECK_FALSE(accepted("# check=skip=DL3006\nFROM debian\n", kUntagged));
}

TEST_CASE("our own comment that accepts nothing is told, with what is wrong with it") {
  const std::string_view rule = "unused-suppression";
  using Messages = std::vector<std::string>;
  CHECK(told("# plimsoll: ignore=untagged-image\nFROM debian\n", rule).empty());
  CHECK(told("# plimsoll: ignore=untagged-image,DL3004\nFROM debian\n", rule) ==
        Messages{"accepts nothing: no finding of DL3004 is here"});
  CHECK(told("# plimsoll: ignore=untaged-image\nFROM debian\n", rule) ==
        Messages{"there is no rule untaged-image; did you mean untagged-image?"});
  CHECK(told("# plimsoll: ignor=untagged-image\nFROM debian\n", rule).size() == 1);
  CHECK(told("FROM debian:1\n# plimsoll: ignore=untagged-image\n", rule).size() == 1);
  // Of what was not asked, what Plimsoll has not, and what hadolint has retired: nothing.
  CHECK(told("# plimsoll: ignore=untagged-image\nFROM debian:1\n", rule, {"unused-suppression"})
            .empty());
  CHECK(told("# plimsoll: ignore=DL3999,CKV_DOCKER_99\nFROM debian:1\n", rule).empty());
  CHECK(told("# plimsoll: ignore=DL3005\nFROM debian:1\n", rule).empty());
  CHECK(told("# plimsoll: ignore=SC2086\nFROM debian:1\n", rule).empty());
  CHECK(told("# plimsoll: ignore=missing-dockerignore\nFROM debian:1\n", rule).empty());
  // Another --target would ship the first stage, and then the comment has something to accept.
  CHECK(told("FROM a:1\n# plimsoll: ignore=root-user\nUSER 5\nFROM b:1\n", rule).empty());
  CHECK(told("FROM a:1\nFROM b:1\n# plimsoll: ignore=root-user\nUSER 5\n", rule).size() == 1);
  CHECK(told("FROM a:1\nFROM b:1\nUSER 5\n# plimsoll: ignore-file=root-user", rule).empty());
  // A script that could not be read may hold what the comment is for.
  CHECK(told("FROM a:1\n# plimsoll: ignore=sudo-in-run\nRUN if then\n", rule).empty());
  CHECK(told("FROM a:1\n# plimsoll: ignore=sudo-in-run\nRUN true\n", rule).size() == 1);
  // It can be accepted like any other finding.
  CHECK(
      told("# plimsoll: ignore=untagged-image,unused-suppression\nFROM debian:1\n", rule).empty());
  CHECK(told("# plimsoll: ignore=DL3006\nFROM debian:1\n# plimsoll: ignore-file=unused-suppression",
             rule)
            .empty());
}

TEST_CASE("two comments that accept one finding are both used") {
  CHECK(told("# plimsoll: ignore=DL3006\nFROM debian\n# plimsoll: ignore-file=untagged-image\n",
             "unused-suppression")
            .empty());
}

TEST_CASE("comments of other tools that accept nothing are told to those who ask for it") {
  const std::string_view rule = "unused-foreign-suppression";
  CHECK(told("# hadolint ignore=DL3006\nFROM debian\n", rule).empty());
  CHECK(told("# hadolint ignore=DL3006\nFROM debian:1\n", rule).size() == 1);
  CHECK(told("# hadolint ignore=DL3005,DL3999\nFROM debian:1\n", rule).empty());
  CHECK(told("# check=skip=all\nFROM debian:1\n", rule).empty());
  CHECK(told("# hadolint ignore=DL3006\n\nFROM debian\n", rule).empty());  // not a pragma at all
  CHECK(told("# hadolint ignore=DL3006\nFROM debian:1\n", "unused-suppression").empty());
}

TEST_CASE("a day that has passed is told, once") {
  const std::string text = "# plimsoll: ignore=untagged-image until=2026-11-23\nFROM debian\n";
  CHECK(told(text, "expired-suppression") ==
        std::vector<std::string>{"has accepted untagged-image until 2026-11-23, which has passed"});
  CHECK(told(text, "unused-suppression").empty());
  CHECK(told(text, "expired-suppression", {}, 20261123).empty());
}

}  // namespace pragmas_test
