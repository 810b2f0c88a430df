// Judges one Compose project: each service as the container that would run, joined with what it
// builds from.
#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/concat.h"
#include "engine/compose_files.h"
#include "engine/judging/judging.h"
#include "facts/join.h"
#include "facts/lower.h"
#include "facts/services.h"
#include "facts/unjudged.h"
#include "parse/compose/load.h"
#include "parse/dockerfile/parse.h"
#include "parse/ignorefile/gitignore.h"
#include "rules/compose_edits.h"

namespace plimsoll::engine {
namespace {

using parse::compose::LoadSettings;

SubjectKind subject_kind(facts::ContainerKind kind) {
  return kind == facts::ContainerKind::job ? SubjectKind::job : SubjectKind::service;
}

class Judging {
 public:
  Judging(const Run& run, const ProjectFiles& files, Worker& worker, ProjectOutcome& outcome)
      : run_(run), files_(files), worker_(worker), outcome_(outcome) {}

  void judge(Laps& laps) {
    worker_.arena.clear();
    const std::uint32_t main = run_.sources.number(files_.files.front());
    const text::Source* source = run_.sources.read(main);
    laps.end(read_pass);
    if (source == nullptr) {
      outcome_.findings.errors.push_back(*run_.sources.error(main));
      return;
    }
    profile_ = &run_.profiles.of(main);
    parse::compose::WrittenFiles texts{worker_.arena};
    const std::shared_ptr<const parse::compose::Project> loaded = load(texts);
    if (run_.settings.keep_projects) outcome_.loaded = loaded;
    note_sources(*loaded);
    laps.end(parse_pass);
    // Its containers point at it.
    facts::Project& project = *facts::lower_project(*loaded, worker_.arena,
                                                    facts::why_unjudged(*source, *loaded), &texts);
    project.contexts = contexts_of(project);
    project.variables_file.ignore_file = gitignore_for(project.variables_file.path);
    if (!project.gaps.empty()) outcome_.findings.incomplete = true;
    laps.end(facts_pass);
    worker_.raised.clear();
    profile_->dispatch.ask_project(project, worker_.raised);
    tell({});
    if (project.unjudged.empty())
      for (const facts::Container& container : project.containers) judge_container(container);
    laps.end(rules_pass);
  }

 private:
  [[nodiscard]] LoadSettings settings_for(const std::vector<std::string>& files) const {
    const std::string& here = run_.settings.discovery.working_directory;
    LoadSettings settings{.working_directory = here.empty() ? "/" : here,
                          .environment = run_.settings.environment,
                          .env_files = run_.settings.env_files,
                          .profiles = run_.settings.profiles,
                          .all_services = run_.settings.profiles.empty(),
                          .resolve_environment = true,
                          .root = run_.root};
    for (const std::string& file : files) settings.files.push_back(run_.sources.absolute(file));
    // The root folder gives no name, and Compose would ask for one; what is judged needs none.
    if (parent_path(settings.files.front()).size() <= 1) settings.name = "project";
    return settings;
  }

  // A file that Compose refuses by itself may be one that lies over another.
  [[nodiscard]] std::unique_ptr<parse::compose::Project> load(
      parse::compose::WrittenFiles& texts) const {
    const parse::compose::Files reader = compose_files(run_.sources, run_.fs);
    auto alone = parse::compose::load(settings_for(files_.files), reader, &texts);
    if (files_.over.empty() || alone->problems.empty()) return alone;
    std::vector<std::string> both = files_.over;
    both.insert(both.end(), files_.files.begin(), files_.files.end());
    // The same files again: services are found by their places, whichever tree they are in.
    auto together = parse::compose::load(settings_for(both), reader, &texts);
    return together->problems.empty() ? std::move(together) : std::move(alone);
  }

  // But for the base that it was tried over: that stands for itself.
  void note_sources(const parse::compose::Project& loaded) {
    outcome_.sources = loaded.sources;
    for (const std::string& base : files_.over)
      std::erase(outcome_.sources, run_.sources.number(base));
  }

