// A walk that knows for each folder which patterns match it, so that its files ask only for
// themselves. Folders that are kept out are not looked into, unless a `!` may bring something back.
#include "engine/context_files.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_set>

#include "data/names.h"

namespace plimsoll::engine {
namespace {

using facts::Unwanted;
using parse::ignorefile::DockerPattern;

// Comparisons of patterns and paths in all; a file of half a million patterns would ask for more.
constexpr std::uint64_t kMostSteps = 100'000'000;
constexpr std::size_t kMostUnwanted = 500;  // more of them say nothing more
constexpr std::uint64_t kLargestGitConfig = std::uint64_t{64} << 10;

struct Folder {
  std::string path;                 // relative; empty: the context
  std::vector<std::uint8_t> above;  // which patterns match it or a folder that it lies in
  std::size_t depth = 0;
  bool clutter = false;  // it, or a folder that it lies in: looked into for sizes alone
};

// Samples and tests hold keys that are none.
bool is_for_tests(std::string_view path) {
  constexpr std::array<std::string_view, 14> kNames = {
      "test",    "tests", "testdata", "test-data", "__tests__", "spec", "fixtures",
      "fixture", "mock",  "mocks",    "example",   "examples",  "docs", "samples"};
  while (!path.empty()) {
    const std::string_view part = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(part.size() + 1, path.size()));
    if (!path.empty() && std::ranges::find(kNames, part) != kNames.end()) return true;
  }
  return false;
}

// A remote with a password in its URL, or a header with a token that a CI job has left.
bool has_credentials(std::string_view config) {
  while (!config.empty()) {
    const std::string_view line = config.substr(0, config.find('\n'));
    config.remove_prefix(std::min(line.size() + 1, config.size()));
    if (line.find("extraheader") != std::string_view::npos &&
        line.find(':') != std::string_view::npos)
      return true;
    const std::size_t scheme = line.find("://");
    if (scheme == std::string_view::npos) continue;
    const std::string_view authority =
        line.substr(scheme + 3, line.find('/', scheme + 3) - scheme - 3);
    const std::size_t at = authority.find('@');
    if (at != std::string_view::npos && authority.substr(0, at).find(':') != std::string_view::npos)
      return true;
  }
  return false;
}

class ContextWalk {
 public:
  ContextWalk(const std::string& folder, std::span<const DockerPattern> patterns,
              const ListingSettings& settings, const Fs& fs, Snapshot& snapshot)
      : root_(folder),
        patterns_(patterns),
        settings_(settings),
        fs_(fs),
        snapshot_(snapshot),
        out_(std::make_unique<ContextListing>()),
        uses_(patterns.size()) {}

  std::unique_ptr<ContextListing> run() {
    pending_.push_back({.above = std::vector<std::uint8_t>(patterns_.size(), 0)});
    while (!pending_.empty() && out_->files.complete) {
      const Folder folder = std::move(pending_.back());
      pending_.pop_back();
      list(folder);
    }
    finish();
    return std::move(out_);
  }

 private:
  void list(const Folder& folder) {
    const Snapshot::Listing& listing =
        snapshot_.list(folder.path.empty() ? root_ : join_path(root_, folder.path));
    if (!listing.entries) {
      out_->files.complete = false;
      return;
    }
    for (const DirectoryEntry& entry : *listing.entries) {
      if (++entries_ > kMostContextEntries || steps_ > kMostSteps) {
        out_->files.complete = false;
        return;
      }
      const std::string path = folder.path.empty() ? entry.name : folder.path + '/' + entry.name;
      if (entry.kind == FileKind::directory)
        enter(folder, path, entry.name);
      else
        add_file(folder, path, entry.name);
    }
  }

  void enter(const Folder& parent, const std::string& path, std::string_view name) {
    Folder folder{.path = path, .above = parent.above, .depth = parent.depth + 1};
    for (std::size_t i = 0; i < patterns_.size(); ++i) {
      const bool matches = patterns_[i].matches(path, steps_);
      uses_[i].matched = uses_[i].matched || matches;
      folder.above[i] |= matches ? 1 : 0;
    }
    const bool ignored = is_ignored_within(patterns_, path, folder.above, steps_);
    if (ignored && !may_include_below(patterns_, path)) {
      ignored_.push_back(out_->arena.copy(path));
      unseen(path);
      return;
    }
    folder.clutter = parent.clutter;
    if (!ignored && !parent.clutter) {
      const Unwanted unwanted = judge(path, true);
      count_deeper(parent, unwanted, path, name);
      if (!unwanted.kind.empty()) {
        add_unwanted(unwanted);
        unseen(path);
        folder.clutter = true;
      }
    }
    if (folder.clutter && !settings_.whole && !settings_.sizes) return;
    if (folder.depth > kDeepestContext)
      out_->files.complete = false;
    else
      pending_.push_back(std::move(folder));
  }

  void add_file(const Folder& folder, const std::string& path, std::string_view name) {
    if (!folder.clutter)
      for (std::size_t i = 0; i < patterns_.size(); ++i)
        uses_[i].matched = uses_[i].matched || patterns_[i].matches(path, steps_);
    if (is_ignored_within(patterns_, path, folder.above, steps_)) {
      ignored_.push_back(out_->arena.copy(path));
      return;
    }
    facts::ContextFile file{.path = out_->arena.copy(path)};
    if (settings_.sizes)
      if (const Result<FileStatus> status = fs_.status(join_path(root_, path));
          status && status->kind == FileKind::file)
        file.bytes = status->size_bytes;
    files_.push_back(file);
    if (folder.clutter) return;
    const Unwanted unwanted = judge(file.path, false);
    count_deeper(folder, unwanted, file.path, name);
    if (!unwanted.kind.empty()) add_unwanted(unwanted);
  }

