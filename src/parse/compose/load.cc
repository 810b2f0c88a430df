// The recipe: how the files of a project become its model, step by step as compose-go does it.
// Where Compose stops at the first refusal, this goes on with what there is, and drops only the
// complaints that follow from the refusal.
// Source: compose-go v2.16.2, loader/loader.go.
#include "parse/compose/load.h"

#include <algorithm>

#include "base/concat.h"
#include "parse/compose/loader.h"
#include "parse/compose/nodes.h"

namespace plimsoll::parse::compose {

void Loading::refuse(const Node& at, std::string message) const {
  project.problems.push_back({at.where, true, std::move(message), at.via});
}

void Loading::warn(const Node& at, std::string message) const {
  project.warnings.push_back({at.where, true, std::move(message), at.via});
}

// A `dns` without a value says nothing. Source: loader/omitEmpty.go.
static void omit_empty(Node& model) {
  for (const std::string_view kind : {"services", "jobs"}) {
    const Node* entries = model.find(kind);
    if (entries == nullptr) continue;
    for (const Member& entry : entries->members) {
      Node* dns = entry.value->find("dns");
      if (dns == nullptr) continue;
      std::erase_if(dns->items, [](const Node* item) {
        return item->is(NodeKind::null) || (item->is(NodeKind::text) && item->text.empty());
      });
    }
  }
}

static void drop_version(const Call& call, Node& model) {
  const Node* version = model.find("version");
  if (version == nullptr) return;
  call.in.warn(*version, "`version` is obsolete and has no effect");
  if (call.project().version == nullptr) call.project().version = version;
  erase(model, "version");
}

static void load_document(Call& call, Document& document, Node& model) {
  Project& project = call.project();
  // Bindings, then the types which the attributes want.
  if (call.in.settings.interpolate) interpolate(call, *document.root);
  follow_up(project, [&] { promote_aliases(call, *document.root); });
  // What other files bring.
  if (!call.is_extended) apply_include(call, *document.root, document.resets);
  Path top;
  document.resets.apply(model, top);
  if (!call.is_extended) apply_extends(call, *document.root, document.resets);
  // Over what earlier files say.
  follow_up(project, [&] {
    merge(call.in, &model, document.root, top);
    enforce_unicity(call.in, model);
  });
  if (!call.is_extended) {
    follow_up(project, [&] { check_schema(call.in, model); });
    drop_version(call, model);
  }
  follow_up(project, [&] {
    canonicalize(call.in, model);
    omit_empty(model);
    // Long forms show duplicates that short ones hide.
    enforce_unicity(call.in, model);
  });
}

Resets load_file(Call& call, const std::string& path, Node& model, const Node* by) {
  Run& run = call.run;
  const std::optional<WrittenFiles::File> parsed = parse(run, path, by);
  if (!parsed) return {};
  call.file = path;
  call.chain.push_back(path);
  const yaml::Tree& tree = parsed->tree;
  if (tree.problem != nullptr)
    run.project.problems.push_back({{parsed->opened.number, tree.problem->where},
                                    true,
                                    concat({"YAML: ", tree.problem->message}),
                                    {}});
  if (tree.documents.size() > run.settings.limits.documents)
    refuse_at(run.project, by,
              concat({path, " has more than ", std::to_string(run.settings.limits.documents),
                      " YAML documents"}));
  Resets last;
  for (const yaml::Node* root :
       tree.documents.first(std::min(tree.documents.size(), run.settings.limits.documents))) {
    if (is_too_large(run)) break;
    Document document = to_nodes(call.in, *root, parsed->opened);
    if (document.root != nullptr) load_document(call, document, model);
    last = std::move(document.resets);
  }
  call.chain.pop_back();
  return last;
}

Node* load_model(Call& call, const std::vector<std::string>& files, const Node* by) {
  Project& project = call.project();
  Node* model = call.in.make({.kind = NodeKind::map});
  model->written = false;
  for (const std::string& file : files) load_file(call, file, *model, by);
  follow_up(project, [&] { set_defaults(call.in, *model); });
  follow_up(project, [&] { check_semantics(call.in, *model); });
  follow_up(project, [&] { resolve_paths(call.in, *model); });
  lookup_environment(project.pool, *model, call.variables);
  return model;
}

static std::string project_directory(const LoadSettings& settings) {
  const auto full = [&](std::string_view path) {
    return path.starts_with('/') ? clean(path) : join(settings.working_directory, path);
  };
  if (!settings.project_directory.empty()) return full(settings.project_directory);
  for (const std::string& file : settings.files)
    if (file != "-") return directory_of(full(file));
  return clean(settings.working_directory);
}

static std::vector<std::string> full_paths(const LoadSettings& settings) {
  std::vector<std::string> paths;
  paths.reserve(settings.files.size());
  for (const std::string& file : settings.files) {
    const bool as_it_is = file == "-" || is_remote(file);
    paths.push_back(as_it_is || file.starts_with('/') ? file
                                                      : join(settings.working_directory, file));
  }
  return paths;
}

static void finish(Run& run, Call& call, Node& model) {
  Project& project = run.project;
  const LoadSettings& settings = run.settings;
  const Environment environment = environment_of(call.variables);
  if (settings.normalize) follow_up(project, [&] { normalize(call.in, model, environment); });
  // Compose's raw model ends here.
  if (!settings.bind_types) return;
  follow_up(project, [&] { bind_types(call.in, model); });
  apply_profiles(call.in, model, call.variables);
  if (settings.check_consistency) follow_up(project, [&] { check_consistency(call.in, model); });
  follow_up(project, [&] { resolve_environment(call.in, model, environment); });
}

std::unique_ptr<Project> load(const LoadSettings& settings, const Files& files,
                              WrittenFiles* texts) {
  Arena own;
  WrittenFiles own_texts{own};
  auto project = std::make_unique<Project>();
  project->directory = project_directory(settings);
  Run run{settings, files, *project, texts != nullptr ? *texts : own_texts};
  // What variables are, and with them the project's name.
  Bindings variables = read_environment(run, project->directory);
  const std::vector<std::string> paths = full_paths(settings);
  Call call{run, {settings, files, *project, project->directory}, variables};
  call.base = project->directory;
  project->name = project_name(call, paths, project->directory);
  variables.insert_or_assign("COMPOSE_PROJECT_NAME", Variable{project->name});
  // All files.
  project->model = load_model(call, paths, nullptr);
  follow_up(*project, [&] {
    if (project->model->members.empty() && project->gaps.empty())
      refuse_at(*project, nullptr, "the Compose file is empty");
    else if (project->name.empty())
      refuse_at(*project, nullptr,
                "the project has no name: the name given has no letter or digit");
  });
  // The whole.
  finish(run, call, *project->model);
  // The main file first, though `.env` was read before it.
  std::ranges::stable_partition(project->sources, [&](std::uint32_t number) {
    return std::ranges::find(project->variable_sources, number) == project->variable_sources.end();
  });
  return project;
}

}  // namespace plimsoll::parse::compose
