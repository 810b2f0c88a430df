// Rounds: plan; try; keep what is proved; go on with what the changed texts give. The check that
// proves a round is where the next one starts.
#include "fix/fix.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "base/concat.h"
#include "engine/project.h"
#include "engine/snapshot.h"
#include "fix/contexts.h"
#include "fix/merge.h"
#include "fix/overlay.h"
#include "fix/prove.h"
#include "fix/search.h"
#include "fix/units.h"
#include "text/edits.h"

namespace plimsoll::fix {
namespace {

constexpr unsigned kRounds = 10;      // that change a text
constexpr unsigned kIdleRounds = 20;  // one after the other that change none
constexpr std::string_view kEndless = "the fixes of this file would never come to an end";

using Paths = std::set<std::string, std::less<>>;

// Knows a proposal again in a later verdict.
using Mark = std::tuple<std::string, const rules::Rule*, std::uint32_t, std::uint32_t, std::string>;

class Fixing {
 public:
  Fixing(const Settings& settings, const Fs& fs)
      : settings_(settings), fs_(fs), snapshot_(fs), check_(settings.check) {
    check_.keep_projects = true;
    check_.time_passes = false;
  }

  Outcome run() {
    outcome_.before = check({}, texts_);
    first_numbers_ = numbers_of(outcome_.before);
    run_rounds(&outcome_.before);
    // An ignore file ties all Dockerfiles of a folder together, so such changes come when nothing
    // else is left to do.
    if (has_ignore_files_) {
      with_ignore_files_ = true;
      rounds_.push_back(std::make_unique<engine::Verdict>(check({}, texts_)));
      run_rounds(rounds_.back().get());
    }
    finish();
    return std::move(outcome_);
  }

 private:
  void run_rounds(const engine::Verdict* now) {
    unsigned rounds = 0, idle = 0;
    while (true) {
      const Plan planned = plan_round(*now);
      if (planned.chosen.empty()) break;
      if (rounds == kRounds || idle == kIdleRounds) {
        if (rounds == kRounds) give_up(*now, planned);
        break;
      }
      const bool has_changed = do_round(*now, planned);
      if (!next_) break;
      rounds_.push_back(std::move(next_));
      now = rounds_.back().get();
      rounds += has_changed ? 1 : 0;
      idle = has_changed ? 0 : idle + 1;
    }
  }

  using Totals = std::map<std::string, text::Changes, std::less<>>;
  using Numbers = std::map<std::string, std::uint32_t, std::less<>>;

  [[nodiscard]] std::string key(const engine::Verdict& verdict, std::uint32_t source) const {
    return engine::absolute_path(verdict.source(source).path(),
                                 settings_.check.discovery.working_directory);
  }

  [[nodiscard]] Mark mark(const engine::Verdict& verdict, const Proposal& p) const {
    return {key(verdict, p.where.source), p.rule, p.where.span.begin, p.where.span.end, p.title};
  }

  // Of these files, with these texts. None named: all.
  engine::Verdict check(const Paths& only, const Texts& texts) {
    ++outcome_.checks;
    check_.only.assign(only.begin(), only.end());
    if (check_.standard_input) {
      const auto text = texts.find(engine::absolute_path(
          check_.standard_input_name, settings_.check.discovery.working_directory));
      check_.standard_input = text == texts.end() ? settings_.check.standard_input : text->second;
    }
    const Overlay overlay(fs_, texts, settings_.check.discovery.working_directory);
    // A listing from before knows nothing of files that are made.
    engine::Snapshot with_added(overlay);
    engine::Verdict verdict = engine::check(check_, settings_.selection, overlay,
                                            overlay.adds_files() ? with_added : snapshot_);
    if (settings_.accept) settings_.accept(verdict);
    return verdict;
  }

