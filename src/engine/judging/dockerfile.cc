// Judges one Dockerfile: as it stands, or as each service that builds from it makes it.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <variant>

#include "base/concat.h"
#include "engine/judging/judging.h"
#include "facts/lower.h"
#include "facts/unjudged.h"
#include "parse/dockerfile/parse.h"

namespace plimsoll::engine {
namespace {

using parse::dockerfile::Instruction;
using parse::dockerfile::Tree;

// What was derived of one file.
struct Facts {
  const facts::Build* build = nullptr;  // of the first way in which it is built
  bool context_known = false;
  const Profile* profile = nullptr;  // the rules that are asked of it
};

// One way to build it: a stage, arguments and a context, and the services that do so.
struct Way {
  std::string_view target{};
  std::vector<facts::Variable> arguments{};
  std::vector<const BuildUse*> uses{};
};

bool begins_a_build(const Tree& tree) {
  using enum parse::dockerfile::Keyword;
  return !tree.instructions.empty() &&
         (tree.instructions.front().keyword == from || tree.instructions.front().keyword == arg);
}

const Instruction* instruction_at(std::span<const Instruction> instructions, std::uint32_t at) {
  const auto after = std::ranges::upper_bound(instructions, at, {},
                                              [](const Instruction& i) { return i.span.begin; });
  return after == instructions.begin() ? nullptr : &after[-1];
}

Subject subject_at(std::span<const facts::Stage> stages, std::uint32_t at) {
  const auto after = std::ranges::upper_bound(
      stages, at, {}, [](const facts::Stage& s) { return s.from->span.begin; });
  if (after == stages.begin()) return {};
  const facts::Stage& stage = after[-1];
  return {SubjectKind::stage,
          stage.name.empty() ? std::to_string(stage.index) : std::string(stage.name)};
}

// Another --target would ship other stages, and what stands in those may be needed then.
bool is_shipped(const Facts& facts, pragmas::Lines lines) {
  const facts::Build& build = *facts.build;
  if (lines.first == 0) return std::ranges::all_of(build.stages, &facts::Stage::shipped);
  const facts::Stage* in = nullptr;
  for (const facts::Stage& stage : build.stages)
    if (build.source->position(stage.from->span.begin).line <= lines.first) in = &stage;
  return in != nullptr && in->shipped;
}

bool all_understood(const facts::Build& build) {
  return std::ranges::all_of(build.stages, [](const facts::Stage& stage) {
    return std::ranges::all_of(stage.runs, &facts::Run::understood);
  });
}

// Had the rule what it looks at in these lines? If not, its silence means nothing.
bool was_asked(const Facts& facts, const rules::Rule& rule, pragmas::Lines lines) {
  const Selection& selection = facts.profile->selection;
  const auto told = std::span(selection.enabled).first(selection.told);
  if (std::ranges::find(told, &rule) == told.end()) return false;
  if (std::holds_alternative<rules::OnContext>(rule.check)) return facts.context_known;
  if (const auto* on = std::get_if<rules::OnContainer>(&rule.check))
    return on->of != rules::Of::running && is_shipped(facts, lines);
  if (std::holds_alternative<rules::OnCommand>(rule.check)) return all_understood(*facts.build);
  return std::holds_alternative<rules::OnBuild>(rule.check);
}

// What the services that build this make of a finding on the stage's container: they are named
// beside it, or all of them say otherwise.
void compare_with_services(rules::Finding& finding, const rules::Rule& rule,
                           std::span<const BuildUse* const> uses) {
  const auto found_too = [&](const BuildUse* use) {
    return std::ranges::any_of(use->findings, [&](const auto& said) {
      return said.speaks && said.rule == &rule && said.where == finding.where;
    });
  };
  const bool stands = std::ranges::any_of(uses, found_too);
  for (const BuildUse* use : uses) {
    if (stands != found_too(use)) continue;
    finding.related.push_back({use->where, concat({"service '", use->service,
                                                   stands ? "' builds it" : "' says otherwise"})});
  }
  if (!stands && !uses.empty()) finding.severity = rules::Severity::info;
}

bool same_fix(const rules::Fix& a, const rules::Fix& b) {
  return a.title == b.title && a.files == b.files &&
         std::ranges::equal(a.edits, b.edits, [](const text::Edit& x, const text::Edit& y) {
           return x.where == y.where && x.text == y.text;
         });
}

// The fix that the project of the services has for a finding, if all of them are of one, and those
// that have any have the same. Null: none.
const rules::Fix* fix_of_services(const rules::Finding& finding, const rules::Rule& rule,
                                  std::span<const BuildUse* const> uses) {
  const rules::Fix* fix = nullptr;
  for (const BuildUse* use : uses) {
    if (use->project != uses.front()->project) return nullptr;
    for (const BuildUse::Said& said : use->findings) {
      if (said.rule != &rule || said.where != finding.where) continue;
      if (!said.fix || (fix != nullptr && !same_fix(*fix, *said.fix))) return nullptr;
      fix = &*said.fix;
    }
  }
  return fix;
}

class Dockerfile {
 public:
  Dockerfile(const Run& run, const Piece& piece, Worker& worker, Laps& laps, Outcome& outcome)
      : run_(run),
        file_(piece.file),
        number_(piece.number),
        uses_(piece.uses),
        worker_(worker),
        laps_(laps),
        outcome_(outcome) {}

