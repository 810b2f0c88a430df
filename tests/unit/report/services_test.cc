// The formats of services: elements and keys are hadolint's, any bytes give well-formed output.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "base/utf8.h"
#include "report/issue.h"
#include "report/sample.h"
#include "report/statistics.h"
#include "report/xml_writer.h"

namespace services_test {

using namespace plimsoll;
using namespace plimsoll::report;

using Names = std::set<std::string>;

// "element" and "element@attribute" for all tags. Values hold no "<", and no unescaped quote.
static Names xml_names(std::string_view xml) {
  Names names;
  for (std::size_t at = xml.find('<'); at != xml.npos; at = xml.find('<', at + 1)) {
    if (xml[at + 1] == '?' || xml[at + 1] == '/') continue;
    const std::string_view rest = xml.substr(at + 1);
    const std::string element(rest.substr(0, rest.find_first_of(" />")));
    names.insert(element);
    std::size_t space = element.size();
    while (space < rest.size() && rest[space] == ' ') {
      const std::size_t equals = rest.find('=', space);
      names.insert(element + "@" + std::string(rest.substr(space + 1, equals - space - 1)));
      space = rest.find('"', equals + 2) + 1;
    }
  }
  return names;
}

// All keys of a JSON text whose strings hold no escaped quote.
static Names json_keys(std::string_view json) {
  Names keys;
  for (std::size_t at = json.find('"'); at != json.npos;) {
    const std::size_t end = json.find('"', at + 1);
    if (end + 1 < json.size() && json[end + 1] == ':')
      keys.emplace(json.substr(at + 1, end - at - 1));
    at = json.find('"', end + 1);
  }
  return keys;
}

static engine::Verdict plain_verdict() {
  engine::Verdict verdict = verdict_on({{"a/Dockerfile", "FROM debian\nRUN apt-get install curl\n"},
                                        {"b/Dockerfile", "FROM debian:12\n"}});
  add(verdict, kUnpinned, place(verdict, 0, "curl"), "curl is installed without a version");
  return verdict;
}

static constexpr rules::Rule kSyntax = {.name = "syntax-error",
                                        .severity = rules::Severity::high,
                                        .category = rules::Category::syntax,
                                        .preset = rules::Preset::recommended,
                                        .summary = "s",
                                        .why = "w",
                                        .remedy = "Correct it.",
                                        .source = "BuildKit",
                                        .aliases = {},
                                        .examples = {},
                                        .check = rules::OnBuild{nullptr}};

static engine::Verdict refused_verdict() {
  engine::Verdict verdict = verdict_on({{"Dockerfile", "FROM debian:12\nRUM x\n"}});
  add(verdict, kSyntax, place(verdict, 0, "RUM x\n"), "unknown instruction RUM");
  return verdict;
}

// What hadolint 2.15.1 writes for a file with findings, and for one that it cannot parse.
TEST_CASE("checkstyle has hadolint's elements and attributes") {
  CHECK(xml_names(report_as("checkstyle", plain_verdict())) ==
        Names{"checkstyle", "checkstyle@version", "file", "file@name", "error", "error@column",
              "error@line", "error@message", "error@severity", "error@source"});
  CHECK(xml_names(report_as("checkstyle", refused_verdict())) ==
        Names{"checkstyle", "checkstyle@version", "file", "file@name", "error", "error@column",
              "error@line", "error@message", "error@severity"});
}

TEST_CASE("junit has hadolint's elements and attributes") {
  const Names suites = {"testsuites",      "testsuites@id",      "testsuites@name",
                        "testsuites@time", "testsuite",          "testsuite@errors",
                        "testsuite@id",    "testsuite@failures", "testsuite@name",
                        "testsuite@time"};
  Names found = suites, refused = suites;
  found.insert({"testcase", "testcase@id", "testcase@time", "failure", "failure@id",
                "failure@message", "failure@type"});
  refused.insert({"testcase", "testcase@id", "testcase@name", "testcase@time", "failure",
                  "failure@message", "failure@type"});
  CHECK(xml_names(report_as("junit", plain_verdict())) == found);
  CHECK(xml_names(report_as("junit", refused_verdict())) == refused);
}

TEST_CASE("codeclimate and gitlab have hadolint's keys") {
  const Names keys = {"categories", "check_name", "description", "location", "lines",
                      "begin",      "end",        "path",        "severity", "type"};
  Names gitlab = keys;
  gitlab.insert("fingerprint");
  CHECK(json_keys(report_as("codeclimate", plain_verdict())) == keys);
  CHECK(json_keys(report_as("gitlab", plain_verdict())) == gitlab);
  CHECK(json_keys(report_as("codeclimate", refused_verdict())) ==
        Names{"categories", "check_name", "description", "location", "positions", "begin", "end",
              "line", "column", "path", "severity", "type"});
}

TEST_CASE("checkstyle: each file, clean ones too; words of ours for four levels") {
  CHECK(report_as("checkstyle", plain_verdict()) ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><checkstyle version=\"4.3\">"
        "<file name=\"a/Dockerfile\"><error column=\"21\" line=\"2\" message=\"curl is installed "
        "without a version\" severity=\"warning\" source=\"unpinned-package\"/></file>"
        "<file name=\"b/Dockerfile\"/></checkstyle>\n");
}

TEST_CASE("junit: a suite for each file, which counts") {
  const std::string report = report_as("junit", rich_verdict());
  CHECK(contains(report, "<testsuite errors=\"0\" failures=\"2\" id=\"plimsoll\""));
  CHECK(contains(report, "<testcase id=\"plimsoll.rule.pipe-to-shell\""));
  CHECK(contains(report, "File: services/api/Dockerfile\nLine: 3\n"));
  CHECK(contains(report_as("junit", refused_verdict()),
                 "<testsuite errors=\"1\" failures=\"1\" id=\"plimsoll\""));
}

TEST_CASE("codeclimate: one object after the other, a NUL behind each") {
  const std::string report = report_as("codeclimate", rich_verdict());
  CHECK(std::ranges::count(report, '\0') == 5);  // three findings, two inputs not read
  CHECK(report.back() == '\0');
  CHECK_FALSE(contains(report, "fingerprint"));
  CHECK(contains(report, "\"severity\":\"blocker\""));
}

TEST_CASE("gitlab: fingerprints are unique, and stay when lines move") {
  engine::Verdict one = verdict_on({{"a", "USER root\nUSER root\n"}, {"b", "USER root\n"}});
  add(one, kPipe, {0, {0, 4}}, "x");
  add(one, kPipe, {0, {10, 14}}, "x");
  add(one, kPipe, {1, {0, 4}}, "x");
  std::vector<std::string> prints;
  for (const IssueFile& file : issues_of(one, {}))
    for (const Issue& issue : file.issues) prints.push_back(issue.fingerprint + ":" + file.path);
  CHECK(Names(prints.begin(), prints.end()).size() == 3);
  for (const std::string& print : prints)
    CHECK(contains(report_as("gitlab", one), "\"fingerprint\":\"" + print + "\""));
  engine::Verdict moved = verdict_on({{"b", "# new\nUSER root\n"}});
  add(moved, kPipe, {0, {6, 10}}, "x");
  CHECK(contains(report_as("gitlab", moved), "\"fingerprint\":\"" + prints.back() + "\""));
}

TEST_CASE("sonarqube: columns from 0; an empty range is told by its line") {
  engine::Verdict verdict = plain_verdict();
  add(verdict, kPipe, {1, {5, 5}}, "nothing to mark");
  add(verdict, kPipe, {1, {0, 15}}, "the line with its end");
  const std::string report = report_as("sonarqube", verdict);
  CHECK(contains(report,
                 "\"textRange\":{\"endColumn\":24,\"endLine\":2,\"startColumn\":20,"
                 "\"startLine\":2}},\"ruleId\":\"unpinned-package\",\"severity\":\"MAJOR\","
                 "\"type\":\"CODE_SMELL\""));
  CHECK(contains(report, "\"textRange\":{\"startLine\":1}"));
  CHECK(contains(report, "{\"endColumn\":14,\"endLine\":1,\"startColumn\":0,\"startLine\":1}"));
}

TEST_CASE("github: properties and messages are escaped as the runner takes them back") {
  engine::Verdict verdict = verdict_on({{"a:b,c%d\ne", "FROM x\nRUN a \\\n  b\n"}});
  add(verdict, kPipe, place(verdict, 0, "x"), "100% :, \x1b[31m");
  add(verdict, kUnpinned, place(verdict, 0, "RUN a \\\n  b\n"), "over lines");
  verdict.errors = {{"gone", 0, "cannot be read\nat all"}};
  CHECK(report_as("github", verdict) ==
        "::error file=a%3Ab%2Cc%25d\\ne,line=1,endLine=1,col=6,endColumn=7,title=pipe-to-shell::"
        "100%25 :, \\x1b[31m%0ADownload to a file, compare its checksum, then run it.\n"
        "::warning file=a%3Ab%2Cc%25d\\ne,line=2,endLine=3,title=unpinned-package::over lines%0A" +
            std::string(kUnpinned.remedy) +
            "\n::error file=gone,title=unreadable-input::cannot be read\\nat all\n");
}

TEST_CASE("rdjson: byte columns; only a safe fix of one edit is a suggestion") {
  engine::Verdict verdict = plain_verdict();
  rules::Finding& finding = verdict.findings.front().finding;
  finding.fix = rules::Fix{rules::Safety::safe, "pin", {{finding.where, "curl=7.88"}}};
  CHECK(contains(report_as("rdjson", verdict),
                 "\"suggestions\":[{\"range\":{\"start\":{\"line\":2,\"column\":21},\"end\":{"
                 "\"line\":2,\"column\":25}},\"text\":\"curl=7.88\"}]"));
  finding.fix->safety = rules::Safety::changes_behaviour;
  CHECK_FALSE(contains(report_as("rdjson", verdict), "suggestions"));
  finding.fix = rules::Fix{rules::Safety::safe, "", {{finding.where, "x"}, {{0, {0, 0}}, "y"}}};
  CHECK_FALSE(contains(report_as("rdjson", verdict), "suggestions"));
}

TEST_CASE("markdown: cells stay cells, whatever they hold") {
  engine::Verdict verdict = verdict_on({{"a|b<c>", "FROM x\n"}});
  add(verdict, kPipe, place(verdict, 0, "x"), "`a|b` and |\n<script> `*_");
  const std::string report = report_as("markdown", verdict);
  CHECK(contains(report, "### a\\|b\\<c\\>\n"));
  CHECK(contains(report, "\\`a\\|b\\` and \\|\\\\n\\<script\\> \\`\\*\\_ |\n"));
  engine::Verdict code = verdict_on({{"f", "FROM x\n"}});
  add(code, kPipe, place(code, 0, "x"), "say `a_b|c`");
  CHECK(contains(report_as("markdown", code), "| say `a_b\\|c` |\n"));
  CHECK(contains(report_as("markdown", engine::Verdict{}), "no findings in 0 files"));
}

TEST_CASE("xml: what XML cannot hold is replaced") {
  StringOutput output;
  {
    XmlWriter xml(output);
    xml.begin("a");
    xml.attribute("b",
                  "<&\">'\n\t\r\x01\xFF\xEF\xBF\xBE"
                  "é");
    xml.text("<&>\"\x1b\n\r");
    xml.begin("empty");
    xml.end();
    xml.end();
  }
  CHECK(output.text ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a "
        "b=\"&lt;&amp;&quot;>'&#10;&#9;&#13;\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDé\">"
        "&lt;&amp;&gt;\"\xEF\xBF\xBD\n&#13;<empty/></a>");
}

TEST_CASE("no format repeats a secret that a rule's words hold") {
  engine::Verdict verdict = verdict_on({{"Dockerfile", "ENV TOKEN=hunter22\n"}});
  engine::Judged& judged =
      add(verdict, kPipe, place(verdict, 0, "hunter22"), "TOKEN is hunter22 here");
  judged.finding.fix =
      rules::Fix{rules::Safety::safe, "hunter22", {{judged.finding.where, "'hunter22'"}}};
  verdict.secrets[0] = {place(verdict, 0, "hunter22").span};
  for (const Format& format : formats()) {
    INFO(std::string(format.name));
    CHECK_FALSE(contains(report_as(format.name, verdict), "hunter22"));
  }
}

TEST_CASE("suppressed findings are told on demand only") {
  for (const Format& format : formats()) {
    if (format.name == "text") continue;
    INFO(std::string(format.name));
    CHECK(report_as(format.name, rich_verdict()).size() <
          report_as(format.name, rich_verdict(), {.show_suppressed = true}).size());
  }
}

TEST_CASE("statistics: the most frequent rule first, with its files") {
  engine::Verdict verdict = verdict_on({{"a", "FROM x\nUSER y\n"}, {"b", "FROM x\n"}});
  add(verdict, kPipe, {0, {0, 4}}, "m");
  add(verdict, kUnpinned, {0, {0, 4}}, "m");
  add(verdict, kUnpinned, {0, {7, 11}}, "m");
  add(verdict, kUnpinned, {1, {0, 4}}, "m");
  StringOutput text, json;
  write_statistics(verdict, {}, false, text);
  CHECK(text.text ==
        "3  in 2 files  medium    unpinned-package  Packages are installed without a version\n"
        "1  in 1 file   critical  pipe-to-shell     A download is run without being looked at\n");
  write_statistics(verdict, {}, true, json);
  CHECK(contains(json.text,
                 "{\"rule\":\"unpinned-package\",\"severity\":\"medium\",\"findings\":3,"
                 "\"files\":2,\"fixable\":0},\n{\"rule\":\"pipe-to-shell\","));
}

}  // namespace services_test
