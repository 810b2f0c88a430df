// Asks git once for each repository. Nothing of the repository's configuration or content may make
// git run other programs, and the revision reaches `git diff` as a hash.
#include "engine/since.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <iterator>
#include <optional>
#include <set>
#include <span>

#include "base/concat.h"

namespace plimsoll::engine {
namespace {

constexpr std::size_t kPathsAtOnce = 500;  // a command line has an end

// What may be set in a hook and would lead git elsewhere, or change its answer.
std::vector<std::string> unwanted_variables() {
  return {"GIT_DIR=",
          "GIT_WORK_TREE=",
          "GIT_INDEX_FILE=",
          "GIT_PREFIX=",
          "GIT_COMMON_DIR=",
          "GIT_NAMESPACE=",
          "GIT_EXTERNAL_DIFF=",
          "GIT_DIFF_OPTS=",
          "GIT_TRACE",
          "GIT_PAGER=",
          "GIT_GLOB_PATHSPECS=",
          "GIT_NOGLOB_PATHSPECS=",
          "GIT_ICASE_PATHSPECS=",
          "GIT_LITERAL_PATHSPECS="};
}

std::string_view take_line(std::string_view& text) {
  const std::size_t size = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, size);
  text.remove_prefix(std::min(size + 1, text.size()));
  return line;
}

// `12` or `12,3` behind the sign: the first line and how many.
struct Side {
  std::uint32_t first = 0, count = 1;
};
std::optional<Side> read_side(std::string_view line, char sign) {
  const std::size_t at = line.find(sign);
  if (at == std::string_view::npos) return std::nullopt;
  Side side;
  const char *next = line.data() + at + 1, *end = line.data() + line.size();
  const auto [behind, error] = std::from_chars(next, end, side.first);
  if (error != std::errc()) return std::nullopt;
  if (behind != end && *behind == ',') std::from_chars(behind + 1, end, side.count);
  return side;
}

// Git quotes a name as C does if a quote, a backslash or a control character is in it.
std::string unquoted(std::string_view name) {
  if (!name.starts_with('"')) return std::string(name);
  constexpr std::string_view kLetters = "abtnvfr", kMeant = "\a\b\t\n\v\f\r";
  std::string result;
  for (std::size_t i = 1; i < name.size() && name[i] != '"'; ++i) {
    if (name[i] != '\\' || i + 1 == name.size()) {
      result += name[i];
      continue;
    }
    const char c = name[++i];
    if (c >= '0' && c <= '3' && i + 2 < name.size()) {
      result += static_cast<char>((c - '0') * 64 + (name[i + 1] - '0') * 8 + (name[i + 2] - '0'));
      i += 2;
    } else {
      const std::size_t letter = kLetters.find(c);
      result += letter == std::string_view::npos ? c : kMeant[letter];
    }
  }
  return result;
}

// One work tree, with the judged files that lie in it.
struct Repository {
  std::map<std::string, std::vector<std::uint32_t>> paths;  // in the work tree: source numbers
};

class Git {
 public:
  Git(const SinceSettings& settings, std::string root)
      : settings_(settings), root_(std::move(root)) {}

  // Fails if it can't be run. Its status may say anything.
  [[nodiscard]] Result<Finished> ask(std::vector<std::string> words) const {
    Program program{.words = {settings_.git, "-C", root_, "--literal-pathspecs", "-c",
                              "core.quotePath=false", "-c", "core.fsmonitor=false"},
                    .without = unwanted_variables(),
                    .with = {{"GIT_OPTIONAL_LOCKS", "0"}, {"LC_ALL", "C"}}};
    std::ranges::move(words, std::back_inserter(program.words));
    return settings_.run(program);
  }
  // Its output; fails unless its status is 0.
  [[nodiscard]] Result<std::string> must(std::vector<std::string> words) const {
    Result<Finished> finished = ask(std::move(words));
    if (!finished) return tl::unexpected(finished.error());
    if (finished->status == 0) return std::move(finished->out);
    std::string_view said = finished->err;
    return fail(ErrorKind::unreadable, concat({"--since: git: ", take_line(said)}));
  }

  // Those of the paths that are not as committed; none if git can't say.
  [[nodiscard]] std::set<std::string> dirty(std::span<const std::string> paths) const {
    std::vector<std::string> words = {
        "status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--"};
    words.insert(words.end(), paths.begin(), paths.end());
    const Result<Finished> finished = ask(std::move(words));
    std::set<std::string> found;
    if (!finished || finished->status != 0) return found;
    std::string_view rest = finished->out;
    while (rest.size() > 3) {  // two letters and a blank
      const std::size_t size = std::min(rest.find('\0'), rest.size());
      found.emplace(rest.substr(3, size - 3));
      rest.remove_prefix(std::min(size + 1, rest.size()));
    }
    return found;
  }

