// Findings before and after are set side by side, rule by rule: each one afterwards must have been
// there, at the place that it came from, and not among those that were to go.
#include "fix/prove.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "base/concat.h"
#include "engine/project.h"

namespace plimsoll::fix {
namespace {

// A finding of one rule in one file, where it is in the new text.
struct Spot {
  text::Span span;
  const engine::Judged* judged;
  std::optional<std::size_t> applied{};  // the proposal that was to remove it
};

struct Group {
  std::vector<Spot> before, after;
};

// Takes a spot that the range meets, the one that ends first, so that the others are left for those
// that come behind. Ranges must come by rising begins; a spot is used once.
class Spots {
 public:
  explicit Spots(std::vector<const Spot*> spots) : spots_(std::move(spots)) {
    std::ranges::sort(spots_, {}, [](const Spot* s) { return s->span.begin; });
  }
  const Spot* take(text::Span range) {
    for (; next_ < spots_.size() && spots_[next_]->span.begin <= range.end; ++next_)
      open_.emplace(spots_[next_]->span.end, spots_[next_]);
    open_.erase(open_.begin(), open_.lower_bound(range.begin));
    // What was opened for a longer range may lie behind this one; a few of those are passed over.
    int patience = 16;
    for (auto at = open_.begin(); at != open_.end() && patience-- > 0; ++at) {
      if (at->second->span.begin > range.end) continue;
      const Spot* taken = at->second;
      open_.erase(at);
      return taken;
    }
    return nullptr;
  }

 private:
  std::vector<const Spot*> spots_;
  std::size_t next_ = 0;
  std::multimap<std::uint32_t, const Spot*> open_;  // by their ends
};

class Proof {
 public:
  explicit Proof(const Trial& trial) : trial_(trial) {
    for (std::uint32_t i = 0; i < trial.before.sources.size(); ++i)
      if (trial.before.sources[i]) before_numbers_.emplace(key(trial.before, i), i);
    for (std::uint32_t i = 0; i < trial.after.sources.size(); ++i)
      if (trial.after.sources[i]) after_numbers_.emplace(key(trial.after, i), i);
    for (const engine::LoadedProject& project : trial.before.projects)
      of_projects_.insert(project.sources.begin(), project.sources.end());
    earlier_.assign(trial.after.sources.size(), kNowhere);
    for (const auto& [path, number] : after_numbers_)
      if (const auto before = before_numbers_.find(path); before != before_numbers_.end())
        earlier_[number] = before->second;
  }

  std::map<std::uint32_t, Failure> run() {
    compare_texts();
    compare_contexts();
    compare_projects();
    compare_errors();
    compare_findings();
    return std::move(failures_);
  }

 private:
  [[nodiscard]] std::string key(const engine::Verdict& verdict, std::uint32_t number) const {
    return engine::absolute_path(verdict.source(number).path(), trial_.working_directory);
  }

  // The first reason stands.
  void failed(std::uint32_t source, std::string reason, std::set<std::size_t> suspects) {
    failures_.try_emplace(source, Failure{std::move(reason), std::move(suspects)});
  }

  // The proposals with an edit that is, or has left, something in this range of the new text.
  [[nodiscard]] std::set<std::size_t> suspects_at(std::uint32_t source, text::Span after) const {
    std::set<std::size_t> suspects;
    const auto changes = trial_.changes.find(source);
    if (changes == trial_.changes.end()) return suspects;
    if (changes->second.met_after(after) == nullptr) return suspects;
    const text::Span before = changes->second.back(after);
    for (std::size_t i = 0; i < trial_.applied.size(); ++i)
      for (const text::Edit& edit : trial_.applied[i]->edits)
        if (edit.where.source == source && edit.where.span.begin <= before.end &&
            edit.where.span.end >= before.begin)
          suspects.insert(i);
    return suspects;
  }

  void compare_texts() {
    for (const auto& [source, changes] : trial_.changes) {
      const auto now = after_numbers_.find(key(trial_.before, source));
      if (now == after_numbers_.end()) {
        failed(source, "the file could no longer be read", {});
        continue;
      }
      const Pair& pair = pairs_
                             .try_emplace(source, Pair{trial_.before.source(source),
                                                       trial_.after.source(now->second), changes})
                             .first->second;
      by_before_.emplace(source, &pair);
      by_after_.emplace(now->second, &pair);
      if (std::string wrong = damaged_text(pair); !wrong.empty())
        failed(source, std::move(wrong), {});
      text::Span where{};
      std::string wrong;
      if (std::ranges::binary_search(trial_.before.dockerfiles, source))
        wrong = damaged_dockerfile(pair, where);
      else if (!of_projects_.contains(source) && !pair.before.path().ends_with("ignore"))
        wrong = damaged_run_lines(pair, where);
      if (!wrong.empty()) failed(source, std::move(wrong), suspects_at(source, where));
    }
  }