  Unwanted judge(std::string_view path, bool folder) {
    const data::SecretFile secret = data::find_secret_file(path);
    if (!secret.kind.empty() && (!folder || secret.certainty == data::Certainty::sure))
      return {.path = path,
              .kind = secret.kind,
              .secret = true,
              .folder = folder,
              .certainty = is_for_tests(path) ? data::Certainty::maybe : secret.certainty};
    return {.path = path, .kind = data::find_clutter(path, folder).kind, .folder = folder};
  }

  void add_unwanted(Unwanted unwanted) {
    if (unwanted_.size() == kMostUnwanted) return;
    unwanted.path = out_->arena.copy(unwanted.path);
    unwanted_.push_back(unwanted);
    constexpr std::string_view kConfig = ".git/config";
    if (unwanted.path != ".git" || is_ignored(patterns_, kConfig)) return;
    const Result<std::string> config = fs_.read(join_path(root_, kConfig), kLargestGitConfig);
    if (config && has_credentials(*config))
      unwanted_.push_back({.path = kConfig,
                           .kind = "the credentials of a remote repository",
                           .secret = true,
                           .certainty = data::Certainty::sure});
  }

  // A pattern without a slash holds for the context's own folder only.
  void count_deeper(const Folder& folder, const Unwanted& unwanted, std::string_view path,
                    std::string_view name) {
    if (folder.path.empty()) return;
    for (std::size_t i = 0; i < patterns_.size(); ++i) {
      const DockerPattern& pattern = patterns_[i];
      if (pattern.negated || pattern.rooted || pattern.text.starts_with("**") ||
          pattern.text.find('/') != std::string::npos || !pattern.matches(name, steps_))
        continue;
      facts::PatternUse& use = uses_[i];
      const bool worse = use.deeper++ == 0 || (unwanted.secret && !use.worst.secret) ||
                         (!unwanted.kind.empty() && use.worst.kind.empty());
      if (!worse) continue;
      use.worst = unwanted;
      use.worst.path = out_->arena.copy(path);
    }
  }

  void unseen(std::string_view folder) {
    for (std::size_t i = 0; i < patterns_.size(); ++i)
      uses_[i].may_match_unseen =
          uses_[i].may_match_unseen || may_match_below(patterns_[i], folder);
  }

  // The largest first.
  [[nodiscard]] std::vector<facts::FolderSize> sizes() const {
    std::map<std::string_view, std::uint64_t> bytes;
    for (const facts::ContextFile& file : files_)
      bytes[file.path.substr(0, file.path.find('/'))] += file.bytes;
    std::vector<facts::FolderSize> sizes;
    sizes.reserve(bytes.size());
    for (const auto& [path, sum] : bytes) sizes.push_back({path, sum});
    std::ranges::stable_sort(sizes, std::ranges::greater(), &facts::FolderSize::bytes);
    return sizes;
  }

  void finish() {
    std::ranges::sort(files_, {}, &facts::ContextFile::path);
    std::ranges::sort(ignored_);
    std::ranges::stable_sort(unwanted_, {}, &Unwanted::path);
    facts::ContextFiles& files = out_->files;
    if (settings_.sizes) files.sizes = out_->arena.copy(sizes());
    for (const facts::FolderSize& size : files.sizes) files.bytes += size.bytes;
    files.files = out_->arena.copy(files_);
    files.ignored = out_->arena.copy(ignored_);
    files.uses = out_->arena.copy(uses_);
    files.unwanted = out_->arena.copy(unwanted_);
    if (patterns_.empty()) files.names = out_->arena.copy(names());
  }

  // Of folders that are not looked into only their own.
  [[nodiscard]] std::vector<std::string_view> names() const {
    std::unordered_set<std::string_view> seen;
    const auto add = [&](std::string_view path) {
      while (!path.empty()) {
        const std::size_t slash = path.find('/');
        seen.insert(path.substr(0, slash));
        path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
      }
    };
    for (const facts::ContextFile& file : files_) add(file.path);
    for (const Unwanted& unwanted : unwanted_) add(unwanted.path);
    std::vector<std::string_view> sorted(seen.begin(), seen.end());
    std::ranges::sort(sorted);
    return sorted;
  }

  const std::string& root_;
  std::span<const DockerPattern> patterns_;
  const ListingSettings& settings_;
  const Fs& fs_;
  Snapshot& snapshot_;
  std::unique_ptr<ContextListing> out_;
  std::vector<Folder> pending_;
  std::vector<facts::ContextFile> files_;
  std::vector<std::string_view> ignored_;
  std::vector<Unwanted> unwanted_;
  std::vector<facts::PatternUse> uses_;
  std::size_t entries_ = 0;
  std::uint64_t steps_ = 0;
};

}  // namespace

std::unique_ptr<ContextListing> list_context(const std::string& folder,
                                             std::span<const DockerPattern> patterns,
                                             const ListingSettings& settings, const Fs& fs,
                                             Snapshot& snapshot) {
  return ContextWalk(folder, patterns, settings, fs, snapshot).run();
}

}  // namespace plimsoll::engine