  // The commit at which HEAD left the revision's line of history.
  [[nodiscard]] Result<std::string> find_base() const {
    const Result<Finished> commit = ask({"rev-parse", "--verify", "--quiet", "--end-of-options",
                                         concat({settings_.revision, "^{commit}"})});
    if (!commit) return tl::unexpected(commit.error());
    std::string_view out = commit->out;
    const std::string hash(take_line(out));
    if (commit->status != 0 || hash.empty())
      return fail(ErrorKind::not_found,
                  concat({"--since: there is no revision '", settings_.revision, "' in ", root_}));
    const Result<Finished> base = ask({"merge-base", hash, "HEAD"});
    if (!base) return tl::unexpected(base.error());
    out = base->out;
    std::string base_hash(take_line(out));
    if (base->status != 0 || base_hash.empty())
      return fail(ErrorKind::not_found,
                  concat({"--since: '", settings_.revision, "' and HEAD have no common commit in ",
                          root_, "; in a shallow clone, fetch more of the history"}));
    return base_hash;
  }

  // Adds what it knows of these paths.
  [[nodiscard]] Result<void> add_changes(const std::string& base,
                                         std::span<const std::string> paths,
                                         std::map<std::string, ChangedLines>& changes) const {
    std::vector<std::string> diff = {"diff",
                                     "--unified=0",
                                     "--inter-hunk-context=0",
                                     "--no-color",
                                     "--no-ext-diff",
                                     "--no-textconv",
                                     "--no-renames",
                                     "--no-relative",
                                     "--text",
                                     "--src-prefix=a/",
                                     "--dst-prefix=b/",
                                     base,
                                     "--"};
    std::vector<std::string> others = {"ls-files", "-z", "--others", "--"};
    for (std::vector<std::string>* words : {&diff, &others})
      words->insert(words->end(), paths.begin(), paths.end());
    const Result<std::string> changed = must(std::move(diff)), unknown = must(std::move(others));
    if (!changed) return tl::unexpected(changed.error());
    if (!unknown) return tl::unexpected(unknown.error());
    changes.merge(read_diff(*changed));
    std::string_view names = *unknown;
    while (!names.empty()) {
      const std::size_t size = std::min(names.find('\0'), names.size());
      changes[std::string(names.substr(0, size))].all = true;
      names.remove_prefix(std::min(size + 1, names.size()));
    }
    return {};
  }

 private:
  const SinceSettings& settings_;
  std::string root_;
};

// The folder with `.git` that the file lies in; empty: there is none.
std::string root_of(const std::filesystem::path& file, const Fs& fs) {
  for (std::filesystem::path folder = file.parent_path(); folder.is_absolute();
       folder = folder.parent_path()) {
    if (fs.status((folder / ".git").string())) return folder.string();
    if (folder == folder.root_path()) break;
  }
  return {};
}

// The work trees of all files that were judged, by their folders.
Result<std::map<std::string, Repository>> find_repositories(const Verdict& verdict, const Fs& fs) {
  std::map<std::string, Repository> repositories;
  for (std::uint32_t number = 0; number < verdict.sources.size(); ++number) {
    if (verdict.sources[number] == nullptr) continue;
    const std::string& path = verdict.source(number).path();
    std::error_code error;
    const std::filesystem::path real = std::filesystem::canonical(path, error);
    const std::string root = error ? std::string() : root_of(real, fs);
    if (root.empty())
      return fail(ErrorKind::not_found, concat({"--since: ", path, " is in no git repository"}));
    repositories[root].paths[real.lexically_relative(root).generic_string()].push_back(number);
  }
  return repositories;
}

std::set<std::uint32_t> sources_with_findings(const Verdict& verdict) {
  std::set<std::uint32_t> sources;
  for (const Judged& judged : verdict.findings) sources.insert(judged.finding.where.source);
  return sources;
}

// Of the files with findings in one repository.
Result<void> find_changes(const Git& git, const Repository& repository,
                          const std::set<std::uint32_t>& faulty,
                          std::map<std::uint32_t, ChangedLines>& by_source) {
  const Result<std::string> base = git.find_base();
  if (!base) return tl::unexpected(base.error());
  std::vector<std::string> paths;
  for (const auto& [path, sources] : repository.paths)
    if (std::ranges::any_of(sources, [&](std::uint32_t s) { return faulty.contains(s); }))
      paths.push_back(path);
  std::map<std::string, ChangedLines> changes;
  for (std::size_t at = 0; at < paths.size(); at += kPathsAtOnce) {
    const auto some = std::span(paths).subspan(at, std::min(kPathsAtOnce, paths.size() - at));
    if (Result<void> added = git.add_changes(*base, some, changes); !added) return added;
  }
  for (const auto& [path, sources] : repository.paths)
    if (const auto found = changes.find(path); found != changes.end())
      for (const std::uint32_t source : sources) by_source[source] = found->second;
  return {};
}

bool is_on_changed_line(const Judged& judged, const Verdict& verdict,
                        const std::map<std::uint32_t, ChangedLines>& changes) {
  const auto found = changes.find(judged.finding.where.source);
  if (found == changes.end()) return false;
  const text::Source& source = verdict.source(judged.finding.where.source);
  const text::Span span = judged.finding.where.span;
  return found->second.touch(source.position(span.begin).line,
                             source.position(std::max(span.begin + 1, span.end) - 1).line);
}

}  // namespace