  void judge() {
    const text::Source& source = *run_.sources.read(number_);
    worker_.arena.clear();
    Tree tree = parse::dockerfile::parse(source, worker_.arena);
    if (!file_.named && may_be_source_code(file_name(file_.path)) && !begins_a_build(tree)) {
      run_.sources.forget(number_);  // it only has the name of one
      return;
    }
    const std::string_view unjudged = facts::why_unjudged(source, tree);
    if (!unjudged.empty()) tree = {};  // an empty file, of which no other rule has anything to say
    laps_.end(parse_pass);
    Facts facts{.profile = &run_.profiles.of(number_)};
    worker_.raised.clear();
    const std::vector<Way> all = ways();
    const facts::ByServices by_services{.count = static_cast<std::uint32_t>(uses_.size()),
                                        .in_several_ways = all.size() > 1,
                                        .given = given()};
    for (const Way& way : all) judge_way({tree, unjudged, by_services}, way, facts);
    run_.shellcheck.raise(*facts.build, facts.profile->selection, worker_.raised);
    if (all.size() > 1) drop_repeated();
    take_fixes_of_services(facts);
    finish(facts, outcome_);
    laps_.end(rules_pass);
  }

 private:
  // The command line's --target stands for all.
  [[nodiscard]] std::vector<Way> ways() const {
    std::vector<Way> all;
    for (const BuildUse* use : uses_) {
      if (!run_.settings.target.empty()) break;
      Way way{.target = use->target, .arguments = run_.build_arguments, .uses = {use}};
      for (const auto& [name, value] : use->arguments)
        way.arguments.push_back({.name = name, .text = value});
      const auto same = std::ranges::find_if(all, [&](const Way& other) {
        const BuildUse& first = *other.uses.front();
        return first.target == use->target && first.arguments == use->arguments &&
               first.context == use->context;
      });
      if (same != all.end())
        same->uses.push_back(use);
      else
        all.push_back(std::move(way));
    }
    if (all.empty())
      all.push_back({.target = run_.settings.target, .arguments = run_.build_arguments});
    return all;
  }

  // The names of arguments that services give.
  [[nodiscard]] std::span<const std::string_view> given() const {
    std::set<std::string_view> names;
    for (const BuildUse* use : uses_) names.insert(use->given.begin(), use->given.end());
    return worker_.arena.copy(std::vector<std::string_view>(names.begin(), names.end()));
  }