  Plan plan_round(const engine::Verdict& verdict) {
    not_there_.clear();
    Plan result =
        plan(verdict, {.unsafe = settings_.unsafe, .wanted = [&](const Proposal& proposal) {
                         if (!with_ignore_files_ && changes_ignore_file(verdict, proposal)) {
                           has_ignore_files_ = true;
                           return false;
                         }
                         const Mark known = mark(verdict, proposal);
                         if (dropped_.contains(known) || !can_make(verdict, proposal, known))
                           return false;
                         if (settings_.allowed &&
                             !settings_.allowed(told(verdict, proposal, Status::applied)))
                           return false;
                         if (!settings_.wanted) return true;
                         const auto answer = answers_.find(known);
                         if (answer != answers_.end()) return answer->second;
                         return answers_[known] = settings_.wanted(verdict, proposal);
                       }});
    for (Proposal& proposal : result.chosen) leave_out_optional(proposal);
    return result;
  }

  void leave_out_optional(Proposal& proposal) {
    std::erase_if(proposal.files, [&](const rules::NewFile& file) {
      return file.optional && !why_not_there(file.path).empty();
    });
  }

  // Empty: a file can be made there.
  const std::string& why_not_there(const std::string& path) {
    const auto [at, is_new] = not_there_.try_emplace(path);
    if (is_new)
      at->second = why_not_made(shown(path),
                                Overlay(fs_, texts_, settings_.check.discovery.working_directory));
    return at->second;
  }

  // Its new files take no file's place, and there is a folder for them.
  bool can_make(const engine::Verdict& verdict, const Proposal& proposal, const Mark& known) {
    if (proposal.files.empty()) return true;
    std::string reason;
    if (check_.standard_input) reason = "it needs a file beside this one";
    for (const rules::NewFile& file : proposal.files)
      if (reason.empty() && !file.optional) reason = why_not_there(file.path);
    if (reason.empty()) return true;
    Told dropped = told(verdict, proposal, Status::dropped);
    dropped.reason = std::move(reason);
    dropped_.emplace(known, std::move(dropped));
    return false;
  }

  // One unit while the fixes that can stand are searched for.
  struct Attempt {
    const Unit* unit;
    Search search;
    std::vector<std::size_t> trying{};
  };

  // What all attempts try at once.
  struct Trying {
    std::vector<const Proposal*> applied;
    std::vector<std::size_t> indexes;  // in the plan, of each
    std::map<std::uint32_t, text::Changes> changes;
    Texts texts;
    Paths only;
  };

  bool do_round(const engine::Verdict& now, const Plan& planned) {
    const std::vector<Unit> units = units_of(now, planned);
    std::vector<Attempt> attempts;
    attempts.reserve(units.size());
    for (const Unit& unit : units) attempts.push_back({&unit, Search(unit.chosen)});
    next_.reset();
    unsigned trials = 0;
    engine::Verdict after;
    while (true) {
      std::vector<Attempt*> open;
      for (Attempt& attempt : attempts)
        if (auto set = attempt.search.next()) {
          attempt.trying = std::move(*set);
          open.push_back(&attempt);
        }
      if (open.empty()) break;
      ++trials;
      after = try_all(now, planned, open);
    }
    bool has_changed = false;
    Paths active;
    for (const Attempt& attempt : attempts) has_changed |= keep(now, planned, attempt, active);
    if (trials == 1 && dropped_in_round_ == 0)
      next_ = std::make_unique<engine::Verdict>(std::move(after));
    else if (!active.empty())
      next_ = std::make_unique<engine::Verdict>(check(active, texts_));
    dropped_in_round_ = 0;
    return has_changed;
  }

