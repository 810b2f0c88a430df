// Checkstyle's XML, version 4.3: what Jenkins' warnings plug-in and many others read.
#include "report/issue.h"
#include "report/xml_writer.h"

namespace plimsoll::report {

// Elements and attributes are those of hadolint: attributes sorted, an error without a rule has no
// source, and files without findings are listed.
void write_checkstyle(const IssueFiles& files, const Speaker& /*speaker*/, Output& output) {
  XmlWriter xml(output);
  xml.begin("checkstyle");
  xml.attribute("version", "4.3");
  for (const IssueFile& file : files) {
    xml.begin("file");
    xml.attribute("name", file.path);
    for (const Issue& issue : file.issues) {
      xml.begin("error");
      xml.attribute("column", std::to_string(issue.column));
      xml.attribute("line", std::to_string(issue.line));
      xml.attribute("message", issue.message);
      xml.attribute("severity", name(issue.level));
      if (!issue.is_error) xml.attribute("source", issue.code);
      xml.end();
    }
    xml.end();
  }
  xml.end();
}

}  // namespace plimsoll::report
