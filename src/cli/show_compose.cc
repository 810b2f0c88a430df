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
#include "engine/compose_files.h"
#include "parse/compose/discovery.h"
#include "parse/compose/load.h"
#include "text/source.h"

namespace plimsoll::cli {
namespace {

namespace compose = parse::compose;

std::string place(engine::Sources& sources, const text::Place& where) {
  const text::Source* const source = sources.read(where.source);
  if (source == nullptr) return {};
  const text::Position at = source->position(where.span.begin);
  return concat({source->path(), ":", std::to_string(at.line), ":", std::to_string(at.column)});
}

// `-` is standard input, which is read when it is asked for.
compose::Files files_of(engine::Sources& sources, const Fs& fs) {
  compose::Files files = engine::compose_files(sources, fs);
  files.read = [&sources, read = files.read,
                input = std::optional<std::uint32_t>()](const std::string& path) mutable {
    if (path != "-") return read(path);
    if (!input) {
      Result<std::string> text = read_standard_input(engine::kInputLimit);
      if (!text) return Result<compose::Opened>(tl::unexpected(text.error()));
      input = sources.add("-", std::move(*text));
    }
    if (const text::Source* source = sources.read(*input))
      return Result<compose::Opened>(compose::Opened{*input, source});
    return Result<compose::Opened>(fail(ErrorKind::unreadable, sources.error(*input)->message));
  };
  return files;
}

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
          engine::Sources& sources) {
  DescriptorOutput out(STDERR_FILENO);
  for (const compose::Problem& problem : problems) {
    std::string line =
        problem.has_place ? concat({place(sources, problem.where), ": "}) : std::string();
    line += concat({kind, problem.message, "\n"});
    for (const compose::Step& step : problem.via)
      line += concat({"    ", way(step.kind), place(sources, step.where), "\n"});
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
  const RealFs fs;
  engine::Sources sources(fs, folder);
  const compose::Files files = files_of(sources, fs);
  // Which files they are.
  const Result<std::vector<std::string>> remarks = compose::discover(settings, files);
  if (!remarks) {
    complain(remarks.error().message);
    return usage;
  }
  for (const std::string& remark : *remarks) complain(remark);
  // What they come to.
  const std::unique_ptr<compose::Project> project = compose::load(settings, files);
  tell(project->warnings, "warning: ", sources);
  tell(project->gaps, "not covered: ", sources);
  tell(project->problems, "", sources);
  if (!project->problems.empty()) return findings;
  DescriptorOutput out(STDOUT_FILENO);
  out.write(compose::to_json(*project));
  out.write("\n");
  return project->gaps.empty() ? ok : incomplete;
}

}  // namespace plimsoll::cli