  Trying put_together(const engine::Verdict& now, const Plan& planned,
                      const std::vector<Attempt*>& open) {
    Trying t;
    for (const Attempt* attempt : open) {
      for (const std::size_t i : attempt->trying) {
        t.applied.push_back(&planned.chosen[i]);
        t.indexes.push_back(i);
      }
      for (const std::uint32_t source : attempt->unit->sources) t.only.insert(key(now, source));
    }
    t.texts = texts_;
    for (const auto& [source, edits] : edits_of(t.applied)) {
      Result<std::string> text = text::apply_edits(now.source(source).bytes(), edits);
      if (!text) continue;  // not so: the plan has seen to it
      t.texts[key(now, source)] = std::move(*text);
      t.changes.emplace(source, text::Changes(edits));
    }
    for (const Proposal* proposal : t.applied)
      for (const rules::NewFile& file : proposal->files) {
        t.texts[file.path] = file.text;
        t.only.insert(file.path);
      }
    return t;
  }

  engine::Verdict try_all(const engine::Verdict& now, const Plan& planned,
                          const std::vector<Attempt*>& open) {
    const Trying t = put_together(now, planned, open);
    engine::Verdict after = check(t.only, t.texts);
    std::map<std::uint32_t, Failure> failures =
        prove({.before = now,
               .after = after,
               .applied = t.applied,
               .changes = t.changes,
               .working_directory = settings_.check.discovery.working_directory});
    for (auto& [source, failure] : failures) {
      std::set<std::size_t> suspects;
      for (const std::size_t i : failure.suspects) suspects.insert(t.indexes[i]);
      failure.suspects = std::move(suspects);
    }
    tell_attempts(open, failures);
    return after;
  }

  // A failure that no unit has caused by its own files is laid at the door of all.
  static void tell_attempts(const std::vector<Attempt*>& open,
                            const std::map<std::uint32_t, Failure>& failures) {
    std::map<std::uint32_t, const Attempt*> owners;
    for (const Attempt* attempt : open)
      for (const std::uint32_t source : attempt->unit->sources) owners.emplace(source, attempt);
    std::map<const Attempt*, const Failure*> failed;
    const Failure* of_all = nullptr;
    for (const auto& [source, failure] : failures) {
      const auto owner = owners.find(source);
      if (owner != owners.end())
        failed.emplace(owner->second, &failure);
      else if (of_all == nullptr)
        of_all = &failure;
    }
    for (Attempt* attempt : open) {
      const auto own = failed.find(attempt);
      attempt->search.tried(own == failed.end() ? of_all : own->second);
    }
  }

  // Takes over what the search has proved. True: a text has changed.
  bool keep(const engine::Verdict& now, const Plan& planned, const Attempt& attempt,
            Paths& active) {
    std::vector<const Proposal*> applied;
    for (const std::size_t i : attempt.search.proved()) {
      applied.push_back(&planned.chosen[i]);
      outcome_.fixes.push_back(told(now, planned.chosen[i], Status::applied));
    }
    if (!applied.empty()) forget_dropped(now, *attempt.unit);
    for (const auto& [i, reason] : attempt.search.dropped()) {
      if (!applied.empty()) continue;  // it is tried again with the new text
      Told dropped = told(now, planned.chosen[i], Status::dropped);
      dropped.reason = reason;
      dropped_.emplace(mark(now, planned.chosen[i]), std::move(dropped));
    }
    dropped_in_round_ += attempt.search.dropped().size();
    if (!applied.empty() || attempt.unit->has_deferred)
      for (const std::uint32_t source : attempt.unit->sources) active.insert(key(now, source));
    for (const auto& [source, edits] : edits_of(applied)) {
      const std::string path = key(now, source);
      const text::Changes changes(edits);
      texts_[path] = *text::apply_edits(now.source(source).bytes(), edits);
      totals_[path] = totals_[path].then(changes);
      move_answers(path, changes);
    }
    for (const Proposal* proposal : applied) keep_files(now, *proposal);
    return !applied.empty();
  }

  void keep_files(const engine::Verdict& now, const Proposal& proposal) {
    Paths together{key(now, proposal.where.source)};
    for (const text::Edit& edit : proposal.edits) together.insert(key(now, edit.where.source));
    for (const rules::NewFile& file : proposal.files) {
      together.insert(file.path);
      if (!created_.emplace(file.path, Created{{}, file.secret, file.mounted}).second) continue;
      texts_[file.path] = file.text;
      const text::Edit all{{}, file.text};
      totals_[file.path] = text::Changes({&all, 1});
    }
    if (together.size() > 1) together_.push_back(std::move(together));
  }

