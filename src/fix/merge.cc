// Files that say nothing of each other are pieces of work of their own, so their findings stand in
// any verdict as they do in this one, but for the numbers of their sources.
#include "fix/merge.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <variant>

#include "engine/project.h"
#include "fix/plan.h"

namespace plimsoll::fix {
namespace {

using engine::Verdict;
using Numbers = std::map<std::string, std::uint32_t, std::less<>>;  // by absolute path

Numbers numbers_in(const Verdict& verdict) {
  Numbers numbers;
  for (std::uint32_t i = 0; i < verdict.sources.size(); ++i)
    if (verdict.sources[i])
      numbers.emplace(engine::absolute_path(verdict.source(i).path(), verdict.working_directory),
                      i);
  return numbers;
}

// Do findings hang together over the whole run?
bool judges_as_a_whole(const engine::CheckSettings& settings, const engine::Selection& selection) {
  const auto told = std::span(selection.enabled).first(selection.told);
  return settings.standard_input || !settings.path_settings.empty() ||
         !settings.acceptances.empty() || std::ranges::any_of(told, [](const rules::Rule* rule) {
           const auto* on = std::get_if<rules::OnContext>(&rule->check);
           return on != nullptr && on->sizes;
         });
}

bool has_scan(const Verdict& verdict) {
  return std::ranges::any_of(verdict.checklist, [](const engine::ChecklistEntry& entry) {
    return entry.of(engine::ChecklistItem::vulnerability_scan).verdict == engine::ItemVerdict::pass;
  });
}

// An ignore file has findings of several Dockerfiles; what went wrong has no place at all.
bool has_shared(const Verdict& verdict) {
  return !verdict.errors.empty() || !verdict.notes.empty() || has_scan(verdict) ||
         std::ranges::any_of(verdict.sources, [](const auto& source) {
           return source && is_ignore_file(source->path());
         });
}

// Calls `visit` for each place that the finding or the entry speaks of, until it returns true.
template <class Visit>
bool any_place(const engine::Judged& judged, Visit visit) {
  const rules::Finding& finding = judged.finding;
  return std::ranges::any_of(finding.related, visit, &rules::Related::where) ||
         std::ranges::any_of(finding.hidden, visit) ||
         (finding.fix && std::ranges::any_of(finding.fix->edits, visit, &text::Edit::where));
}
template <class Visit>
bool any_place(const engine::ChecklistEntry& entry, Visit visit) {
  return std::ranges::any_of(entry.items, [&](const engine::ItemAnswer& item) {
    return std::ranges::any_of(item.evidence, visit);
  });
}

text::Place place_of(const engine::Judged& judged) {
  return judged.finding.where;
}
text::Place place_of(const engine::ChecklistEntry& entry) {
  return entry.where;
}

// Does something in one file speak of a place in another one, and is one of these among `chosen`?
bool crosses(const Verdict& verdict, const std::vector<bool>& chosen) {
  const auto each = [&](const auto& one) {
    const std::uint32_t own = place_of(one).source;
    return any_place(one, [&](const text::Place& place) {
      return place.source != own && (chosen[own] || chosen[place.source]);
    });
  };
  return std::ranges::any_of(verdict.findings, each) ||
         std::ranges::any_of(verdict.checklist, each);
}

// The numbers of all files that projects consist of.
std::set<std::uint32_t> of_projects(const Verdict& verdict) {
  std::set<std::uint32_t> sources;
  for (const engine::LoadedProject& project : verdict.projects) {
    sources.insert(project.sources.begin(), project.sources.end());
    sources.insert(project.dockerfiles.begin(), project.dockerfiles.end());
  }
  return sources;
}

class Merging {
 public:
  Merging(const Verdict& before, Rounds& rounds) : before_(before), rounds_(rounds) {}

  // False: it can't be said who judged the texts.
  bool find_judges(const Texts& texts) {
    const Numbers first = numbers_in(before_);
    const std::set<std::uint32_t> in_projects = of_projects(before_);
    std::map<std::string_view, std::uint32_t> open;  // no judge is known yet
    for (const auto& [path, text] : texts) {
      const auto known = first.find(path);
      if (known == first.end() || in_projects.contains(known->second)) return false;
      open.emplace(path, known->second);
    }
    taken_.resize(before_.sources.size());
    for (std::size_t round = rounds_.size(); round-- > 0 && !open.empty();)
      if (!find_in_round(round, first, texts, open)) return false;
    return open.empty() && !crosses(before_, taken_);
  }