  void take_fixes_of_services(const Facts& facts) const {
    if (uses_.empty()) return;
    for (Raised& r : worker_.raised)
      if (const rules::Fix* fix =
              fix_of_services(r.finding, *facts.profile->selection.enabled[r.rule], uses_))
        r.finding.fix = *fix;
  }

  // The file as it is for all ways.
  struct Whole {
    const Tree& tree;
    std::string_view unjudged;
    const facts::ByServices& by_services;
  };

  void judge_way(const Whole& whole, const Way& way, Facts& facts) {
    const text::Source& source = *run_.sources.read(number_);
    const facts::BuildSettings settings{.arguments = way.arguments,
                                        .target = way.target,
                                        .unjudged = whole.unjudged,
                                        .today = run_.settings.today,
                                        .settings = &run_.settings.rule_settings,
                                        .by_services = whole.by_services};
    const facts::Build& build =
        *facts::lower_build(source, number_, whole.tree, settings, worker_.arena);
    if (facts.build == nullptr) facts.build = &build;
    if (way.uses.empty() && !way.target.empty() && build.target == nullptr && !build.stages.empty())
      outcome_.errors.push_back(
          {file_.path, 0, concat({"there is no stage '", way.target, "' (--target)"})});
    const facts::Context context = context_of(build, way);
    facts.context_known = facts.context_known || context.known;
    laps_.end(facts_pass);
    // From here on no file is read.
    const Dispatch& dispatch = facts.profile->dispatch;
    dispatch.ask_build(build, worker_.raised);
    if (context.known) dispatch.ask_context(context, worker_.raised);
    for (const BuildUse* use : way.uses)
      outcome_.parts.contexts.push_back({use->where, judge_dockerignore(context)});
    if (build.target == nullptr) return;
    const std::size_t before = worker_.raised.size();
    const facts::Container container = facts::container_of(build, worker_.arena);
    dispatch.ask_container(container, worker_.raised);
    if (way.uses.empty()) add_entry(build, container, context, outcome_);
    for (Raised& r : std::span(worker_.raised).subspan(before))
      compare_with_services(r.finding, *facts.profile->selection.enabled[r.rule], way.uses);
    laps_.end(rules_pass);
  }

  // Of a Dockerfile that no service builds. Secrets in it are added at the end.
  void add_entry(const facts::Build& build, const facts::Container& container,
                 const facts::Context& context, Outcome& outcome) const {
    ChecklistEntry entry =
        judge_checklist(container, subject_at(build.stages, build.target->from->span.begin), {});
    entry.built = true;
    entry.dockerfile = number_;
    answer(entry, ChecklistItem::dockerignore) = judge_dockerignore(context);
    outcome.checklist.push_back(std::move(entry));
  }

  [[nodiscard]] facts::Context context_of(const facts::Build& build, const Way& way) const {
    if (run_.settings.standard_input && file_.path == run_.settings.standard_input_name)
      return {.build = &build};
    // It lies in no folder that could be sent instead.
    if (run_.inlines.holds(number_) && (way.uses.empty() || way.uses.front()->context.empty()))
      return {.build = &build};
    const bool stated = !way.uses.empty() && !way.uses.front()->context.empty();
    return run_.contexts.of(build, file_.path,
                            stated ? run_.sources.shown(way.uses.front()->context) : std::string());
  }

  // What several ways of building it have in common is said once.
  void drop_repeated() const {
    std::vector<Raised>& raised = worker_.raised;
    std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::string>> seen;
    std::erase_if(raised, [&](const Raised& r) {
      const text::Span span = r.finding.where.span;
      return !seen.emplace(r.rule, span.begin, span.end, r.finding.message).second;
    });
  }

