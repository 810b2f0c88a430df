// Services are compared as the text that Compose would print of them.
#include "fix/proof/subjects.h"

#include <algorithm>

#include "base/concat.h"
#include "engine/project.h"
#include "parse/compose/load.h"

namespace plimsoll::fix::proof {
namespace {

using parse::compose::Node;

std::string absolute(const engine::Verdict& verdict, std::uint32_t source) {
  return engine::absolute_path(verdict.source(source).path(), verdict.working_directory);
}

std::string_view text(const Node* node) {
  return node == nullptr ? std::string_view() : std::string_view(node->text);
}

struct BuildPaths {
  std::string context{}, dockerfile{};
};

// Absolute; empty where there is no build.
BuildPaths build_of(const Node& service) {
  const Node* build = service.find("build");
  if (build == nullptr) return {};
  BuildPaths paths{.context = std::string(text(build->find("context")))};
  const std::string_view file = text(build->find("dockerfile"));
  paths.dockerfile = engine::absolute_path(file.empty() ? "Dockerfile" : file, paths.context);
  return paths;
}

const Node* services_of(const parse::compose::Project* project) {
  return project == nullptr || project->model == nullptr ? nullptr
                                                         : project->model->find("services");
}

bool is_ignore_file_of(std::string_view file, const BuildPaths& build) {
  return file == concat({build.dockerfile, ".dockerignore"}) ||
         file == concat({build.context, "/.dockerignore"});
}

bool is_built_from(const BuildPaths& build, const Texts& changed) {
  return !build.context.empty() && std::ranges::any_of(changed, [&](const auto& one) {
    return one.first == build.dockerfile || is_ignore_file_of(one.first, build);
  });
}

Subject subject_of(const engine::Verdict& verdict, const engine::LoadedProject& project) {
  Subject subject{.path = verdict.source(project.sources.front()).path(), .is_project = true};
  for (const std::uint32_t source : project.sources)
    if (verdict.sources[source]) subject.files.insert(absolute(verdict, source));
  for (const std::uint32_t source : project.dockerfiles)
    if (verdict.sources[source]) subject.files.insert(absolute(verdict, source));
  if (const Node* services = services_of(project.loaded.get()))
    for (const auto& service : services->members) {
      BuildPaths build = build_of(*service.value);
      if (build.context.empty()) continue;
      subject.contexts.insert(std::move(build.context));
      subject.files.insert(std::move(build.dockerfile));
    }
  return subject;
}

}  // namespace

std::vector<Subject> subjects_of(const engine::Verdict& verdict) {
  std::vector<Subject> subjects;
  Names built;
  for (const engine::LoadedProject& project : verdict.projects) {
    if (project.sources.empty() || !verdict.sources[project.sources.front()]) continue;
    subjects.push_back(subject_of(verdict, project));
    built.insert(subjects.back().files.begin(), subjects.back().files.end());
  }
  for (const std::uint32_t source : verdict.dockerfiles) {
    if (!verdict.sources[source]) continue;
    const std::string path = absolute(verdict, source);
    if (built.contains(path)) continue;
    subjects.push_back({.path = verdict.source(source).path(),
                        .files = {path},
                        .contexts = {std::string(parent_path(path))}});
  }
  return subjects;
}

bool concerns(const Subject& subject, std::string_view file) {
  if (subject.files.contains(file)) return true;
  constexpr std::string_view kIgnore = ".dockerignore";
  if (!file.ends_with(kIgnore)) return false;
  return subject.contexts.contains(parent_path(file)) ||
         subject.files.contains(file.substr(0, file.size() - kIgnore.size()));
}

const parse::compose::Project* project_of(const engine::Verdict& verdict, const Subject& subject) {
  for (const engine::LoadedProject& project : verdict.projects)
    if (!project.sources.empty() && verdict.sources[project.sources.front()] &&
        verdict.source(project.sources.front()).path() == subject.path)
      return project.loaded.get();
  return nullptr;
}

Names changed_services(const Subject& subject, const Outcome& outcome) {
  const Texts changed = texts_of(outcome);
  Names names;
  if (!subject.is_project) {
    if (std::ranges::any_of(changed, [&](const auto& one) { return concerns(subject, one.first); }))
      names.insert(subject.path);
    return names;
  }
  const Node* before = services_of(project_of(outcome.before, subject));
  const Node* after = services_of(project_of(outcome.result(), subject));
  if (before == nullptr || after == nullptr) return names;
  for (const auto& service : before->members) {
    const Node* now = after->find(service.key);
    if (now == nullptr ||
        parse::compose::to_raw_json(*now) != parse::compose::to_raw_json(*service.value) ||
        is_built_from(build_of(*service.value), changed))
      names.insert(service.key);
  }
  return names;
}

Texts texts_of(const Outcome& outcome) {
  Texts texts;
  for (const ChangedFile& file : outcome.files)
    texts[engine::absolute_path(file.path, outcome.after.working_directory)] =
        file.created ? std::string_view(file.created->text)
                     : outcome.after.source(file.after).bytes();
  return texts;
}

ContextOrder order_of(const Subject& subject, std::string_view working_directory) {
  const std::string path = engine::absolute_path(subject.path, working_directory);
  return {.folder = std::string(parent_path(path)), .dockerfile = path};
}

}  // namespace plimsoll::fix::proof