  void judge_container(const facts::Container& container) {
    const BuildUse* use = nullptr;
    facts::Container joined = container;
    if (container.service != nullptr && container.service->build != nullptr)
      use = join_with_stage(*container.service->build, container, joined);
    joined.today = run_.settings.today;
    joined.settings = &run_.settings.rule_settings;
    worker_.raised.clear();
    profile_->dispatch.ask_container(joined, worker_.raised);
    drop_inherited(container);
    add_entry(joined, use);
    if (use != nullptr) give_to_dockerfile(outcome_.uses.back());
    tell({subject_kind(container.kind), std::string(container.name)});
  }

  // A `pre_start` container has its service's keys, of which the service told already; it comes
  // behind that.
  void drop_inherited(const facts::Container& container) {
    const bool of_service = container.service != nullptr && !container.service->of.empty();
    if (!of_service) said_.clear();
    std::erase_if(worker_.raised, [&](Raised& r) {
      const text::Place where = r.finding.where;
      const Said said{r.rule, where.source, where.span.begin, where.span.end};
      if (of_service) return said_.contains(said);
      said_.insert(said);
      return false;
    });
  }

  // Each once for every Dockerfile, which may have an ignore file of its own.
  [[nodiscard]] std::span<const facts::ContextFolder> contexts_of(
      const facts::Project& project) const {
    constexpr std::size_t kMost = 64;
    std::vector<facts::ContextFolder> folders;
    std::set<std::pair<std::string_view, std::string_view>> seen;
    for (const facts::Container& c : project.containers) {
      const facts::BuildSection* build = c.service != nullptr ? c.service->build : nullptr;
      if (build == nullptr || build->directory.empty() ||
          !is_inside(concat({build->directory, "/"})) || folders.size() == kMost ||
          !seen.emplace(build->directory, build->file).second)
        continue;
      const std::string folder = run_.sources.shown(build->directory);
      if (!run_.snapshot.list(folder).entries) continue;
      const std::string file =
          build->file.empty() ? join_path(folder, "Dockerfile") : run_.sources.shown(build->file);
      folders.push_back({.directory = build->directory,
                         .service = c.name,
                         .ignore_file = worker_.arena.copy(
                             run_.sources.absolute(run_.contexts.ignore_file_of(file, folder))),
                         .ignore_patterns = run_.contexts.patterns(file, folder)});
    }
    return worker_.arena.copy(folders);
  }

  // Of a file that must not get into a repository: the .gitignore beside it, if it lies in a work
  // tree whose ignore files do not say so. Only fixes ask.
  [[nodiscard]] std::string_view gitignore_for(std::string_view path) const {
    if (!run_.settings.keep_projects || path.empty() || !is_inside(path) ||
        !run_.fs.status(run_.sources.shown(join_path(run_.root, ".git"))))
      return {};
    using parse::ignorefile::Verdict;
    Verdict verdict = Verdict::silent;
    const std::string own(parent_path(path));
    std::string folder = run_.root;
    while (true) {
      const std::string at = join_path(folder, ".gitignore");
      const Snapshot::Listing& listing = run_.snapshot.list(run_.sources.shown(folder));
      if (listing.entries && listing.has(".gitignore"))
        if (const text::Source* source =
                run_.sources.read(run_.sources.number(run_.sources.shown(at)))) {
          const Verdict said =
              match_gitignore(parse::ignorefile::parse_gitignore(source->bytes()),
                              path.substr(folder.size() + (folder.ends_with('/') ? 0 : 1)), false);
          if (said != Verdict::silent) verdict = said;
        }
      if (folder.size() >= own.size()) break;
      const std::size_t begin = folder.ends_with('/') ? folder.size() : folder.size() + 1;
      folder = own.substr(0, own.find('/', begin));
    }
    if (verdict == Verdict::ignored) return {};
    return worker_.arena.copy(join_path(own, ".gitignore"));
  }

  // Containers that prepare for a service are no services.
  void add_entry(const facts::Container& container, const BuildUse* use) {
    if (container.service != nullptr && !container.service->of.empty()) return;
    ChecklistEntry entry =
        judge_checklist(container, {subject_kind(container.kind), std::string(container.name)},
                        secrets_in(worker_.raised, *profile_));
    if (use != nullptr) entry.dockerfile = use->dockerfile;
    entry.built = use != nullptr;
    outcome_.findings.checklist.push_back(std::move(entry));
  }

  static constexpr std::uint32_t kNone = ~0U;