  void forget_dropped(const engine::Verdict& now, const Unit& unit) {
    Paths files;
    for (const std::uint32_t source : unit.sources) files.insert(key(now, source));
    std::erase_if(dropped_,
                  [&](const auto& one) { return files.contains(std::get<0>(one.first)); });
  }

  // An answer stays with its finding while the text around it moves.
  void move_answers(const std::string& path, const text::Changes& changes) {
    std::map<Mark, bool> moved;
    for (auto& [known, answer] : answers_) {
      Mark now = known;
      if (std::get<0>(now) == path) {
        const text::Span span = changes.forward({std::get<2>(now), std::get<3>(now)});
        std::get<2>(now) = span.begin, std::get<3>(now) = span.end;
      }
      moved.emplace(std::move(now), answer);
    }
    answers_ = std::move(moved);
  }

  // The line of a place in the text as it was at first.
  [[nodiscard]] std::uint32_t first_line(const engine::Verdict& verdict, text::Place where) const {
    const std::string path = key(verdict, where.source);
    const auto total = totals_.find(path);
    if (total == totals_.end()) return verdict.source(where.source).position(where.span.begin).line;
    const auto first = first_numbers_.find(path);
    if (first == first_numbers_.end()) return 1;  // it was not there
    const text::Source& source = outcome_.before.source(first->second);
    return source.position(total->second.back(where.span).begin).line;
  }

  [[nodiscard]] Numbers numbers_of(const engine::Verdict& verdict) const {
    Numbers numbers;
    for (std::uint32_t i = 0; i < verdict.sources.size(); ++i)
      if (verdict.sources[i]) numbers.emplace(key(verdict, i), i);
    return numbers;
  }

  [[nodiscard]] Told told(const engine::Verdict& now, const Proposal& p, Status status) const {
    std::string inserted;
    for (const text::Edit& edit : p.edits) inserted += concat({edit.text, "\n"});
    return {.file = now.source(p.where.source).path(),
            .line = first_line(now, p.where),
            .rule = p.rule,
            .title = p.title,
            .safety = p.safety,
            .status = status,
            .inserted = std::move(inserted)};
  }

  // Where fixes call for each other without end nothing is fixed: the next run would go on.
  void give_up(const engine::Verdict& now, const Plan& planned) {
    Paths files;
    for (const Unit& unit : units_of(now, planned))
      for (const std::uint32_t source : unit.sources) files.insert(key(now, source));
    withdraw(std::move(files), kEndless);
  }

  // And the files that some fix has changed or made together with these.
  void withdraw(Paths files, std::string_view reason) {
    has_withdrawn_ = true;
    const auto meets = [&](const Paths& together) {
      return std::ranges::any_of(together,
                                 [&](const std::string& file) { return files.contains(file); });
    };
    for (std::size_t known = 0; known != files.size();) {
      known = files.size();
      for (const Paths& together : together_)
        if (meets(together)) files.insert(together.begin(), together.end());
    }
    for (const std::string& path : files) {
      texts_.erase(path);
      totals_.erase(path);
    }
    for (Told& one : outcome_.fixes)
      if (one.status == Status::applied &&
          files.contains(
              engine::absolute_path(one.file, settings_.check.discovery.working_directory))) {
        one.status = Status::dropped;
        one.reason = reason;
      }
  }

