// Describes a rule as code scanning services show it: names, help in Markdown, and a score for
// security rules.
#include "report/sarif_rules.h"

#include "base/concat.h"
#include "report/report.h"

namespace plimsoll::report {
namespace {

// The middle of the CVSS range that GitHub reads as the same word (over 9.0 critical, 7.0 high, 4.0
// medium, 0.1 low).
std::string_view score(rules::Severity severity) {
  constexpr std::string_view kScores[] = {"1.0", "3.0", "5.5", "8.0", "9.5"};
  return kScores[static_cast<std::size_t>(severity)];
}

void write_text(JsonWriter& json, std::string_view key, std::string_view text) {
  if (text.empty()) return;
  json.object(key);
  json.member("text", text);
  json.end_object();
}

// Why, remedy, source, and what other tools call it.
std::string help_in_markdown(const rules::Rule& rule) {
  std::string help = concat({rule.why, "\n\n**What to do:** ", rule.remedy, "\n"});
  if (!rule.source.empty()) help += concat({"\nSource: ", rule.source, "\n"});
  std::string_view before = "\nIn other tools: ";
  for (const rules::Alias& alias : rule.aliases) {
    help += concat({before, alias.tool, " `", alias.id, "`"});
    before = ", ";
  }
  if (!rule.aliases.empty()) help += '\n';
  return help;
}

}  // namespace

std::string_view sarif_level(rules::Severity severity) {
  if (severity >= rules::Severity::high) return "error";
  return severity == rules::Severity::medium ? "warning" : "note";
}

void write_sarif_rule(JsonWriter& json, const rules::Rule& rule) {
  json.begin_object();
  json.member("id", rule.name);
  write_text(json, "shortDescription", rule.summary);
  write_text(json, "fullDescription", rule.why);
  json.object("help");
  json.member("text", concat({rule.why, "\n\n", rule.remedy}));
  json.member("markdown", help_in_markdown(rule));
  json.end_object();
  json.member("helpUri", documentation_url(rule));
  json.object("defaultConfiguration");
  json.member("level", sarif_level(rule.severity));
  json.end_object();
  json.object("properties");
  json.array("tags");
  json.string(name(rule.category));
  json.end_array();
  // Services take every rule that has a score for one of security.
  if (rule.category == rules::Category::security)
    json.member("security-severity", score(rule.severity));
  json.end_object();
  json.end_object();
}

}  // namespace plimsoll::report
