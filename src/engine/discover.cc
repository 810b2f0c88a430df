// A walk in sorted order, with the .gitignore files on the way down as a stack.
#include "engine/discover.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/concat.h"
#include "base/glob.h"
#include "engine/recognise.h"
#include "parse/ignorefile/gitignore.h"
#include "parse/runline/extract/extract.h"

namespace plimsoll::engine {
namespace {

using parse::ignorefile::GitPattern;

// Sorted. Nothing below them is the project's own.
constexpr std::array<std::string_view, 18> kForeignFolders = {
    ".bzr",          ".git",         ".hg",           ".jj",         ".svn",   ".terraform",
    ".tox",          ".venv",        "CVS",           "__pycache__", "_darcs", "bower_components",
    "jspm_packages", "node_modules", "site-packages", "third_party", "vendor", "venv"};

// Sorted. Files of these endings are no text, whatever comes before.
constexpr std::array<std::string_view, 14> kBinaryEndings = {
    ".bz2", ".exe", ".gif", ".gz",  ".jpeg", ".jpg", ".pdf",
    ".png", ".swp", ".tar", ".tgz", ".xz",   ".zip", ".zst"};

// Sorted. Endings of programs and documents, also used to tell one Dockerfile from another.
constexpr std::array<std::string_view, 31> kSourceEndings = {
    ".c",    ".cc", ".cpp",   ".cs",   ".css", ".ex",  ".go",  ".h",    ".html", ".java", ".js",
    ".json", ".kt", ".lua",   ".md",   ".nix", ".php", ".pl",  ".ps1",  ".py",   ".rb",   ".rs",
    ".rst",  ".sh", ".swift", ".toml", ".ts",  ".vim", ".xml", ".yaml", ".yml"};

constexpr std::size_t kDeepestFolder = 200;  // folders; deeper trees are loops or attacks
constexpr std::uint64_t kIgnoreFileLimit = 1 << 20;

struct IgnoreFile {
  std::string folder;  // that it lies in, as a prefix of the paths asked: "" or "a/b/"
  std::vector<GitPattern> patterns;
};

class Walk {
 public:
  Walk(const DiscoverySettings& settings, const Fs& fs, Snapshot& snapshot, Discovered& out)
      : settings_(settings), fs_(fs), snapshot_(snapshot), out_(out) {}

  void start(const std::string& path, const FileStatus& status) {
    ignores_.clear();
    load_ignores_above(path);
    ancestors_ = {{status.device, status.inode}};
    folder(path, "");
  }

 private:
  // `inside` is the path below the root, "" or ending in "/".
  void folder(const std::string& path, const std::string& inside) {
    const Snapshot::Listing& listing = snapshot_.list(path);
    if (!listing.entries) {
      out_.errors.push_back({path, 0, listing.entries.error().message});
      return;
    }
    const bool ignores = listing.has(".gitignore") &&
                         push_ignore_file(join_path(path, ".gitignore"), prefix_ + inside);
    for (const DirectoryEntry& entry : *listing.entries)
      visit(entry, join_path(path, entry.name), inside + entry.name);
    if (ignores) ignores_.pop_back();
  }

  void visit(const DirectoryEntry& entry, const std::string& path, const std::string& inside) {
    FileKind kind = entry.kind;
    if (kind == FileKind::symlink) {
      // Of links, only those that could matter are followed with a system call each.
      const Result<FileStatus> status = fs_.status(path);
      if (!status) {
        if (is_dockerfile_name(entry.name) || is_compose_name(entry.name))
          out_.errors.push_back({path, 0, status.error().message});
        return;
      }
      if (status->kind == FileKind::directory) return linked_folder(entry, path, inside, *status);
      kind = status->kind;
    }
    if (kind == FileKind::directory) {
      if (is_foreign(entry.name) || is_left_out(path, inside, true)) return;
      const Result<FileStatus> status = fs_.status(path);
      if (status) descend(path, inside, *status);
    } else if (kind == FileKind::file) {
      const std::optional<InputKind> wanted = wanted_as(entry.name, path);
      if (wanted && !is_left_out(path, inside, false)) out_.files.push_back({path, false, *wanted});
    }
  }

  void linked_folder(const DirectoryEntry& entry, const std::string& path,
                     const std::string& inside, const FileStatus& status) {
    if (is_foreign(entry.name) || is_left_out(path, inside, true)) return;
    if (std::ranges::find(ancestors_, std::pair(status.device, status.inode)) != ancestors_.end())
      out_.errors.push_back(
          {path, 0, concat({path, " leads back to a folder above it: a directory loop"})});
    // Other linked folders are not followed: within the tree they are seen anyway, outside they are
    // another project's.
  }

  void descend(const std::string& path, const std::string& inside, const FileStatus& status) {
    if (ancestors_.size() >= kDeepestFolder) {
      out_.errors.push_back(
          {path, 0, concat({path, " lies more than 200 folders deep and is not searched"})});
      return;
    }
    ancestors_.emplace_back(status.device, status.inode);
    folder(path, inside + "/");
    ancestors_.pop_back();
  }

  static bool is_foreign(std::string_view name) {
    return std::ranges::binary_search(kForeignFolders, name);
  }

  [[nodiscard]] std::optional<InputKind> wanted_as(std::string_view name,
                                                   std::string_view path) const {
    if (const std::optional<InputKind> kind = kind_of(path)) return kind;
    if (name.ends_with(".dockerignore")) return {};
    const bool meant = std::ranges::any_of(settings_.dockerfiles, [&](const std::string& glob) {
      return glob_match(glob, glob.find('/') == std::string::npos ? name : path);
    });
    return meant ? std::optional(InputKind::dockerfile) : std::nullopt;
  }

