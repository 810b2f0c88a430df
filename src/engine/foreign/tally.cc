// .tally.toml: [rules] exclude, and severities of single rules; "off" accepts. `include` is not
// read: which rules are asked is for presets to say.
#include "base/concat.h"
#include "engine/foreign/foreign.h"

namespace plimsoll::engine::foreign {
namespace {

std::optional<rules::Severity> severity_of(std::string_view word) {
  if (word == "error") return rules::Severity::high;
  if (word == "warning") return rules::Severity::medium;
  if (word == "info") return rules::Severity::low;
  if (word == "style") return rules::Severity::info;
  return std::nullopt;
}

// [rules.NAMESPACE.NAME]
void read_rule(const std::string& space, const std::string& name, const Value& rule,
               const File& file, Foreign& out) {
  const Value* severity = rule.find("severity");
  if (severity == nullptr) return;
  if (severity->text == "off")
    return accept(pragmas::kTally, {concat({space, "/", name})}, file, out);
  // Severities are set by name: those of hadolint and BuildKit are known by theirs.
  if (const auto known = severity_of(severity->text))
    out.severity.emplace_back(space == "tally" ? concat({space, "/", name}) : name, *known);
  else
    complain(file, *severity, concat({"there is no severity '", severity->text, "'"}), out);
}

}  // namespace

void read_tally(const Value& value, const File& file, Foreign& out) {
  const Value* rules = value.find("rules");
  if (rules == nullptr) return;
  if (const Value* exclude = rules->find("exclude"))
    accept(pragmas::kTally, listed(*exclude, "exclude", file, out), file, out);
  for (const auto& [space, names] : rules->members)
    for (const auto& [name, rule] : names.members) read_rule(space, name, rule, file, out);
}

}  // namespace plimsoll::engine::foreign