  // The number of its source; none: it is out of reach.
  [[nodiscard]] std::uint32_t dockerfile_of(const facts::BuildSection& section) const {
    const facts::Fact<std::string_view>& text = section.inline_text;
    if (text.known()) return run_.inlines.add(text.where, text.value);
    if (section.file.empty() || section.remote_context || !is_inside(section.file)) return kNone;
    return run_.sources.number(run_.sources.shown(section.file));
  }

  // Null: what it builds from could not be read; its facts stay unknown.
  const BuildUse* join_with_stage(const facts::BuildSection& section,
                                  const facts::Container& container, facts::Container& joined) {
    const std::uint32_t number = dockerfile_of(section);
    if (number == kNone) return nullptr;
    const text::Source* source = run_.sources.read(number);
    if (source == nullptr) return nullptr;
    BuildUse use{.dockerfile = number,
                 .target = section.target.known() ? std::string(section.target.value) : "",
                 .context = std::string(section.directory),
                 .service = std::string(container.name),
                 .where = container.where,
                 .project = outcome_.sources.front()};
    for (const facts::Fact<facts::Variable>& argument : section.arguments.items)
      use.given.emplace_back(argument.value.name);
    // Those without a value are taken from the environment, and are no facts where it has none.
    for (const std::string_view name : rules::build_arguments_of(container))
      use.given.emplace_back(name);
    for (const facts::Fact<facts::Variable>& argument : section.arguments.items)
      if (argument.known() && argument.value.has_text)
        use.arguments.emplace_back(argument.value.name, argument.value.text);
    const facts::Build* build = lower(*source, number, use);
    if (build == nullptr || build->target == nullptr) return nullptr;
    joined = facts::join(container, facts::container_of(*build, worker_.arena), worker_.arena);
    outcome_.uses.push_back(std::move(use));
    return &outcome_.uses.back();
  }

  const facts::Build* lower(const text::Source& source, std::uint32_t number,
                            const BuildUse& use) const {
    const auto* tree = worker_.arena.make(parse::dockerfile::parse(source, worker_.arena));
    if (!facts::why_unjudged(source, *tree).empty()) return nullptr;
    std::vector<facts::Variable> arguments = run_.build_arguments;
    arguments.reserve(arguments.size() + use.arguments.size());
    for (const auto& [name, value] : use.arguments)
      arguments.push_back({.name = worker_.arena.copy(name), .text = worker_.arena.copy(value)});
    const std::string_view target =
        run_.settings.target.empty() ? use.target : run_.settings.target;
    return facts::lower_build(source, number, *tree,
                              {.arguments = worker_.arena.copy(arguments),
                               .target = worker_.arena.copy(target),
                               .today = run_.settings.today,
                               .settings = &run_.settings.rule_settings},
                              worker_.arena);
  }

  [[nodiscard]] bool is_inside(std::string_view path) const {
    return run_.root.empty() || run_.root == "/" || path.starts_with(concat({run_.root, "/"}));
  }

  // What stands in the Dockerfile is said there, once for all services.
  void give_to_dockerfile(BuildUse& use) {
    const Selection& selection = profile_->selection;
    std::erase_if(worker_.raised, [&](Raised& r) {
      if (r.finding.where.source != use.dockerfile) return false;
      use.findings.push_back({.rule = selection.enabled[r.rule],
                              .where = r.finding.where,
                              .speaks = !r.finding.message.empty(),
                              .fix = std::move(r.finding.fix)});
      return true;
    });
  }

  void tell(const Subject& subject) {
    for (Raised& raised : worker_.raised) {
      Judged judged;
      if (!take(raised, *profile_, outcome_.findings, judged)) continue;
      judged.subject = subject;
      profile_->accept(judged, run_.settings.today);
      outcome_.findings.findings.push_back(std::move(judged));
    }
  }

  const Run& run_;
  const ProjectFiles& files_;
  Worker& worker_;
  ProjectOutcome& outcome_;
  const Profile* profile_ = nullptr;
  // By rule and place: what the last service told.
  using Said = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t>;
  std::set<Said> said_;
};

}  // namespace

void judge_project(const Run& run, const ProjectFiles& files, Worker& worker, Laps& laps,
                   ProjectOutcome& outcome) {
  Judging(run, files, worker, outcome).judge(laps);
}

}  // namespace plimsoll::engine
