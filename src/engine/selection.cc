// Names are resolved against the rule table once, before any file is read.
#include "engine/selection.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <variant>

#include "base/concat.h"
#include "base/glob.h"
#include "engine/peer_ids.h"

namespace plimsoll::engine {
namespace {

constexpr std::array<std::string_view, 6> kCategories = {
    "security", "reliability", "reproducibility", "size", "style", "syntax"};
constexpr std::array<std::string_view, 5> kSeverities = {"info", "low", "medium", "high",
                                                         "critical"};
constexpr std::array<std::string_view, 3> kPresets = {"recommended", "strict", "all"};

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitute = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substitute});
    }
  }
  return row[b.size()];
}

Result<void> check_names(const std::vector<std::string>& names, std::string_view option) {
  for (const std::string& name : names) {
    if (is_known_name(name)) continue;
    const rules::Rule* near = nearest_rule(name);
    return fail(ErrorKind::not_found,
                concat({option, ": there is no rule, category or known id '", name, "'",
                        near != nullptr ? concat({"; did you mean '", near->name, "'?"})
                                        : "; see `plimsoll rules`"}));
  }
  return {};
}

bool any_goes_by(const rules::Rule& rule, const std::vector<std::string>& names) {
  return std::ranges::any_of(names, [&](const std::string& name) { return goes_by(rule, name); });
}

// "SC2086", "SC20*".
bool is_shellcheck_code(const std::string& name) {
  return name.size() >= 3 && name.starts_with("SC") &&
         name.find_first_not_of("0123456789*?", 2) == std::string::npos;
}

void select_codes(const SelectionSettings& settings, Selection& selection) {
  const auto is_code = [](const std::string& name) { return is_shellcheck_code(name); };
  std::ranges::copy_if(settings.select, std::back_inserter(selection.codes_selected), is_code);
  std::ranges::copy_if(settings.ignore, std::back_inserter(selection.codes_ignored), is_code);
  std::ranges::copy_if(settings.severity, std::back_inserter(selection.code_severities), is_code,
                       &std::pair<std::string, rules::Severity>::first);
  const bool by_name = std::ranges::any_of(
      settings.select, [](const std::string& name) { return glob_match(name, "shellcheck"); });
  selection.shellcheck_advice =
      settings.select.empty() ? settings.preset == rules::Preset::all : by_name;
  if (by_name) selection.codes_selected.clear();
}

}  // namespace

bool Selection::tells_code(std::string_view code, bool advice) const {
  const auto matches = [&](const std::string& name) { return glob_match(name, code); };
  if (std::ranges::any_of(codes_ignored, matches)) return false;
  if (std::ranges::any_of(codes_selected, matches)) return true;
  return codes_selected.empty() && (shellcheck_advice || !advice);
}

bool goes_by(const rules::Rule& rule, std::string_view name) {
  if (glob_match(name, rule.name) || name == kCategories[static_cast<std::size_t>(rule.category)])
    return true;
  return std::ranges::any_of(rule.aliases,
                             [&](const rules::Alias& a) { return is_called(a, name); });
}

bool is_known_name(std::string_view name) {
  return is_peer_id(name) ||
         std::ranges::any_of(rules::all(), [&](const rules::Rule* r) { return goes_by(*r, name); });
}

std::optional<rules::Severity> severity_from(std::string_view name) {
  const auto found = std::ranges::find(kSeverities, name);
  if (found == kSeverities.end()) return std::nullopt;
  return static_cast<rules::Severity>(found - kSeverities.begin());
}

std::optional<rules::Preset> preset_from(std::string_view name) {
  const auto found = std::ranges::find(kPresets, name);
  if (found == kPresets.end()) return std::nullopt;
  return static_cast<rules::Preset>(found - kPresets.begin());
}

const rules::Rule* nearest_rule(std::string_view name) {
  const rules::Rule* best = nullptr;
  std::size_t distance = std::max<std::size_t>(2, name.size() / 3) + 1;
  for (const rules::Rule* rule : rules::all()) {
    const std::size_t d = edit_distance(name, rule->name);
    if (d < distance) {
      distance = d;
      best = rule;
    }
  }
  return best;
}

Result<Selection> select_rules(const SelectionSettings& settings) {
  if (auto ok = check_names(settings.select, "--select"); !ok) return tl::unexpected(ok.error());
  if (auto ok = check_names(settings.ignore, "--ignore"); !ok) return tl::unexpected(ok.error());
  Selection selection;
  select_codes(settings, selection);
  std::vector<const rules::Rule*> silent;
  for (const rules::Rule* rule : rules::all()) {
    const bool by_code = std::holds_alternative<rules::FromShellCheck>(rule->check) &&
                         !selection.codes_selected.empty();
    const bool wanted = settings.select.empty() ? rule->preset <= settings.preset
                                                : by_code || any_goes_by(*rule, settings.select);
    if (!wanted || any_goes_by(*rule, settings.ignore)) {
      if (rule->finds_secrets) silent.push_back(rule);
      continue;
    }
    std::optional<rules::Severity> severity;
    for (const auto& [name, changed] : settings.severity)
      if (goes_by(*rule, name)) severity = changed;
    selection.enabled.push_back(rule);
    selection.severities.push_back(severity);
  }
  selection.told = selection.enabled.size();
  selection.enabled.insert(selection.enabled.end(), silent.begin(), silent.end());
  selection.severities.resize(selection.enabled.size());
  return selection;
}

}  // namespace plimsoll::engine
