// Subjects that share a fix are proved together. Of their fixes those stand that `Search` leaves;
// a trial is a run of `fix` that may make these fixes alone, and then one of the services.
#include "fix/proof/proof.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "base/concat.h"
#include "engine/project.h"
#include "fix/overlay.h"
#include "fix/proof/compare.h"
#include "fix/proof/subjects.h"
#include "fix/search.h"

namespace plimsoll::fix::proof {
namespace {

// With more fixes it is not asked of each which services it concerns.
constexpr std::size_t kMostSingles = 100;

// Knows a fix again in a later run.
using Key = std::tuple<std::string, std::uint32_t, const rules::Rule*, std::string>;

Key key_of(const Told& told) {
  return {told.file, told.line, told.rule, told.title};
}

struct Candidate {
  Told told;
  Names services{};  // "SUBJECT\nSERVICE", that it concerns
};

// Subjects that fixes bind together.
struct Group {
  std::vector<std::size_t> subjects;
  std::vector<std::size_t> candidates;
};

std::string place_of(const Subject& subject, std::string_view service) {
  return concat({subject.path, "\n", service});
}

class Proving {
 public:
  Proving(const Settings& settings, const Fs& fs, Stand& stand, const StandSettings& limits,
          const std::atomic<bool>& stop)
      : settings_(settings), fs_(fs), stand_(stand), limits_(limits), stop_(stop) {}

  Outcome run() {
    first_ = fix(settings_);
    collect();
    if (candidates_.empty()) return std::move(first_);
    subjects_ = subjects_of(first_.before);
    for (const Group& group : groups()) prove_group(group);
    return put_together();
  }

 private:
  Outcome fix(const Settings& settings) { return fix::fix(settings, fs_); }

  Outcome try_fixes(const std::set<Key>& keys) {
    Settings some = settings_;
    some.wanted = nullptr;  // people were asked already
    some.allowed = [&](const Told& told) { return keys.contains(key_of(told)); };
    return fix(some);
  }

  std::set<Key> keys_of(const std::vector<std::size_t>& candidates) const {
    std::set<Key> keys;
    for (const std::size_t i : candidates) keys.insert(key_of(candidates_[i].told));
    return keys;
  }

  void collect() {
    std::set<Key> seen;
    for (const Told& told : first_.fixes)
      if (told.status == Status::applied && seen.insert(key_of(told)).second)
        candidates_.push_back({told});
  }

  // A subject without fixes is in no group; a fix without a subject is told here.
  std::vector<Group> groups() {
    std::vector<Group> groups;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      const std::string file =
          engine::absolute_path(candidates_[i].told.file, first_.before.working_directory);
      Group own{.subjects = {}, .candidates = {i}};
      for (std::size_t s = 0; s < subjects_.size(); ++s)
        if (concerns(subjects_[s], file)) own.subjects.push_back(s);
      if (own.subjects.empty()) {
        reject(i, Status::unproved, "nothing that it changes can be started");
        continue;
      }
      join(groups, std::move(own));
    }
    return groups;
  }

  static void join(std::vector<Group>& groups, Group own) {
    const auto shares = [&](const Group& group) {
      return std::ranges::any_of(group.subjects, [&](std::size_t s) {
        return std::ranges::find(own.subjects, s) != own.subjects.end();
      });
    };
    for (auto group = groups.begin(); group != groups.end();) {
      if (!shares(*group)) {
        ++group;
        continue;
      }
      own.candidates.insert(own.candidates.begin(), group->candidates.begin(),
                            group->candidates.end());
      for (const std::size_t s : group->subjects)
        if (std::ranges::find(own.subjects, s) == own.subjects.end()) own.subjects.push_back(s);
      group = groups.erase(group);
    }
    groups.push_back(std::move(own));
  }

  void reject(std::size_t candidate, Status status, std::string reason) {
    Told told = candidates_[candidate].told;
    told.status = status;
    told.reason = std::move(reason);
    rejected_.push_back(std::move(told));
  }

  void prove_group(const Group& group) {
    measures_.clear();
    find_services(group);
    measure(group);
    std::vector<std::size_t> provable;
    for (const std::size_t i : group.candidates) {
      const std::string why = stop_.load() ? "it was interrupted" : why_unprovable(candidates_[i]);
      if (why.empty())
        provable.push_back(i);
      else
        reject(i, Status::unproved, why);
    }
    if (!provable.empty()) search(group, provable);
  }

  // Which services each fix concerns: those that change when it is made alone.
  void find_services(const Group& group) {
    Names all;
    add_changed(group, first_, all);
    for (const std::size_t i : group.candidates) {
      Names& own = candidates_[i].services;
      if (group.candidates.size() <= kMostSingles && group.candidates.size() > 1) {
        const Outcome alone = try_fixes(keys_of({i}));
        if (!alone.files.empty()) {
          add_changed(group, alone, own);
          continue;
        }
      }
      own = all;
    }
  }

  void add_changed(const Group& group, const Outcome& outcome, Names& into) const {
    for (const std::size_t s : group.subjects)
      for (const std::string& service : changed_services(subjects_[s], outcome))
        into.insert(place_of(subjects_[s], service));
  }

  // The state before the fixes, of all services that one of them concerns.
  void measure(const Group& group) {
    Names wanted;
    for (const std::size_t i : group.candidates)
      wanted.insert(candidates_[i].services.begin(), candidates_[i].services.end());
    for (const std::size_t s : group.subjects) {
      const Subject& subject = subjects_[s];
      Names services;
      for (const std::string& place : wanted)
        if (place.starts_with(place_of(subject, "")))
          services.insert(place.substr(subject.path.size() + 1));
      if (services.empty() || stop_.load()) continue;
      for (auto& [name, seen] : run_side(subject, services, first_.before, fs_, "before"))
        measures_[place_of(subject, name)] = std::move(seen);
    }
  }