bool ChangedLines::touch(std::uint32_t first, std::uint32_t last) const {
  return all ||
         std::ranges::any_of(ranges,
                             [&](const Range& r) { return r.first <= last && r.last >= first; }) ||
         std::ranges::any_of(holes,
                             [&](std::uint32_t line) { return line >= first && line < last; });
}

// `diff` begins behind the hunk's head. A null file is one that is no more.
static void read_hunk(const Side& before, const Side& after, std::string_view& diff,
                      ChangedLines* file) {
  // The lines themselves are counted, not read: they may look like anything.
  for (std::uint32_t i = 0; i < before.count + after.count && !diff.empty(); ++i) {
    take_line(diff);
    if (diff.starts_with("\\ ")) take_line(diff);  // no newline at the end of the file
  }
  if (file == nullptr) return;
  if (after.count > 0)
    file->ranges.push_back({after.first, after.first + after.count - 1});
  else
    file->holes.push_back(after.first);
}

std::map<std::string, ChangedLines> read_diff(std::string_view diff) {
  std::map<std::string, ChangedLines> changes;
  ChangedLines* file = nullptr;
  while (!diff.empty()) {
    std::string_view line = take_line(diff);
    if (line.starts_with("+++ ")) {
      line.remove_prefix(4);
      if (line.ends_with('\t')) line.remove_suffix(1);  // behind a name with blanks
      const std::string name = unquoted(line);
      file = name.starts_with("b/") ? &changes[name.substr(2)] : nullptr;
    }
    if (!line.starts_with("@@ ")) continue;
    const std::optional<Side> before = read_side(line, '-'), after = read_side(line, '+');
    if (before && after) read_hunk(*before, *after, diff, file);
  }
  return changes;
}

Result<void> keep_changed(const SinceSettings& settings, const Fs& fs, Verdict& verdict) {
  if (settings.git.empty())
    return fail(ErrorKind::not_found, "--since needs git, which is not on PATH");
  if (settings.revision.empty() || settings.revision.starts_with('-'))
    return fail(ErrorKind::malformed,
                concat({"--since: '", settings.revision, "' is no revision"}));
  Result<std::map<std::string, Repository>> repositories = find_repositories(verdict, fs);
  if (!repositories) return tl::unexpected(repositories.error());

  const std::set<std::uint32_t> faulty = sources_with_findings(verdict);
  std::map<std::uint32_t, ChangedLines> by_source;
  for (const auto& [root, repository] : *repositories)
    if (Result<void> found = find_changes(Git(settings, root), repository, faulty, by_source);
        !found)
      return found;
  std::erase_if(verdict.findings, [&](const Judged& judged) {
    return !is_on_changed_line(judged, verdict, by_source);
  });
  return {};
}

std::vector<std::string> uncommitted(const std::string& git, const std::vector<std::string>& paths,
                                     const Fs& fs, const RunProgram& run) {
  if (git.empty()) return {};
  std::map<std::string, std::map<std::string, std::string>> repositories;  // paths as given
  for (const std::string& path : paths) {
    std::error_code error;
    const std::filesystem::path real = std::filesystem::canonical(path, error);
    const std::string root = error ? std::string() : root_of(real, fs);
    if (!root.empty())
      repositories[root].emplace(real.lexically_relative(root).generic_string(), path);
  }
  const SinceSettings settings{.revision = {}, .git = git, .run = run};
  std::vector<std::string> found;
  for (const auto& [root, files] : repositories) {
    std::vector<std::string> names;
    for (const auto& [name, path] : files) names.push_back(name);
    for (std::size_t at = 0; at < names.size(); at += kPathsAtOnce) {
      const auto some = std::span(names).subspan(at, std::min(kPathsAtOnce, names.size() - at));
      for (const std::string& name : Git(settings, root).dirty(some))
        if (const auto file = files.find(name); file != files.end()) found.push_back(file->second);
    }
  }
  return found;
}

}  // namespace plimsoll::engine
