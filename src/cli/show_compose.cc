// Gives the loader the real files, and prints what it makes of them.
#include "cli/show_compose.h"

#include <unistd.h>

#include <filesystem>
#include <map>
#include <memory>

#include "base/concat.h"
#include "base/fs.h"
#include "cli/command_line.h"
#include "cli/environment.h"
#include "cli/terminal.h"
#include "engine/check.h"
#include "parse/compose/discovery.h"
#include "parse/compose/load.h"
#include "text/source.h"

namespace plimsoll::cli {
namespace {

namespace compose = parse::compose;

// What the loader reads; `-` is standard input.
class Opened {
 public:
  compose::Files files() {
    return {.read = [this](const std::string& path) { return open(path); },
            .is_file = [](const std::string& path) { return is(path, FileKind::file); },
            .is_directory = [](const std::string& path) { return is(path, FileKind::directory); }};
  }

  [[nodiscard]] std::string place(const text::Place& where, const std::string& folder) const {
    if (where.source >= sources_.size()) return {};
    const text::Source& source = *sources_[where.source];
    const text::Position at = source.position(where.span.begin);
    std::string_view path = source.path();
    if (path.starts_with(folder + "/")) path.remove_prefix(folder.size() + 1);
    return concat({path, ":", std::to_string(at.line), ":", std::to_string(at.column)});
  }

 private:
  static bool is(const std::string& path, FileKind kind) {
    const Result<FileStatus> status = RealFs().status(path);
    return status && status->kind == kind;
  }

  Result<compose::Opened> open(const std::string& path) {
    if (const auto known = numbers_.find(path); known != numbers_.end())
      return compose::Opened{known->second, sources_[known->second].get()};
    Result<std::string> bytes = path == "-" ? read_standard_input(engine::kInputLimit)
                                            : RealFs().read(path, engine::kInputLimit);
    if (!bytes) return tl::unexpected(bytes.error());
    const auto number = static_cast<std::uint32_t>(sources_.size());
    sources_.push_back(std::make_unique<text::Source>(path, std::move(*bytes)));
    numbers_.emplace(path, number);
    return compose::Opened{number, sources_.back().get()};
  }

  std::vector<std::unique_ptr<text::Source>> sources_;
  std::map<std::string, std::uint32_t> numbers_;
};

std::string_view way(compose::Step::Kind kind) {
  switch (kind) {
    case compose::Step::Kind::include:
      return "included at ";
    case compose::Step::Kind::extends:
      return "extended at ";
    case compose::Step::Kind::overrides:
      return "over what stands at ";
    case compose::Step::Kind::anchor:
      return "by the alias at ";
    case compose::Step::Kind::merge_key:
      return "by the merge key at ";
    case compose::Step::Kind::variable:
      return "by the variable at ";
  }
  return {};
}

void tell(const std::vector<compose::Problem>& problems, std::string_view kind,
          const Opened& opened, const std::string& folder) {
  DescriptorOutput out(STDERR_FILENO);
  for (const compose::Problem& problem : problems) {
    std::string line =
        problem.has_place ? concat({opened.place(problem.where, folder), ": "}) : std::string();
    line += concat({kind, problem.message, "\n"});
    for (const compose::Step& step : problem.via)
      line += concat({"    ", way(step.kind), opened.place(step.where, folder), "\n"});
    out.write(line);
  }
}

compose::LoadSettings settings_of(const ComposeArguments& a, const std::string& folder) {
  compose::LoadSettings settings{.files = a.files,
                                 .project_directory = a.project_directory,
                                 .working_directory = folder,
                                 .name = a.name,
                                 .env_files = a.env_files,
                                 .profiles = a.profiles,
                                 .resolve_paths = !a.no_path_resolution,
                                 .resolve_environment = !a.no_env_resolution};
  settings.environment.reserve(a.environment.size());
  for (const std::string& pair : a.environment) {
    const std::size_t equals = pair.find('=');
    if (equals != std::string::npos)
      settings.environment.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
    else if (std::string value = environment(pair.c_str()); !value.empty())
      settings.environment.emplace_back(pair, std::move(value));
  }
  return settings;
}

}  // namespace

int show_compose(const ComposeArguments& arguments) {
  std::error_code error;
  const std::string folder = std::filesystem::current_path(error).string();
  compose::LoadSettings settings = settings_of(arguments, folder);
  if (!arguments.path.empty()) {
    const Result<FileStatus> status = RealFs().status(arguments.path);
    if (status && status->kind == FileKind::directory)
      settings.working_directory =
          (std::filesystem::path(folder) / arguments.path).lexically_normal().string();
    else
      settings.files.push_back(arguments.path);
  }
  Opened opened;
  const compose::Files files = opened.files();
  // Which files they are.
  const Result<std::vector<std::string>> remarks = compose::discover(settings, files);
  if (!remarks) {
    complain(remarks.error().message);
    return usage;
  }
  for (const std::string& remark : *remarks) complain(remark);
  // What they come to.
  const std::unique_ptr<compose::Project> project = compose::load(settings, files);
  tell(project->warnings, "warning: ", opened, folder);
  tell(project->gaps, "not covered: ", opened, folder);
  tell(project->problems, "", opened, folder);
  if (!project->problems.empty()) return findings;
  DescriptorOutput out(STDOUT_FILENO);
  out.write(compose::to_json(*project));
  out.write("\n");
  return project->gaps.empty() ? ok : incomplete;
}

}  // namespace plimsoll::cli