  Verdict put_together() {
    add_unchanged();
    for (std::size_t round = 0; round < rounds_.size(); ++round)
      if (!numbers_[round].empty()) add_round(round);
    std::vector<std::string_view> paths(result_.sources.size());
    for (std::size_t i = 0; i < paths.size(); ++i)
      if (result_.sources[i]) paths[i] = result_.source(static_cast<std::uint32_t>(i)).path();
    // Those of one file are in order already.
    std::ranges::stable_sort(result_.findings, {}, [&](const engine::Judged& judged) {
      return paths[judged.finding.where.source];
    });
    std::ranges::stable_sort(result_.checklist, {}, [&](const engine::ChecklistEntry& entry) {
      return paths[entry.where.source];
    });
    return std::move(result_);
  }

 private:
  static constexpr std::uint32_t kNone = ~0U;

  bool find_in_round(std::size_t round, const Numbers& first, const Texts& texts,
                     std::map<std::string_view, std::uint32_t>& open) {
    const Verdict& verdict = *rounds_[round];
    if (has_shared(verdict)) return false;
    std::vector<std::uint32_t> numbers(verdict.sources.size(), kNone);
    std::vector<bool> chosen(verdict.sources.size());
    for (const auto& [path, number] : numbers_in(verdict)) {
      if (!first.contains(path)) return false;
      const auto wanted = open.find(path);
      if (wanted == open.end()) continue;
      if (verdict.source(number).bytes() != texts.find(path)->second) return false;
      numbers[number] = wanted->second;
      taken_[wanted->second] = true;
      open.erase(wanted);
      chosen[number] = true;
    }
    numbers_.resize(rounds_.size());
    if (std::ranges::find(chosen, true) != chosen.end()) numbers_[round] = std::move(numbers);
    return !crosses(verdict, chosen);
  }

  void add_unchanged() {
    result_.working_directory = before_.working_directory;
    result_.files = before_.files;
    result_.incomplete = before_.incomplete;
    result_.dockerfiles = before_.dockerfiles;
    result_.projects = before_.projects;
    result_.secrets.resize(before_.sources.size());
    result_.sources.resize(before_.sources.size());
    for (std::size_t i = 0; i < before_.sources.size(); ++i) {
      if (taken_[i] || !before_.sources[i]) continue;
      result_.sources[i] = std::make_unique<text::Source>(*before_.sources[i]);
      result_.secrets[i] = before_.secrets[i];
    }
    result_.findings.reserve(before_.findings.size());
    for (const engine::Judged& judged : before_.findings)
      if (!taken_[judged.finding.where.source]) result_.findings.push_back(judged);
    for (const engine::ChecklistEntry& entry : before_.checklist)
      if (!taken_[entry.where.source]) result_.checklist.push_back(entry);
  }

  void add_round(std::size_t round) {
    Verdict& verdict = *rounds_[round];
    numbers_now_ = numbers_[round];
    result_.incomplete = result_.incomplete || verdict.incomplete;
    for (engine::Judged& judged : verdict.findings) {
      if (numbers_now_[judged.finding.where.source] == kNone) continue;
      renumber(judged.finding);
      result_.findings.push_back(std::move(judged));
    }
    for (engine::ChecklistEntry& entry : verdict.checklist) {
      if (numbers_now_[entry.where.source] == kNone) continue;
      renumber(entry.where);
      for (engine::ItemAnswer& item : entry.items)
        for (text::Place& place : item.evidence) renumber(place);
      result_.checklist.push_back(std::move(entry));
    }
    for (std::size_t i = 0; i < numbers_now_.size(); ++i) {
      if (numbers_now_[i] == kNone) continue;
      result_.sources[numbers_now_[i]] = std::move(verdict.sources[i]);
      result_.secrets[numbers_now_[i]] = std::move(verdict.secrets[i]);
    }
  }

  void renumber(rules::Finding& finding) {
    renumber(finding.where);
    for (rules::Related& related : finding.related) renumber(related.where);
    for (text::Place& place : finding.hidden) renumber(place);
    if (!finding.fix) return;
    for (text::Edit& edit : finding.fix->edits) renumber(edit.where);
  }

  // What stands alone speaks of itself only.
  void renumber(text::Place& place) { place.source = numbers_now_[place.source]; }

  const Verdict& before_;
  Rounds& rounds_;
  Verdict result_;
  std::vector<bool> taken_;                          // by source of `before`: its text is another
  std::vector<std::vector<std::uint32_t>> numbers_;  // by round and its sources: that of `before`
  std::span<const std::uint32_t> numbers_now_;
};

}  // namespace

std::optional<Verdict> merge(const engine::CheckSettings& settings,
                             const engine::Selection& selection, const Verdict& before,
                             const Texts& texts, Rounds& rounds) {
  if (judges_as_a_whole(settings, selection) || has_shared(before)) return {};
  Merging merging(before, rounds);
  if (!merging.find_judges(texts)) return {};
  return merging.put_together();
}

}  // namespace plimsoll::fix
