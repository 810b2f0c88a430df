// Looks for a project's files as Compose does: COMPOSE_FILE first, then by name, folder by folder
// up to the root.
#include "parse/compose/discovery.h"

#include <algorithm>
#include <filesystem>
#include <span>

#include "base/concat.h"
#include "base/fs.h"
#include "parse/compose/dotenv.h"

namespace plimsoll::parse::compose {
namespace {

constexpr std::string_view kFileNames[] = {"compose.yaml", "compose.yml", "docker-compose.yml",
                                           "docker-compose.yaml"};
// Any of them goes with any of those.
constexpr std::string_view kOverrides[] = {"compose.override.yml", "compose.override.yaml",
                                           "docker-compose.override.yml",
                                           "docker-compose.override.yaml"};

std::string absolute(std::string_view folder, std::string_view path) {
  std::string joined = (std::filesystem::path(folder) / path).lexically_normal().string();
  while (joined.size() > 1 && joined.ends_with('/')) joined.pop_back();
  return joined;
}

const std::string* value_of(const LoadSettings& settings, std::string_view name) {
  for (auto pair = settings.environment.rbegin(); pair != settings.environment.rend(); ++pair)
    if (pair->first == name) return &pair->second;
  return nullptr;
}

bool is_yes(const std::string* value) {
  return value != nullptr && (*value == "1" || *value == "t" || *value == "T" || *value == "true" ||
                              *value == "TRUE" || *value == "True");
}

// What the env files say that are known before the project is: what --env-file names, or `.env`.
Variables variables_of(const LoadSettings& settings, const Files& files,
                       const std::string& directory) {
  Variables variables;
  const Lookup outside = [&](std::string_view name) -> const std::string* {
    if (const std::string* given = value_of(settings, name)) return given;
    const auto own = variables.find(name);
    return own == variables.end() ? nullptr : &own->second;
  };
  std::vector<std::string> paths;
  paths.reserve(settings.env_files.size() + 1);
  for (const std::string& path : settings.env_files)
    paths.push_back(absolute(settings.working_directory, path));
  if (paths.empty() && !is_yes(value_of(settings, "COMPOSE_DISABLE_ENV_FILE")))
    paths.push_back(absolute(directory, ".env"));
  for (const std::string& path : paths) {
    if (!files.is_file(path)) continue;
    // What is wrong with it is told when the project is loaded.
    if (const Result<Opened> opened = files.read(path))
      parse_dotenv(opened->source->bytes(), outside, variables);
  }
  return variables;
}

std::vector<std::string> present(std::span<const std::string_view> names, const std::string& folder,
                                 const Files& files) {
  std::vector<std::string> paths;
  for (const std::string_view name : names)
    if (std::string path = absolute(folder, name); files.is_file(path))
      paths.push_back(std::move(path));
  return paths;
}

// Puts in the first of the candidates; the others are remarked.
void take_first(const std::vector<std::string>& candidates, LoadSettings& settings,
                std::vector<std::string>& remarks) {
  if (candidates.empty()) return;
  settings.files.push_back(candidates.front());
  if (candidates.size() == 1) return;
  std::string remark = "several files could be meant:";
  for (const std::string& path : candidates) remark += concat({" ", file_name(path)});
  remarks.push_back(remark + concat({"; ", candidates.front(), " is taken"}));
}

Result<void> take_listed(std::string_view list, std::string_view separator, LoadSettings& settings,
                         const Files& files) {
  while (true) {
    const std::size_t end = std::min(list.find(separator), list.size());
    const std::string_view entry = list.substr(0, end);
    std::string path = entry == "-" ? "-" : absolute(settings.working_directory, entry);
    if (path != "-" && !files.is_file(path))
      return fail(ErrorKind::not_found,
                  concat({"COMPOSE_FILE names '", entry, "', which is no file"}));
    settings.files.push_back(std::move(path));
    if (end == list.size()) return {};
    list.remove_prefix(end + separator.size());
  }
}

}  // namespace

Result<std::vector<std::string>> discover(LoadSettings& settings, const Files& files) {
  std::vector<std::string> remarks;
  if (!settings.files.empty()) return remarks;
  const std::string start = absolute(settings.working_directory, settings.project_directory);
  const Variables variables = variables_of(settings, files, start);
  const auto variable = [&](std::string_view name) -> const std::string* {
    if (const std::string* given = value_of(settings, name)) return given;
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : &found->second;
  };
  if (const std::string* listed = variable("COMPOSE_FILE")) {
    const std::string* separator = variable("COMPOSE_PATH_SEPARATOR");
    const bool own = separator != nullptr && !separator->empty();
    const Result<void> taken = take_listed(*listed, own ? *separator : ":", settings, files);
    if (!taken) return tl::unexpected(taken.error());
  }
  std::string folder = start;
  while (settings.files.empty()) {
    const std::vector<std::string> found = present(kFileNames, folder, files);
    take_first(found, settings, remarks);
    if (!found.empty()) take_first(present(kOverrides, folder, files), settings, remarks);
    if (!settings.files.empty()) break;
    std::string above = std::filesystem::path(folder).parent_path().string();
    if (above == folder || above.empty())
      return fail(ErrorKind::not_found,
                  concat({"there is no Compose file in ", start, " or a folder above it"}));
    folder = std::move(above);
  }
  const bool elsewhere = settings.project_directory.empty() && settings.env_files.empty() &&
                         settings.files.front() != "-" &&
                         parent_path(settings.files.front()) != start;
  if (elsewhere)
    for (const auto& [name, value] : variables)
      if (value_of(settings, name) == nullptr) settings.environment.emplace_back(name, value);
  return remarks;
}

}  // namespace plimsoll::parse::compose