  // Ignore files that a fix makes, and those that it changes.
  void compare_contexts() {
    // All Dockerfiles of a folder may ask for the same file, which is judged once.
    std::map<std::string_view, std::pair<const rules::NewFile*, std::set<std::size_t>>> made;
    for (std::size_t i = 0; i < trial_.applied.size(); ++i)
      for (const rules::NewFile& file : trial_.applied[i]->files) {
        auto& [first, askers] = made[file.path];
        first = &file;
        askers.insert(i);
      }
    for (auto& [path, one] : made)
      compare_context(std::string(path), {}, one.first->text,
                      trial_.applied[*one.second.begin()]->where.source, one.second);
    for (const auto& [source, pair] : by_before_)
      compare_context(key(trial_.before, source), pair->before.bytes(), pair->after.bytes(), source,
                      {});
  }

  void compare_context(const std::string& path, std::string_view before, std::string_view after,
                       std::uint32_t source, std::set<std::size_t> suspects) {
    if (!is_ignore_file(path)) return;
    for (const std::uint32_t dockerfile : trial_.before.dockerfiles) {
      if (!trial_.before.sources[dockerfile] || !is_served_by(path, key(trial_.before, dockerfile)))
        continue;
      // As it is then: the fix may have taken the COPY away.
      const auto now = after_numbers_.find(key(trial_.before, dockerfile));
      const text::Source& text = now == after_numbers_.end() ? trial_.before.source(dockerfile)
                                                             : trial_.after.source(now->second);
      std::string wrong = starved_copy(text, before, after);
      if (wrong.empty()) continue;
      failed(source, std::move(wrong), std::move(suspects));
      return;
    }
  }

  // Projects are known by their main file.
  void compare_projects() {
    std::map<std::string, const engine::LoadedProject*> after;
    for (const engine::LoadedProject& project : trial_.after.projects)
      if (!project.sources.empty())
        after.emplace(key(trial_.after, project.sources.front()), &project);
    for (const engine::LoadedProject& project : trial_.before.projects) {
      const auto changed = std::ranges::find_if(
          project.sources, [&](std::uint32_t source) { return trial_.changes.contains(source); });
      if (changed == project.sources.end()) continue;
      const auto now = after.find(key(trial_.before, project.sources.front()));
      if (now == after.end()) {
        failed(*changed, "the project could no longer be found", {});
        continue;
      }
      std::string wrong = damaged_model({.before = *project.loaded,
                                         .after = *now->second->loaded,
                                         .by_before = by_before_,
                                         .by_after = by_after_});
      if (!wrong.empty()) failed(*changed, std::move(wrong), {});
    }
  }

  void compare_errors() {
    std::set<std::pair<std::string_view, std::string_view>> known;
    for (const engine::InputError& error : trial_.before.errors)
      known.emplace(error.file, error.message);
    for (const engine::InputError& error : trial_.after.errors) {
      if (known.contains({error.file, error.message})) continue;
      const auto source =
          before_numbers_.find(engine::absolute_path(error.file, trial_.working_directory));
      failed(source == before_numbers_.end() ? kNowhere : source->second, error.message, {});
    }
  }

  using Groups = std::map<std::tuple<std::uint32_t, std::string_view, std::string_view>, Group>;

  static Groups::key_type group_key(std::uint32_t source, const engine::Judged& judged) {
    return {source, judged.rule->name, judged.finding.shellcheck_code};
  }

