// JUnit's XML: a suite for each file, a failed test case for each finding.
#include <algorithm>

#include "base/concat.h"
#include "report/issue.h"
#include "report/xml_writer.h"

namespace plimsoll::report {
namespace {

// A file that Docker would refuse, or that could not be read.
void write_error(XmlWriter& xml, const IssueFile& file, const Issue& issue,
                 const Speaker& speaker) {
  const std::string line = std::to_string(issue.line), column = std::to_string(issue.column);
  xml.begin("testcase");
  xml.attribute("id", concat({speaker.id, ".error"}));
  xml.attribute("name", issue.code);
  xml.attribute("time", speaker.run_time);
  xml.begin("failure");
  if (issue.code == kUnreadableInput) {
    xml.attribute("message", issue.message);
    xml.attribute("type", "error");
    xml.text(concat({issue.message, "\n"}));
  } else {
    xml.attribute("message", concat({"parse error at line ", line, ", column ", column}));
    xml.attribute("type", "error");
    xml.text(concat({"Parse Error in ", file.path, "\nLine: ", line, "\nColumn: ", column,
                     "\nParse Error: ", issue.message, "\n"}));
  }
  xml.end();
  xml.end();
}

void write_failure(XmlWriter& xml, const IssueFile& file, const Issue& issue,
                   const Speaker& speaker) {
  xml.begin("testcase");
  xml.attribute("id", concat({speaker.id, ".rule.", issue.code}));
  xml.attribute("time", speaker.run_time);
  xml.begin("failure");
  xml.attribute("id", issue.code);
  xml.attribute("message", issue.message);
  xml.attribute("type", name(issue.level));
  xml.text(concat({"File: ", file.path, "\nLine: ", std::to_string(issue.line), "\nCategory: ",
                   speaker.about, "\n", name(issue.level), ": ", issue.message, "\n"}));
  xml.end();
  xml.end();
}

}  // namespace

// Elements and attributes are those of hadolint. The time says nothing of ours, since a report must
// not differ from run to run.
void write_junit(const IssueFiles& files, const Speaker& speaker, Output& output) {
  XmlWriter xml(output);
  xml.begin("testsuites");
  xml.attribute("id", speaker.run_id);
  xml.attribute("name", speaker.run_name);
  xml.attribute("time", speaker.run_time);
  for (const IssueFile& file : files) {
    xml.begin("testsuite");
    xml.attribute("errors", std::to_string(std::ranges::count_if(file.issues, &Issue::is_error)));
    xml.attribute("failures", std::to_string(file.issues.size()));
    xml.attribute("id", speaker.id);
    xml.attribute("name", concat({speaker.name, " ", speaker.version}));
    xml.attribute("time", speaker.run_time);
    for (const Issue& issue : file.issues)
      (issue.is_error ? write_error : write_failure)(xml, file, issue, speaker);
    xml.end();
  }
  xml.end();
}

}  // namespace plimsoll::report
