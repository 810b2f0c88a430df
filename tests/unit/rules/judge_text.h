// Judges texts as the program would, in memory.
#pragma once
#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "base/fs.h"
#include "engine/check.h"
#include "engine/selection.h"
#include "facts/settings.h"

namespace plimsoll::test {

// All rules, or those named; folders are searched as by `plimsoll check .`. ShellCheck is asked
// only if given.
inline engine::Verdict judge(const std::map<std::string, std::string>& files,
                             std::vector<std::string> select = {},
                             const facts::Settings& settings = {},
                             engine::ShellCheckSettings shellcheck = {}) {
  const MemoryFs fs(files);
  const auto selection =
      engine::select_rules({.preset = rules::Preset::all, .select = std::move(select)});
  REQUIRE(selection.has_value());
  return engine::check({.paths = {"."},
                        .rule_settings = settings,
                        .shellcheck = std::move(shellcheck),
                        .today = 20261124,
                        .jobs = 1},
                       *selection, fs);
}

inline std::vector<const engine::Judged*> findings_of(const engine::Verdict& verdict,
                                                      std::string_view rule) {
  std::vector<const engine::Judged*> found;
  for (const engine::Judged& judged : verdict.findings)
    if (judged.rule->name == rule && !judged.suppressed) found.push_back(&judged);
  return found;
}

}  // namespace plimsoll::test
