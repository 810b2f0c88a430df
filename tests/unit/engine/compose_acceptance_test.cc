// What tools that read Compose files alone accept: comments of dclint, files of both.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/concat.h"
#include "base/fs.h"
#include "engine/check.h"
#include "engine/foreign/foreign.h"
#include "engine/selection.h"

namespace compose_acceptance_test {

using namespace plimsoll;
using namespace plimsoll::engine;

namespace {

using Texts = std::map<std::string, std::string>;
using Lines = std::vector<unsigned>;

foreign::Foreign settings_of(const Texts& files) {
  const MemoryFs fs(files);
  Snapshot snapshot(fs);
  return foreign::read_all(fs, snapshot, {.working_directory = "/w", .project = "/p"});
}

// Lines of the rule's findings that nothing accepts.
Lines lines(Texts files, std::string_view rule, const foreign::Foreign& accepted = {}) {
  const MemoryFs fs(std::move(files));
  const Verdict verdict = check({.paths = {"."},
                                 .discovery = {.working_directory = "/p"},
                                 .acceptances = accepted.acceptances,
                                 .today = 20261124},
                                *select_rules({.preset = rules::Preset::all}), fs);
  Lines found;
  for (const Judged& j : verdict.findings)
    if (j.rule->name == rule && !j.suppressed)
      found.push_back(
          verdict.source(j.finding.where.source).position(j.finding.where.span.begin).line);
  return found;
}

Lines untagged(const std::string& compose) {
  return lines({{"compose.yaml", compose}}, "untagged-image");
}
Lines unbound(const std::string& compose) {
  return lines({{"compose.yaml", compose}}, "port-on-all-interfaces");
}

constexpr std::string_view kTag = "service-image-require-explicit-tag";

}  // namespace

TEST_CASE("dclint: the first line speaks of the file") {
  const std::string two = "services:\n  a:\n    image: x\n  b:\n    image: y\n";
  CHECK(untagged("\n---\n" + two) == Lines{5, 7});
  for (const std::string& comment :
       std::initializer_list<std::string>{"# dclint disable", "# dclint disable-file",
                                          "#dclint  disable other " + std::string(kTag),
                                          "# dclint disable " + std::string(kTag) + "\r",
                                          "# dclint disable-line " + std::string(kTag)}) {
    CAPTURE(comment);
    CHECK(untagged("\n---\n" + comment + "\n" + two).empty());
  }
  CHECK(untagged("services:  # dclint disable\n  a:\n    image: x\n").empty());
  // Its names are parted by blanks and are no others'; later lines are too late.
  CHECK(untagged("# dclint disable " + std::string(kTag) + ",other\n" + two) == Lines{4, 6});
  CHECK(untagged("# dclint disable untagged-image\n" + two) == Lines{4, 6});
  CHECK(untagged("# words\n# dclint disable\n" + two) == Lines{5, 7});
  CHECK(untagged("# dclint: disable\n" + two) == Lines{4, 6});
  CHECK(untagged("#dclint disable-file\n" + two) == Lines{4, 6});
}

TEST_CASE("dclint: disable-line speaks of its line, or of the next one") {
  CHECK(untagged("services:\n  a:\n    image: x  # dclint disable-line\n  b:\n    image: y\n") ==
        Lines{5});
  CHECK(untagged("services:\n  a:\n    # dclint disable-line " + std::string(kTag) +
                 "\n    image: x\n  b:\n    image: y\n") == Lines{6});
  CHECK(untagged("services:\n  a:\n    # dclint disable-line\n    # words\n    image: x\n") ==
        Lines{5});
  CHECK(untagged("services:\n  a:  # dclint disable-line\n    image: x\n") == Lines{3});
  CHECK(untagged("services:\n  a:\n    image: x  # dclint disable-line no-version-field\n") ==
        Lines{3});
  CHECK(untagged("services:\n  a:\n    image: x\n# dclint disable-line") == Lines{3});
}

TEST_CASE("dclint: at a list's key it speaks of the items") {
  CHECK(unbound("services:\n  a:\n    image: x\n    ports:  # dclint disable-line\n"
                "      - 80:80\n\n      - target: 81\n        published: 81\n"
                "  b:\n    image: x\n    ports:\n    - 82:82\n") == Lines{12});
  CHECK(unbound(
            "services:\n  a:\n    image: x\n    # dclint disable-line no-unbound-port-interfaces\n"
            "    ports:\n    - 80:80\n    expose: [81]\n")
            .empty());
  CHECK(unbound("services:\n  a:\n    image: x\n    ports:\n"
                "      - 80:80 # dclint disable-line\n      - 81:81\n") == Lines{6});
}

TEST_CASE("dclint: what it would not report it accepts not") {
  const std::string privileged = "services:\n  a:\n    image: x:1\n    privileged: true\n";
  CHECK(lines({{"compose.yaml", "# dclint disable\n" + privileged}}, "privileged-container") ==
        Lines{5});
}

TEST_CASE("dclint's settings, in each of their places") {
  const Texts compose = {{"compose.yaml", "services:\n  a:\n    image: x\n"}};
  const std::string json = R"({"rules": {"service-image-require-explicit-tag": 0}})";
  for (const char* const place : {".dclintrc", ".dclintrc.json", ".dclintrc.yaml", ".dclintrc.yml",
                                  ".config/dclintrc", ".config/dclintrc.yaml"}) {
    CAPTURE(place);
    const auto f = settings_of({{concat({"/p/", place}), json}});
    CHECK(f.complaints.empty());
    CHECK(lines(compose, "untagged-image", f).empty());
  }
  CHECK(lines(compose, "untagged-image",
              settings_of({{"/p/package.json", R"({"dclint": )" + json + "}"}}))
            .empty());
  const auto options = settings_of({{"/p/.dclintrc",
                                     "rules:\n  service-image-require-explicit-tag:\n    - 0\n"
                                     "    - prohibitedTags: [latest]\n  no-version-field: 2\n"
                                     "  no-build-and-image: off\n"}});
  CHECK(lines(compose, "untagged-image", options).empty());
  CHECK(options.severity.empty());
  REQUIRE(options.complaints.size() == 1);
  CHECK(options.complaints[0].find(".dclintrc:6: ") != std::string::npos);
  // A package.json that says nothing of it, or can't be read, leaves the place to others.
  for (const std::string package : {"{\"name\": \"dclint\"}", "{\"dclint\"", "{}"}) {
    const auto f = settings_of({{"/p/package.json", package}, {"/p/.dclintrc", json}});
    CHECK(f.complaints.empty());
    CHECK(lines(compose, "untagged-image", f).empty());
  }
}

TEST_CASE(".compose-lint.yml: rules that are off, for all services or for some") {
  const Texts compose = {{"compose.yaml",
                          "services:\n  a:\n    image: x:1\n    privileged: true\n"
                          "  b:\n    image: x:1\n    privileged: true\n"}};
  const std::string_view rule = "privileged-container";
  REQUIRE(lines(compose, rule) == Lines{4, 7});
  const auto off =
      settings_of({{"/p/.compose-lint.yml",
                    "rules:\n  CL-0002:\n    enabled: false\n    reason: build host\n"}});
  CHECK(lines(compose, rule, off).empty());
  REQUIRE(off.acceptances.size() == 1);
  CHECK(off.acceptances[0].reason == "listed in /p/.compose-lint.yml: build host");
  const auto list =
      settings_of({{"/p/.compose-lint.yaml", "rules:\n  CL-0002: {exclude_services: [b, c]}\n"}});
  CHECK(lines(compose, rule, list) == Lines{4});
  const auto table =
      settings_of({{"/p/.compose-lint.yaml",
                    "rules:\n  CL-0002:\n    exclude_services:\n      a: needs it\n"}});
  CHECK(lines(compose, rule, table) == Lines{7});
  CHECK(table.acceptances[0].reason == "listed in /p/.compose-lint.yaml: needs it");
}

TEST_CASE(".compose-lint.yml: severities, and what is wrong") {
  const auto f = settings_of({{"/p/.compose-lint.yml",
                               "rules:\n  CL-0002: {severity: LOW}\n  CL-0003: {severity: loud}\n"
                               "  CL-0004: {enabled: 'false'}\n  CL-0005:\n"}});
  REQUIRE(f.severity.size() == 1);
  CHECK(f.severity[0] == std::pair<std::string, rules::Severity>("CL-0002", rules::Severity::low));
  CHECK(f.complaints.size() == 2);
  CHECK(f.acceptances.empty());
  CHECK(settings_of({{"/p/.compose-lint.yml", "rules: [CL-0002]\n"}}).complaints.size() == 1);
}

TEST_CASE(".compose-lint.yml speaks of Compose files alone") {
  const auto f = settings_of({{"/p/.compose-lint.yml", "rules: {CL-0002: {enabled: false}}\n"}});
  CHECK(lines({{"run.sh", "#!/bin/sh\ndocker run --privileged x:1\n"}}, "privileged-container",
              f) == Lines{2});
}

}  // namespace compose_acceptance_test
