// .compose-lint.yml: under `rules` an id each, with `enabled: false`, `severity` and
// `exclude_services`. Its severities are called like ours.
// Source: compose-lint 0.36.2, docs/configuration.md and config.py.
#include <algorithm>
#include <cctype>

#include "base/concat.h"
#include "engine/foreign/foreign.h"
#include "engine/pragmas/words.h"
#include "engine/selection.h"

namespace plimsoll::engine::foreign {
namespace {

std::string reason_in(const Value* stated, const File& file) {
  std::string reason = concat({"listed in ", file.path});
  if (stated != nullptr && !pragmas::trimmed(stated->text).empty())
    reason += concat({": ", pragmas::trimmed(stated->text)});
  return reason;
}

void add_off(const std::string& id, std::string reason, std::string service, Foreign& out) {
  Acceptance acceptance{
      .dialect = &pragmas::kComposeLint, .names = {id}, .reason = std::move(reason)};
  if (!service.empty()) acceptance.services.push_back(std::move(service));
  out.acceptances.push_back(std::move(acceptance));
}

// A list of names, or a table of names with reasons.
void read_services(const std::string& id, const Value& value, const File& file, Foreign& out) {
  if (value.is(Value::Kind::table)) {
    for (const auto& [service, reason] : value.members)
      add_off(id, reason_in(&reason, file), service, out);
  } else {
    for (std::string& service : listed(value, "exclude_services", file, out))
      add_off(id, reason_in(nullptr, file), std::move(service), out);
  }
}

void read_compose_lint_severity(const std::string& id, const Value& value, const File& file,
                                Foreign& out) {
  std::string word = value.text;
  std::ranges::transform(word, word.begin(), [](unsigned char c) { return std::tolower(c); });
  if (const auto known = severity_from(word))
    out.severity.emplace_back(id, *known);
  else
    complain(file, value, concat({"there is no severity '", value.text, "'"}), out);
}

void read_rule_of_compose_lint(const std::string& id, const Value& rule, const File& file,
                               Foreign& out) {
  const Value* enabled = rule.find("enabled");
  if (enabled != nullptr && !enabled->is(Value::Kind::boolean))
    complain(file, *enabled, "enabled must be true or false", out);
  else if (enabled != nullptr && !enabled->yes())
    return add_off(id, reason_in(rule.find("reason"), file), {}, out);
  if (const Value* severity = rule.find("severity"))
    read_compose_lint_severity(id, *severity, file, out);
  if (const Value* services = rule.find("exclude_services"))
    read_services(id, *services, file, out);
}

}  // namespace

void read_compose_lint(const Value& value, const File& file, Foreign& out) {
  const Value* rules = value.find("rules");
  if (rules == nullptr || rules->is(Value::Kind::null)) return;
  if (!rules->is(Value::Kind::table))
    return complain(file, *rules, "rules must be a table; it is left out", out);
  for (const auto& [id, rule] : rules->members) read_rule_of_compose_lint(id, rule, file, out);
}

}  // namespace plimsoll::engine::foreign