  // By the numbers of `before`. Accepted findings take no part, but that none may come of one that
  // was to go.
  [[nodiscard]] Groups group_findings() {
    Groups groups;
    for (const engine::Judged& judged : trial_.after.findings) {
      const text::Place where = judged.finding.where;
      const std::uint32_t source = earlier_[where.source];
      if (source != kNowhere)
        groups[group_key(source, judged)].after.push_back({where.span, &judged});
      else if (!judged.suppressed)
        failed(kNowhere, told(judged), {});
    }
    std::map<std::tuple<const rules::Rule*, std::uint32_t, std::uint32_t, std::uint32_t>,
             std::vector<std::size_t>>
        applied;
    for (std::size_t i = 0; i < trial_.applied.size(); ++i) {
      const Proposal& p = *trial_.applied[i];
      applied[{p.rule, p.where.source, p.where.span.begin, p.where.span.end}].push_back(i);
    }
    for (const engine::Judged& judged : trial_.before.findings) {
      const text::Place where = judged.finding.where;
      const auto group = groups.find(group_key(where.source, judged));
      if (group == groups.end() || judged.suppressed) continue;
      Spot spot{now_at(where), &judged};
      const auto fixed =
          applied.find({judged.rule, where.source, where.span.begin, where.span.end});
      if (fixed != applied.end() && judged.finding.fix)
        for (const std::size_t i : fixed->second)
          if (trial_.applied[i]->message == judged.finding.message) spot.applied = i;
      group->second.before.push_back(spot);
    }
    return groups;
  }

  [[nodiscard]] text::Span now_at(const text::Place& where) const {
    const auto changes = trial_.changes.find(where.source);
    return changes == trial_.changes.end() ? where.span : changes->second.forward(where.span);
  }

  [[nodiscard]] std::string told(const engine::Judged& judged) const {
    const text::Source& source = trial_.after.source(judged.finding.where.source);
    return concat({"it would add a finding: ", judged.rule->name, " in line ",
                   std::to_string(source.position(judged.finding.where.span.begin).line)});
  }

  // What hadolint has kept quiet about, and would report now, is a finding that has come, unless it
  // can be fixed in its turn: it takes `apt install` for none, and `apt-get install` of the same
  // packages for unpinned. Projects stop their builds by its ids.
  static std::string_view gained_id(const engine::Judged& before, const engine::Judged& after) {
    if (after.finding.fix) return {};
    const std::uint32_t gained = after.finding.aliases & ~before.finding.aliases;
    const std::span<const rules::Alias> aliases = after.rule->aliases;
    for (std::size_t i = 0; i < aliases.size(); ++i)
      if ((gained >> i & 1U) != 0 && aliases[i].tool == "hadolint") return aliases[i].id;
    return {};
  }

  // From the beginning of the line that the finding is in.
  [[nodiscard]] text::Span with_line(const text::Place& where) const {
    const std::string_view bytes = trial_.after.source(where.source).bytes();
    const std::size_t newline = bytes.substr(0, where.span.begin).rfind('\n');
    const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
    return {static_cast<std::uint32_t>(begin), where.span.end};
  }

  void compare_old(std::uint32_t source, const Spot& before, const Spot& now) {
    const std::string_view id = gained_id(*before.judged, *now.judged);
    if (id.empty()) return;
    const text::Place where = now.judged->finding.where;
    const text::Source& text = trial_.after.source(where.source);
    failed(source,
           concat({"hadolint would report ", id, " in line ",
                   std::to_string(text.position(where.span.begin).line)}),
           suspects_at(source, with_line(where)));
  }

  void compare_findings() {
    for (auto& [group_key, group] : group_findings()) compare_group(std::get<0>(group_key), group);
  }

  void compare_group(std::uint32_t source, Group& group) {
    std::ranges::stable_sort(group.after, {}, [](const Spot& s) { return s.span.begin; });
    std::vector<const Spot*> stay, go;
    for (const Spot& spot : group.before) (spot.applied ? go : stay).push_back(&spot);
    Spots old(std::move(stay)), to_go(std::move(go));
    for (const Spot& now : group.after) {
      const Spot* before = now.judged->suppressed ? nullptr : old.take(now.span);
      if (before != nullptr) {
        compare_old(source, *before, now);
        continue;
      }
      if (const Spot* left = to_go.take(now.span))
        failed(source, "its finding would stay", {*left->applied});
      else if (!now.judged->suppressed)
        failed(source, told(*now.judged), suspects_at(source, now.span));
    }
  }

  const Trial& trial_;
  std::map<std::string, std::uint32_t, std::less<>> before_numbers_, after_numbers_;
  std::vector<std::uint32_t> earlier_;  // the number in `before` of each source of `after`
  std::map<std::uint32_t, Pair> pairs_;
  std::set<std::uint32_t> of_projects_;  // sources of Compose projects
  std::map<std::uint32_t, const Pair*> by_before_, by_after_;
  std::map<std::uint32_t, Failure> failures_;
};

}  // namespace

std::map<std::uint32_t, Failure> prove(const Trial& trial) {
  return Proof(trial).run();
}

}  // namespace plimsoll::fix
