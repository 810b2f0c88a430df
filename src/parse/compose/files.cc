// Reads the files of a project within its limits, and joins paths as Compose does.
// Source: Go's path/filepath.
#include <algorithm>

#include "base/concat.h"
#include "parse/compose/loader.h"
#include "parse/yaml/parse.h"

namespace plimsoll::parse::compose {

// --- paths ---------------------------------------------------------------------------------------

bool is_within(std::string_view root, std::string_view path) {
  if (root.empty() || root == "/") return true;
  return path.starts_with(root) && (path.size() == root.size() || path[root.size()] == '/');
}

std::string clean(std::string_view path) {
  const bool is_absolute = path.starts_with('/');
  std::vector<std::string_view> kept;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
    if (part.empty() || part == ".") continue;
    const bool up = part == "..";
    if (up && !kept.empty() && kept.back() != "..")
      kept.pop_back();
    else if (!up || !is_absolute)
      kept.push_back(part);
  }
  std::string result = is_absolute ? "/" : "";
  for (const std::string_view part : kept) {
    if (!result.empty() && !result.ends_with('/')) result += '/';
    result += part;
  }
  return result.empty() ? "." : result;
}

std::string join(std::string_view directory, std::string_view path) {
  if (directory.empty()) return path.empty() ? std::string() : clean(path);
  return path.empty() ? clean(directory) : clean(concat({directory, "/", path}));
}

std::string directory_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? "." : clean(path.substr(0, slash + 1));
}

std::string relative(std::string_view directory, std::string_view path) {
  const std::string from = clean(directory);
  std::string to = clean(path);
  if (from == to) return ".";
  if (from.starts_with('/') != to.starts_with('/')) return to;
  std::size_t common = 0, at = 0;  // both: bytes up to and with a slash that they share
  while (at < from.size() && at < to.size() && from[at] == to[at])
    if (from[at++] == '/') common = at;
  if (at == from.size() && at < to.size() && to[at] == '/') common = at + 1;
  if (at == to.size() && at < from.size() && from[at] == '/') common = at + 1;
  if (from == ".") return to;
  std::string result;
  const std::string_view rest = common < from.size() ? std::string_view(from).substr(common) : "";
  if (!rest.empty()) {
    const auto ups = static_cast<std::size_t>(std::ranges::count(rest, '/')) + 1;
    for (std::size_t i = 0; i < ups; ++i) result += i == 0 ? ".." : "/..";
  }
  const std::string_view down = common < to.size() ? std::string_view(to).substr(common) : "";
  return down.empty() ? result : join(result, down);
}

bool is_remote(std::string_view path) {
  return path.find("://") != std::string_view::npos || path.starts_with("git@") ||
         path.ends_with(".git") || path.find(".git#") != std::string_view::npos;
}

// --- reading -------------------------------------------------------------------------------------

void refuse_at(Project& project, const Node* by, std::string message) {
  Problem problem{.message = std::move(message)};
  if (by != nullptr) {
    problem.where = by->where;
    problem.has_place = true;
    problem.via = by->via;
  }
  // A file is looked at for the project's name as well; what is wrong with it is said once.
  const bool known = std::ranges::any_of(project.problems, [&](const Problem& other) {
    return other.message == problem.message && other.where == problem.where;
  });
  if (!known) project.problems.push_back(std::move(problem));
}

bool is_too_large(Run& run) {
  if (run.project.pool.size() <= run.limits.nodes) return false;
  if (!run.is_full)
    refuse_at(run.project, nullptr,
              concat({"the project has more than ", std::to_string(run.limits.nodes),
                      " values, with those that anchors, extends and includes repeat"}));
  run.is_full = true;
  return true;
}

static void leave_out(Run& run, const Node* by, std::string message) {
  Problem gap{.message = std::move(message)};
  if (by != nullptr) {
    gap.where = by->where;
    gap.has_place = true;
    gap.via = by->via;
  }
  run.project.gaps.push_back(std::move(gap));
}

static std::string full_path(const Run& run, const std::string& path) {
  if (path == "-") return path;
  return path.starts_with('/') ? clean(path) : join(run.settings.working_directory, path);
}

bool is_out_of_reach(Run& run, const std::string& path, const Node* by) {
  if (is_remote(path)) {
    leave_out(run, by, concat({path, " is not on this machine, and was not fetched"}));
    run.project.remote.push_back(run.project.gaps.back());
    run.project.remote.back().message = path;
    return true;
  }
  const std::string full = full_path(run, path);
  const std::string& root = run.settings.root;
  if (path == "-" || root.empty() || is_within(clean(root), full)) return false;
  leave_out(run, by, concat({full, " lies outside of ", root, ", and was not opened"}));
  return true;
}

std::optional<Opened> open(Run& run, const std::string& path, const Node* by) {
  if (is_out_of_reach(run, path, by)) return std::nullopt;
  const std::string full = full_path(run, path);
  if (run.files_read >= run.limits.files) {
    refuse_at(run.project, by,
              concat({"the project has more than ", std::to_string(run.limits.files), " files"}));
    return std::nullopt;
  }
  ++run.files_read;
  Result<Opened> opened = run.files.read(full);
  if (!opened) {
    refuse_at(run.project, by, std::move(opened.error().message));
    return std::nullopt;
  }
  if (opened->source->bytes().size() > run.limits.file_bytes) {
    refuse_at(run.project, by, concat({full, " is larger than 16 MB"}));
    return std::nullopt;
  }
  std::vector<std::uint32_t>& sources = run.project.sources;
  if (std::ranges::find(sources, opened->number) == sources.end())
    sources.push_back(opened->number);
  return *opened;
}

std::optional<WrittenFiles::File> parse(Run& run, const std::string& path, const Node* by) {
  std::vector<WrittenFiles::File>& files = run.texts.files;
  if (const auto at = run.parsed.find(path); at != run.parsed.end()) return files[at->second];
  const std::optional<Opened> opened = open(run, path, by);
  if (!opened) return std::nullopt;
  run.parsed.emplace(path, files.size());
  files.push_back({*opened, yaml::parse(opened->source->bytes(), run.texts.arena)});
  return files.back();
}

}  // namespace plimsoll::parse::compose