  SeenServices run_side(const Subject& subject, const Names& services,
                        const engine::Verdict& verdict, const Fs& fs, std::string_view side) {
    std::map<std::string, std::uint32_t, std::less<>> patience;
    for (const std::string& name : services)
      if (const auto before = measures_.find(place_of(subject, name)); before != measures_.end())
        patience[name] = std::min(limits_.patience_ms, before->second.ms * 3 + 10'000);
    if (!subject.is_project) {
      const auto own = patience.find(subject.path);
      SeenServices seen;
      seen[subject.path] =
          stand_.run_dockerfile(order_of(subject, first_.before.working_directory), fs, side,
                                own == patience.end() ? limits_.patience_ms : own->second);
      return seen;
    }
    const parse::compose::Project* project = project_of(verdict, subject);
    if (project == nullptr || project->model == nullptr) return {};
    return stand_.run({*project, fs, side}, services, patience);
  }

  std::string why_unprovable(const Candidate& candidate) const {
    for (const std::string& place : candidate.services) {
      const auto seen = measures_.find(place);
      const std::string_view name = std::string_view(place).substr(place.find('\n') + 1);
      const std::string why = seen == measures_.end() ? concat({name, " could not be tried"})
                                                      : no_measure(name, seen->second);
      if (!why.empty()) return why;
    }
    return {};
  }

  void search(const Group& group, const std::vector<std::size_t>& provable) {
    Search search(provable);
    while (const auto set = search.next()) {
      const std::optional<Failure> failure = try_set(group, *set);
      search.tried(failure ? &*failure : nullptr);
    }
    for (const std::size_t i : search.proved()) proved_.push_back(i);
    for (const auto& [i, reason] : search.dropped())
      reject(i, untried_.contains(reason) ? Status::unproved : Status::withdrawn, reason);
  }

  std::optional<Failure> try_set(const Group& group, const std::vector<std::size_t>& set) {
    if (stop_.load()) return fail_untried("it was interrupted");
    const Outcome outcome = try_fixes(keys_of(set));
    if (outcome.files.empty()) return std::nullopt;
    const Texts texts = texts_of(outcome);
    const Overlay overlay(fs_, texts, first_.before.working_directory);
    for (const std::size_t s : group.subjects) {
      const Subject& subject = subjects_[s];
      const Names services = changed_services(subject, outcome);
      if (services.empty()) continue;
      for (const auto& [name, after] :
           run_side(subject, services, outcome.after, overlay, "after")) {
        const auto before = measures_.find(place_of(subject, name));
        if (before == measures_.end()) return fail_untried(concat({name, " could not be tried"}));
        if (const std::optional<Worse> worse = compare(name, before->second, after)) {
          if (!after.untried.empty()) untried_.insert(worse->reason);
          return Failure{worse->reason, suspects(set, place_of(subject, name), *worse)};
        }
      }
    }
    return std::nullopt;
  }

  Failure fail_untried(std::string reason) {
    untried_.insert(reason);
    return {std::move(reason), {}};
  }

  // Fixes of that service which write one of the words; otherwise all that concern it.
  std::set<std::size_t> suspects(const std::vector<std::size_t>& set, const std::string& place,
                                 const Worse& worse) const {
    std::set<std::size_t> concerned, suspected;
    for (const std::size_t i : set) {
      if (!candidates_[i].services.contains(place)) continue;
      concerned.insert(i);
      const std::string& text = candidates_[i].told.inserted;
      if (std::ranges::any_of(worse.words, [&](std::string_view word) {
            return text.find(word) != std::string::npos;
          }))
        suspected.insert(i);
    }
    return suspected.empty() ? concerned : suspected;
  }

  Outcome put_together() {
    Outcome result =
        proved_.size() == candidates_.size() ? std::move(first_) : try_fixes(keys_of(proved_));
    std::set<Key> told;
    for (Told& one : result.fixes) {
      told.insert(key_of(one));
      if (one.status == Status::applied) one.status = Status::proved;
    }
    for (Told& one : rejected_) {
      told.insert(key_of(one));
      std::erase_if(result.fixes, [&](const Told& t) { return key_of(t) == key_of(one); });
      result.fixes.push_back(std::move(one));
    }
    for (Told& one : first_.fixes)
      if (one.status == Status::dropped && told.insert(key_of(one)).second)
        result.fixes.push_back(std::move(one));
    std::ranges::stable_sort(result.fixes, {}, [](const Told& t) {
      return std::tuple(std::string_view(t.file), t.line, t.rule->name);
    });
    return result;
  }

  const Settings& settings_;
  const Fs& fs_;
  Stand& stand_;
  const StandSettings& limits_;
  const std::atomic<bool>& stop_;
  Outcome first_;
  std::vector<Candidate> candidates_;
  std::vector<Subject> subjects_;
  std::map<std::string, Seen, std::less<>> measures_;  // by subject and service
  std::vector<std::size_t> proved_;
  std::vector<Told> rejected_;
  std::set<std::string, std::less<>> untried_;  // reasons that speak of no harm
};

}  // namespace

Outcome prove(const Settings& settings, const Fs& fs, Stand& stand, const StandSettings& limits,
              const std::atomic<bool>& stop) {
  return Proving(settings, fs, stand, limits, stop).run();
}

}  // namespace plimsoll::fix::proof
