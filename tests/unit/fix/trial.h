// Tries a made-up fix on files in memory, as `plimsoll fix` tries those of rules.
#pragma once
#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "base/fs.h"
#include "engine/check.h"
#include "engine/project.h"
#include "fix/prove.h"
#include "text/edits.h"

namespace plimsoll::test {

using Files = std::map<std::string, std::string>;

inline engine::CheckSettings settings() {
  engine::CheckSettings settings;
  settings.paths = {"."};
  settings.discovery.working_directory = "/p";
  settings.today = 20261124;
  settings.jobs = 1;
  settings.keep_projects = true;
  return settings;
}

inline engine::Selection selection(const std::vector<std::string>& select = {}) {
  engine::SelectionSettings wanted;
  wanted.select = select;
  return *engine::select_rules(wanted);
}

inline engine::Verdict judged(const Files& files, const std::vector<std::string>& select = {}) {
  return engine::check(settings(), selection(select), MemoryFs(files));
}

// Replaces `old_text`, which must be there once, in the one file of its kind. `rule`: whose finding
// it is to remove; empty: any that has none.
struct MadeUp {
  std::string file, old_text, new_text, rule;
};

// Why the edits would not be written; empty: they would be.
inline std::string why_not(Files files, const std::vector<MadeUp>& made,
                           const std::vector<std::string>& select = {}) {
  const engine::Verdict before = judged(files, select);
  std::vector<fix::Proposal> proposals;
  std::map<std::uint32_t, std::vector<text::Edit>> edits;
  for (const MadeUp& one : made) {
    fix::Proposal& proposal = proposals.emplace_back();
    for (std::uint32_t i = 0; i < before.sources.size(); ++i)
      if (before.sources[i] && before.source(i).path() == one.file) {
        const std::size_t at = before.source(i).bytes().find(one.old_text);
        REQUIRE(at != std::string_view::npos);
        const auto begin = static_cast<std::uint32_t>(at);
        proposal.where = {i, {begin, begin + static_cast<std::uint32_t>(one.old_text.size())}};
        proposal.edits = {{proposal.where, one.new_text}};
        edits[i].push_back(proposal.edits.front());
      }
    REQUIRE_MESSAGE(!proposal.edits.empty(), one.file);
    if (one.rule.empty()) continue;
    for (const engine::Judged& judged : before.findings)
      if (judged.rule->name == one.rule) {
        proposal.rule = judged.rule;
        proposal.where = judged.finding.where;
        proposal.message = judged.finding.message;
      }
    REQUIRE_MESSAGE(proposal.rule != nullptr, one.rule);
  }
  std::map<std::uint32_t, text::Changes> changes;
  for (const auto& [source, list] : edits) {
    files[before.source(source).path()] = *text::apply_edits(before.source(source).bytes(), list);
    changes.emplace(source, text::Changes(list));
  }
  const engine::Verdict after = judged(files, select);
  std::vector<const fix::Proposal*> applied;
  for (const fix::Proposal& proposal : proposals) applied.push_back(&proposal);
  const auto failures = fix::prove({.before = before,
                                    .after = after,
                                    .applied = applied,
                                    .changes = changes,
                                    .working_directory = "/p"});
  return failures.empty() ? std::string() : failures.begin()->second.reason;
}

}  // namespace plimsoll::test
