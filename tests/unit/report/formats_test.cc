// JSON, SARIF and concise say what the verdict says, and stay well-formed on any bytes.
#include <doctest/doctest.h>

#include <algorithm>

#include "base/utf8.h"
#include "report/sample.h"
#include "report/uri.h"

namespace formats_test {

using namespace plimsoll;
using namespace plimsoll::report;

static bool is_valid_utf8(std::string_view text) {
  while (!text.empty()) {
    const Utf8Character c = first_character(text);
    if (!c.valid) return false;
    text.remove_prefix(c.size_bytes);
  }
  return true;
}

TEST_CASE("formats are sorted by name and write valid UTF-8 on any bytes") {
  CHECK(std::ranges::is_sorted(formats(), {}, &Format::name));
  for (const Format& format : formats())
    CHECK(is_valid_utf8(report_as(format.name, rich_verdict(), {.show_suppressed = true})));
}

TEST_CASE("json: one finding a line, with everything that is known") {
  const std::string report = report_as("json", rich_verdict());
  CHECK(report.starts_with(
      "{\"schema\":\"plimsoll-report/1\",\"tool\":{\"name\":\"plimsoll\",\"version\":\""));
  CHECK(contains(
      report,
      "\n{\"rule\":\"unpinned-package\",\"severity\":\"medium\",\"category\":\"reproducibility\","
      "\"message\":\"curl and git are installed without a version\",\"help\":\"State the version "
      "of each "
      "package, as in `curl=7.88.1-10+deb12u5`, so that two builds of the same Dockerfile install "
      "the same "
      "bytes.\",\"file\":\"services/api/"
      "Dockerfile\",\"line\":3,\"column\":24,\"endLine\":3,\"endColumn\":32,"
      "\"instructionLine\":2,\"subject\":{\"kind\":\"stage\",\"name\":\"build\"},\"aliases\":{"
      "\"hadolint\":"
      "[\"DL3008\"],\"kics\":[\"965a08d7-ef86-4f14-8792-4a3b2098937e\"],\"trivy\":[\"DS-0029\"]},"
      "\"fix\":"
      "{\"safety\":\"unsafe\",\"title\":\"install `curl=7.88.1-10+deb12u5`\",\"edits\":[{\"file\":"
      "\"services/api/"
      "Dockerfile\",\"startLine\":3,\"startColumn\":24,\"endLine\":3,\"endColumn\":28,"
      "\"text\":\"curl=7.88.1-10+deb12u5\"}]}},\n"));
  CHECK(contains(report,
                 "\"related\":[{\"file\":\"services/api/Dockerfile\",\"line\":3,\"column\":24,"
                 "\"message\":\"curl comes from here\"}]"));
  CHECK(contains(
      report,
      "\"file\":\"b\xEF\xBF\xBD d/é.yml\",\"line\":2,\"column\":20,"));  // bytes, not characters
  CHECK(contains(
      report,
      "{\"file\":\"gone/Dockerfile\",\"message\":\"cannot be read: \\u001b[31m no such file\"},\n"
      "{\"file\":\"x\",\"line\":7,\"message\":\"NUL bytes\"}\n],\n"));
  CHECK(report.ends_with(
      "\n\"summary\":{\"files\":3,\"findings\":3,\"bySeverity\":{\"critical\":1,\"high\":0,"
      "\"medium\":1,\"low\":1,\"info\":0},\"fixable\":2,\"suppressed\":1}\n}\n"));
  CHECK_FALSE(contains(report, "\"suppressed\":{"));
}

TEST_CASE("json: aliases are grouped by tool, suppressed findings are told on demand") {
  const std::string report = report_as("json", rich_verdict(), {.show_suppressed = true});
  CHECK(contains(report, "\"aliases\":{\"hadolint\":[\"DL3008\",\"DL3018\"],\"kics\":["));
  CHECK(contains(report, "\"suppressed\":{\"by\":\"config\",\"reason\":\"as agreed\"}}"));
  CHECK(contains(report, "\"findings\":3,"));  // and are not counted
}

TEST_CASE("json: an empty verdict is complete") {
  const std::string report = report_as("json", engine::Verdict{}, {.command = "scan"});
  CHECK(contains(
      report,
      "\"command\":\"scan\",\n\"findings\":[\n],\n\"errors\":[\n],\n\"summary\":{\"files\":0,"));
}

TEST_CASE("concise: one line a finding, with the ids that are known by themselves") {
  CHECK(report_as("concise", rich_verdict()) ==
        "services/api/Dockerfile:3:24: medium unpinned-package: curl and git are installed without "
        "a version "
        "[DL3008, DS-0029]\n"
        "services/api/Dockerfile:5:5: critical pipe-to-shell: the output of curl is run by sh\n"
        "b\\xff d/é.yml:2:20: low pipe-to-shell: it is privileged\n"
        "gone/Dockerfile: error: cannot be read: \\x1b[31m no such file\n"
        "x:7: error: NUL bytes\n");
  CHECK(contains(report_as("concise", rich_verdict(), {.show_suppressed = true}),
                 "(suppressed by config: as agreed)\n"));
  CHECK(report_as("concise", engine::Verdict{}).empty());
}

TEST_CASE("sarif: levels, columns in UTF-16, URIs, fixes, notifications") {
  const std::string report = report_as("sarif", rich_verdict());
  CHECK(contains(report, "\"ruleId\":\"pipe-to-shell\",\"ruleIndex\":0,\"level\":\"error\""));
  CHECK(contains(
      report, "\"ruleId\":\"pipe-to-shell\",\"ruleIndex\":0,\"level\":\"note\""));  // lowered by
                                                                                    // configuration
  CHECK(contains(
      report,
      "\"uri\":\"b%FF%20d/%C3%A9.yml\",\"uriBaseId\":\"%SRCROOT%\"},\"region\":{\"startLine\":2,"
      "\"startColumn\":18,\"endLine\":2,\"endColumn\":34}"));
  CHECK(contains(report, "\"security-severity\":\"9.5\""));
  CHECK(contains(
      report,
      "\"deletedRegion\":{\"startLine\":3,\"startColumn\":24,\"endLine\":3,\"endColumn\":28},"
      "\"insertedContent\":{\"text\":\"curl=7.88.1-10+deb12u5\"}"));
  CHECK(contains(report, "\"executionSuccessful\":false"));
  CHECK_FALSE(contains(report, "\"suppressions\""));
  const std::string all = report_as("sarif", rich_verdict(), {.show_suppressed = true});
  CHECK(contains(all,
                 "\"suppressions\":[{\"kind\":\"external\",\"status\":\"accepted\","
                 "\"justification\":\"as agreed\"}]"));
  CHECK(contains(report_as("sarif", engine::Verdict{}), "\"executionSuccessful\":true"));
}

// The fingerprints of a report, in order.
static std::string fingerprints(const engine::Verdict& verdict) {
  const std::string report = report_as("sarif", verdict), key = "plimsollLine/v1\":\"";
  std::string result;
  for (std::size_t at = report.find(key); at != report.npos; at = report.find(key, at + 1)) {
    const std::size_t begin = at + key.size();
    result += report.substr(begin, report.find('"', begin) - begin) + " ";
  }
  return result;
}

TEST_CASE("sarif: a finding keeps its fingerprint when lines move; equal lines are numbered") {
  engine::Verdict before = verdict_on({{"f", "USER root\nUSER root\n"}});
  add(before, kPipe, {0, {0, 4}}, "a");
  add(before, kPipe, {0, {10, 14}}, "b");
  engine::Verdict after = verdict_on({{"f", "# new\n  USER root  \nUSER root\n"}});
  add(after, kPipe, {0, {8, 12}}, "a, said otherwise");
  add(after, kPipe, {0, {20, 24}}, "b");
  const std::string one = fingerprints(before);
  CHECK(one == fingerprints(after));
  CHECK(one.substr(0, 16) == one.substr(19, 16));
  CHECK(one.substr(16, 3) == ":1 ");
  CHECK(one.substr(35) == ":2 ");
}

TEST_CASE("paths become URIs") {
  CHECK(uri_of("./a b/c:d#?%") == "a%20b/c%3Ad%23%3F%25");
  CHECK(uri_of("/x/ä") == "file:///x/%C3%A4");
  CHECK(uri_of("../x~y_z-1.yml") == "../x~y_z-1.yml");
}

TEST_CASE("names of all enum values are told") {
  CHECK(name(rules::Severity::info) == "info");
  CHECK(name(rules::Severity::critical) == "critical");
  CHECK(name(rules::Category::syntax) == "syntax");
  CHECK(name(rules::Preset::all) == "all");
  CHECK(name(engine::SubjectKind::stage) == "stage");
  CHECK(name(engine::SubjectKind::profile) == "profile");
}

}  // namespace formats_test