  // Gives each finding its severity, subject, instruction and suppression; then those of the
  // comments that suppress.
  void finish(const Facts& facts, Outcome& outcome) {
    const facts::Build& build = *facts.build;
    Suppressions suppressions(*build.source, *build.tree, run_.suppress);
    for (Raised& r : worker_.raised) add(facts, std::move(r), suppressions, outcome);
    if (suppressions.empty() || !facts.profile->dispatch.asks_suppressions() ||
        !build.unjudged.empty())
      return;
    worker_.raised.clear();
    const auto asked = [&](const rules::Rule& rule, pragmas::Lines lines) {
      return was_asked(facts, rule, lines);
    };
    for (const facts::Suppression& suppression : suppressions.tell(build.source_number, asked))
      facts.profile->dispatch.ask_suppression(suppression, worker_.raised);
    for (Raised& r : worker_.raised) add(facts, std::move(r), suppressions, outcome);
  }

  void add(const Facts& facts, Raised raised, Suppressions& suppressions, Outcome& outcome) const {
    const facts::Build& build = *facts.build;
    Judged judged;
    if (!take(raised, *facts.profile, outcome, judged)) return;
    const std::uint32_t at = judged.finding.where.span.begin;
    if (judged.finding.where.source == number_) {
      const Instruction* instruction = instruction_at(build.tree->instructions, at);
      if (instruction != nullptr && at <= instruction->span.end)  // not in a comment behind it
        judged.instruction_line = build.source->position(instruction->span.begin).line;
      judged.subject = subject_at(build.stages, at);
      if (!suppressions.empty()) suppressions.judge(judged, build.source->position(at).line);
    } else {  // the context's ignore file
      judged.subject = {SubjectKind::context,
                        std::string(parent_path(run_.sources.path(judged.finding.where.source)))};
    }
    facts.profile->accept(judged, run_.settings.today);
    outcome.findings.push_back(std::move(judged));
  }

  const Run& run_;
  const FoundFile& file_;
  std::uint32_t number_;
  std::span<const BuildUse* const> uses_;
  Worker& worker_;
  Laps& laps_;
  Outcome& outcome_;
};

}  // namespace

std::vector<text::Place> secrets_in(std::span<const Raised> raised, const Profile& profile) {
  std::vector<text::Place> places;
  for (const Raised& one : raised)
    if (profile.selection.enabled[one.rule]->finds_secrets && !one.finding.message.empty())
      places.push_back(one.finding.where);
  return places;
}

bool take(Raised& raised, const Profile& profile, Outcome& outcome, Judged& judged) {
  for (const text::Span secret : raised.finding.secrets)
    outcome.secrets.push_back({raised.finding.where.source, secret});
  for (const text::Place& secret : raised.finding.hidden) outcome.secrets.push_back(secret);
  const Selection& selection = profile.selection;
  if (selection.enabled[raised.rule]->finds_secrets && !raised.finding.message.empty())
    outcome.parts.secrets.push_back({raised.finding.where.source, raised.finding.where});
  if (raised.rule >= selection.told || raised.finding.message.empty()) return false;
  judged.rule = selection.enabled[raised.rule];
  judged.severity = selection.severity_of(raised.rule, raised.finding);
  judged.finding = std::move(raised.finding);
  return true;
}

std::vector<std::string> scripts_of(const Run& run, std::uint32_t number, Worker& worker) {
  const text::Source& source = *run.sources.read(number);
  worker.arena.clear();
  const Tree tree = parse::dockerfile::parse(source, worker.arena);
  if (!facts::why_unjudged(source, tree).empty()) return {};
  const facts::BuildSettings build_settings{.arguments = run.build_arguments};
  return ShellCheck::texts_of(*facts::lower_build(source, 0, tree, build_settings, worker.arena));
}

void judge_dockerfile(const Run& run, const Piece& piece, Worker& worker, Laps& laps,
                      Outcome& outcome) {
  Dockerfile(run, piece, worker, laps, outcome).judge();
}

}  // namespace plimsoll::engine