  [[nodiscard]] bool is_left_out(const std::string& path, const std::string& inside,
                                 bool is_directory) const {
    for (const std::string& glob : settings_.exclude)
      if (glob_match(glob, path) || glob_match(glob, file_name(path))) return true;
    const std::string below_git_root = prefix_ + inside;
    for (auto ignore = ignores_.rbegin(); ignore != ignores_.rend(); ++ignore) {
      const auto verdict = parse::ignorefile::match_gitignore(
          ignore->patterns, std::string_view(below_git_root).substr(ignore->folder.size()),
          is_directory);
      if (verdict != parse::ignorefile::Verdict::silent)
        return verdict == parse::ignorefile::Verdict::ignored;
    }
    return false;
  }

  bool push_ignore_file(const std::string& path, const std::string& folder) {
    const Result<std::string> bytes = fs_.read(path, kIgnoreFileLimit);
    if (!bytes) return false;  // an ignore file that can't be read hides nothing
    ignores_.push_back({folder, parse::ignorefile::parse_gitignore(*bytes)});
    return true;
  }

  // The ignore files of the repository that stand above the root, from its top down.
  void load_ignores_above(const std::string& path) {
    prefix_.clear();
    if (settings_.working_directory.empty()) return;
    std::string absolute = path.starts_with('/')
                               ? path
                               : join_path(settings_.working_directory, path == "." ? "" : path);
    while (absolute.size() > 1 && absolute.ends_with('/')) absolute.pop_back();
    if (absolute.find("/..") != std::string::npos || absolute.find("/./") != std::string::npos)
      return;
    std::vector<std::string> above;  // innermost first
    std::string top = absolute;
    while (!fs_.status(join_path(top, ".git"))) {
      if (top == "/") return;  // not in a repository
      top = parent_path(top);
      above.push_back(top);
    }
    prefix_ = absolute == top ? "" : absolute.substr(top == "/" ? 1 : top.size() + 1) + "/";
    push_ignore_file(join_path(top, ".git/info/exclude"), "");
    for (auto folder = above.rbegin(); folder != above.rend(); ++folder)
      push_ignore_file(join_path(*folder, ".gitignore"),
                       *folder == top ? "" : folder->substr(top == "/" ? 1 : top.size() + 1) + "/");
  }

  const DiscoverySettings& settings_;
  const Fs& fs_;
  Snapshot& snapshot_;
  Discovered& out_;
  std::string prefix_;  // path of the root below the top of its repository, "" or ending in "/"
  std::vector<IgnoreFile> ignores_;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> ancestors_;
};

// A file that the user named, whatever it is called.
InputKind kind_of_named(std::string_view path) {
  if (const std::optional<InputKind> kind = kind_of(path)) return *kind;
  if (path.ends_with(".json")) return InputKind::daemon;
  return path.ends_with(".yaml") || path.ends_with(".yml") ? InputKind::compose
                                                           : InputKind::dockerfile;
}

}  // namespace

bool is_dockerfile_name(std::string_view name) {
  if (name.ends_with(".dockerignore") || name.ends_with(".containerignore")) return false;
  const std::size_t dot = name.rfind('.');
  if (dot != std::string_view::npos && std::ranges::binary_search(kBinaryEndings, name.substr(dot)))
    return false;
  return name == "Dockerfile" || name == "dockerfile" || name.starts_with("Dockerfile.") ||
         name.starts_with("dockerfile.") || name.ends_with(".Dockerfile") ||
         name.ends_with(".dockerfile") || name.starts_with("Containerfile") ||
         name.ends_with(".Containerfile");
}

bool is_compose_name(std::string_view name) {
  const std::string_view ending = name.ends_with(".yaml") ? ".yaml" : ".yml";
  if (!name.ends_with(ending)) return false;
  const std::string_view stem = name.substr(0, name.size() - ending.size());
  return stem.starts_with("compose") || stem.starts_with("docker-compose") ||
         stem.ends_with(".compose") || stem == "docker-stack" || stem == "stack";
}

std::optional<InputKind> kind_of(std::string_view path) {
  const std::string_view name = file_name(path);
  if (is_dockerfile_name(name)) return InputKind::dockerfile;
  if (is_compose_name(name)) return InputKind::compose;
  if (is_daemon_config(path) || may_be_profile_name(path)) return InputKind::daemon;
  if (parse::runline::carrier_of(path, {}) != parse::runline::Carrier::none)
    return InputKind::carrier;
  return {};
}

bool may_be_source_code(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot != std::string_view::npos &&
         std::ranges::binary_search(kSourceEndings, name.substr(dot));
}

Discovered discover(const std::vector<std::string>& paths, const DiscoverySettings& settings,
                    const Fs& fs, Snapshot& snapshot) {
  Discovered found;
  Walk walk(settings, fs, snapshot, found);
  for (std::string path : paths) {
    while (path.size() > 1 && path.ends_with('/')) path.pop_back();
    if (path.starts_with("./") && path.size() > 2) path.erase(0, 2);
    const Result<FileStatus> status = fs.status(path);
    if (!status) {
      found.errors.push_back({path, 0, status.error().message});
    } else if (status->kind == FileKind::directory) {
      walk.start(path, *status);
    } else {
      found.files.push_back({path, true, kind_of_named(path)});
    }
  }
  // A file that was named and found keeps its mark.
  std::ranges::sort(found.files, [](const FoundFile& a, const FoundFile& b) {
    return a.path != b.path ? a.path < b.path : a.named > b.named;
  });
  const auto twice = std::ranges::unique(found.files, {}, &FoundFile::path);
  found.files.erase(twice.begin(), twice.end());
  return found;
}

}  // namespace plimsoll::engine