  // Once more over all, unless the rounds have said all of it: files that no fix was thought to
  // concern must be as they were.
  void judge_result() {
    if (!has_withdrawn_ && created_.empty())
      if (auto merged = merge(check_, settings_.selection, outcome_.before, texts_, rounds_)) {
        outcome_.after = std::move(*merged);
        return;
      }
    outcome_.after = check({}, texts_);
    std::map<std::uint32_t, text::Changes> changes;
    for (const auto& [path, total] : totals_)
      if (const auto first = first_numbers_.find(path); first != first_numbers_.end())
        changes.emplace(first->second, total);
    const std::map<std::uint32_t, Failure> failures =
        prove({.before = outcome_.before,
               .after = outcome_.after,
               .applied = {},
               .changes = changes,
               .working_directory = settings_.check.discovery.working_directory});
    for (const auto& [source, failure] : failures) {
      if (source != kNowhere && changes.contains(source)) continue;  // proved round by round
      Paths all;
      for (const auto& [path, text] : texts_) all.insert(path);
      withdraw(std::move(all), failure.reason);
      return;
    }
  }

  void finish() {
    if (!texts_.empty()) judge_result();
    for (auto& [known, one] : dropped_) outcome_.fixes.push_back(std::move(one));
    const Numbers numbers = texts_.empty() ? Numbers() : numbers_of(outcome_.after);
    for (const auto& [path, text] : texts_) {
      if (const auto made = created_.find(path); made != created_.end()) {
        outcome_.files.push_back(
            {.path = shown(path),
             .changes = totals_[path],
             .created = Created{text, made->second.secret, made->second.mounted}});
        continue;
      }
      const auto before = std::as_const(first_numbers_).find(path), after = numbers.find(path);
      if (before == first_numbers_.end() || after == numbers.end()) continue;
      outcome_.files.push_back({.path = outcome_.before.source(before->second).path(),
                                .before = before->second,
                                .after = after->second,
                                .changes = totals_[path]});
    }
    const Overlay after(fs_, texts_, settings_.check.discovery.working_directory);
    outcome_.contexts = measure_contexts(outcome_, fs_, after);
    if (!settings_.unsafe) tell_unsafe();
    std::ranges::stable_sort(outcome_.fixes, {}, [](const Told& t) {
      return std::tuple(std::string_view(t.file), t.line, t.rule->name);
    });
  }

  [[nodiscard]] std::string shown(const std::string& path) const {
    const std::string& folder = settings_.check.discovery.working_directory;
    const bool is_below = path.starts_with(folder) && path[folder.size()] == '/';
    return is_below ? path.substr(folder.size() + 1) : path;
  }

  void tell_unsafe() {
    const engine::Verdict& result = outcome_.result();
    for (const engine::Judged& judged : result.findings) {
      const std::optional<rules::Fix>& proposed = judged.finding.fix;
      if (judged.suppressed || !proposed || proposed->safety == rules::Safety::safe) continue;
      outcome_.fixes.push_back(told(result,
                                    {.rule = judged.rule,
                                     .safety = proposed->safety,
                                     .title = proposed->title,
                                     .where = judged.finding.where},
                                    Status::unsafe));
    }
  }

  const Settings& settings_;
  const Fs& fs_;
  engine::Snapshot snapshot_;
  engine::CheckSettings check_;
  Outcome outcome_;
  Texts texts_;                                          // of changed files
  Totals totals_;                                        // from the text at first to that
  std::map<std::string, Created, std::less<>> created_;  // of these, without the text
  std::vector<Paths> together_;  // the files of each fix that concerns several
  Numbers first_numbers_;
  std::map<Mark, Told> dropped_;
  std::map<Mark, bool> answers_;
  std::map<std::string, std::string> not_there_;  // in this round, by path: why no file can be made
  std::size_t dropped_in_round_ = 0;
  std::unique_ptr<engine::Verdict> next_;                      // what the next round starts from
  Rounds rounds_;                                              // all that were that
  bool has_ignore_files_ = false, with_ignore_files_ = false;  // changes of ignore files
  bool has_withdrawn_ = false;
};

}  // namespace

Outcome fix(const Settings& settings, const Fs& fs) {
  return Fixing(settings, fs).run();
}

}  // namespace plimsoll::fix
