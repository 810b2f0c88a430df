// `plimsoll explain` and `plimsoll rules`: the rule table, told to people and programs.
#include <unistd.h>

#include <algorithm>

#include "base/concat.h"
#include "cli/command_line.h"
#include "cli/rule_pages.h"
#include "cli/terminal.h"
#include "engine/selection.h"
#include "report/report.h"

namespace plimsoll::cli {
namespace {

std::string aliases_of(const rules::Rule& rule) {
  std::string text;
  for (const rules::Alias& alias : rule.aliases)
    text += concat({text.empty() ? "" : ", ", alias.tool, " ", alias.id});
  return text;
}

// Markdown as a person reads it on a terminal: code fences become indented text, backquotes stay.
std::string indented(std::string_view text, std::string_view indent) {
  std::string result;
  while (!text.empty()) {
    const std::size_t newline = text.find('\n');
    const std::string_view line = text.substr(0, newline);
    result += line.empty() ? "\n" : concat({indent, line, "\n"});
    text.remove_prefix(newline == std::string_view::npos ? text.size() : newline + 1);
  }
  return result;
}

void explain_rule(const rules::Rule& rule, bool colour, report::Output& out) {
  const std::string_view bold = colour ? "\x1b[1m" : "", dim = colour ? "\x1b[2m" : "",
                         plain = colour ? "\x1b[0m" : "";
  out.write(concat({bold, rule.name, plain, "  ", rule.summary, "\n", dim,
                    report::name(rule.severity), " ", report::name(rule.category), ", preset ",
                    report::name(rule.preset), plain, "\n\n"}));
  out.write(concat({bold, "Why", plain, "\n", indented(rule.why, "  "), "\n", bold, "What to do",
                    plain, "\n", indented(rule.remedy, "  "), "\n"}));
  for (const rules::Example& example : rule.examples) {
    out.write(concat({bold, example.flagged ? "Reported" : "Not reported", plain, "\n"}));
    if (!example.text.empty()) out.write(indented(example.text, "    "));
    for (const rules::File& file : example.files)
      out.write(concat({"  ", dim, file.path, plain, "\n", indented(file.text, "    ")}));
    if (!example.fixed.empty())
      out.write(concat({bold, "Fixed", plain, "\n", indented(example.fixed, "    ")}));
    out.write("\n");
  }
  out.write(concat({dim, "Source: ", rule.source, "\n"}));
  if (!rule.aliases.empty()) out.write(concat({"Also known as: ", aliases_of(rule), "\n"}));
  out.write(concat({"Accept it: # plimsoll: ignore=", rule.name, " reason=…", plain, "\n"}));
}

}  // namespace

int explain(const std::vector<std::string>& names, const std::string& color) {
  const bool colour = use_colour(color);
  DescriptorOutput out(STDOUT_FILENO);
  int status = ok;
  bool first = true;
  for (const std::string& name : names) {
    bool any = false;
    for (const rules::Rule* rule : rules::all()) {
      if (!engine::goes_by(*rule, name)) continue;
      if (!first) out.write("\n");
      explain_rule(*rule, colour, out);
      any = true;
      first = false;
    }
    if (any) continue;
    const rules::Rule* near = engine::nearest_rule(name);
    complain(
        concat({engine::is_peer_id(name) ? "no rule covers '" : "there is no rule '", name, "'",
                near != nullptr ? concat({"; did you mean '", near->name, "'?"})
                                : "; see `plimsoll rules`"}));
    status = usage;
  }
  return status;
}

int list_rules(const std::string& format) {
  DescriptorOutput out(STDOUT_FILENO);
  if (format == "json") {
    write_rules_json(out);
    return ok;
  }
  if (format != "text") {
    complain(concat({"rules --format: '", format, "' is not text or json"}));
    return usage;
  }
  std::size_t width = 0;
  for (const rules::Rule* rule : rules::all()) width = std::max(width, rule->name.size());
  for (const rules::Rule* rule : rules::all()) {
    const std::string_view severity = report::name(rule->severity),
                           preset = report::name(rule->preset);
    out.write(concat({rule->name, std::string(width + 2 - rule->name.size(), ' '), severity,
                      std::string(10 - severity.size(), ' '), preset,
                      std::string(13 - preset.size(), ' '), rule->summary, "\n"}));
  }
  return ok;
}

}  // namespace plimsoll::cli
