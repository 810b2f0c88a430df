// Which rules a run asks, and with which severity.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "engine/peer_ids.h"
#include "rules/rule.h"

namespace plimsoll::engine {

struct Selection {
  std::vector<const rules::Rule*> enabled;  // those told first, in the table's order
  std::vector<std::optional<rules::Severity>>
      severities;  // by the configuration; none: as the rule or finding says
  std::size_t told =
      0;  // the first so many are told; the others are asked for the secrets that they know

  // ShellCheck's findings are one rule's; its own codes choose among them.
  bool shellcheck_advice = false;                          // also what it calls info, and the like
  std::vector<std::string> codes_selected, codes_ignored;  // none selected: all of the levels told
  std::vector<std::pair<std::string, rules::Severity>> code_severities;

  // `advice`: ShellCheck calls it info or style, or it means little in a Dockerfile.
  [[nodiscard]] bool tells_code(std::string_view code, bool advice) const;

  // `rule` is an index into `enabled`.
  [[nodiscard]] rules::Severity severity_of(std::size_t rule, const rules::Finding& finding) const {
    for (const auto& [code, severity] : code_severities)
      if (code == finding.shellcheck_code) return severity;
    return severities[rule].value_or(finding.severity.value_or(enabled[rule]->severity));
  }
};

struct SelectionSettings {
  rules::Preset preset = rules::Preset::recommended;
  std::vector<std::string> select;  // not empty: these and no others, whatever the preset
  std::vector<std::string> ignore;
  std::vector<std::pair<std::string, rules::Severity>> severity;
};

// Fails on a name that is no rule, category, known form of a peer's id or glob that matches
// something.
Result<Selection> select_rules(const SelectionSettings& settings);

// Does the rule go by this name: its own, its category's, or an id that another tool gives it, in
// any of its spellings? With `*` and `?`.
bool goes_by(const rules::Rule& rule, std::string_view name);

// Is it a name that `goes_by` could mean, or has it a peer's form?
bool is_known_name(std::string_view name);

std::optional<rules::Severity> severity_from(std::string_view name);
std::optional<rules::Preset> preset_from(std::string_view name);

// The rule whose name is nearest to a misspelt one; null if none is near.
const rules::Rule* nearest_rule(std::string_view name);

}  // namespace plimsoll::engine
