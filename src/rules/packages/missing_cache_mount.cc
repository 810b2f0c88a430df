// missing-cache-mount: each build fetches anew what a cache mount would keep.
#include <algorithm>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/packages/_mounts.h"
#include "rules/packages/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::missing_cache_mount {

static constexpr Alias kAliases[] = {
    {"tally", "tally/prefer-package-cache-mounts"},
    {"tally", "tally/js/node-gyp-cache-mounts"},
    {"tally", "tally/ruby/prefer-bundler-cache-mount"},
    {"tally", "tally/ruby/leftover-bundler-cache"},
};

// Where a manager keeps what it fetches, of root in the usual image. A mount whose target has
// `word` in it is taken to be meant for it: it may be elsewhere. Sources: each manager's
// documentation.
struct ManagerCache {
  facts::Manager manager;
  std::string_view folder, word;
};
static constexpr ManagerCache kManagerCaches[] = {
    {facts::Manager::apk, "/var/cache/apk", "apk"},
    {facts::Manager::apt, "/var/cache/apt", "apt"},
    {facts::Manager::cargo, "/usr/local/cargo/registry", "cargo"},
    {facts::Manager::composer, "/root/.composer/cache", "composer"},
    {facts::Manager::dnf, "/var/cache/dnf", "dnf"},
    {facts::Manager::gem, "/usr/local/bundle/cache", "gem"},
    {facts::Manager::go, "/go/pkg/mod", "go"},
    {facts::Manager::microdnf, "/var/cache/yum", "yum"},
    {facts::Manager::npm, "/root/.npm", "npm"},
    {facts::Manager::pip, "/root/.cache/pip", "pip"},
    {facts::Manager::pnpm, "/root/.local/share/pnpm/store", "pnpm"},
    {facts::Manager::yarn, "/usr/local/share/.cache/yarn", "yarn"},
    {facts::Manager::yum, "/var/cache/yum", "yum"},
    {facts::Manager::zypper, "/var/cache/zypp", "zypp"},
};

// Programs that fetch packages under a command of their own.
struct ProgramCache {
  std::string_view program, action, folder, word;
};
static constexpr ProgramCache kProgramCaches[] = {
    {"bun", "install", "/root/.bun/install/cache", "bun"},
    {"bundle", "install", "/usr/local/bundle/cache", "bundle"},
    {"cargo", "build", "/usr/local/cargo/registry", "cargo"},
    {"cargo", "fetch", "/usr/local/cargo/registry", "cargo"},
    {"dotnet", "restore", "/root/.nuget/packages", "nuget"},
    {"poetry", "install", "/root/.cache/pypoetry", "poetry"},
    {"uv", "sync", "/root/.cache/uv", "uv"},
};

struct Fetching {
  std::string_view action, folder, word;
};

static std::optional<Fetching> fetching(const facts::Command& command) {
  if (command.words.size() > 1)
    for (const ProgramCache& cache : kProgramCaches)
      if (command.name == cache.program && command.words[1].value == cache.action)
        return Fetching{cache.action, cache.folder, cache.word};
  const facts::PackageCall* call = command.packages;
  if (call == nullptr || call->action != facts::PackageAction::install) return {};
  // `go run main.go`
  const bool local =
      !call->packages.empty() && std::ranges::all_of(call->packages, &facts::Package::local);
  if (local && !call->from_file) return {};
  for (const ManagerCache& cache : kManagerCaches)
    if (cache.manager == call->manager)
      return Fetching{call->action_text, cache.folder, cache.word};
  return {};
}

static bool mounted(const facts::Run& run, std::string_view word) {
  return std::ranges::any_of(run.instruction->mounts, [&](const parse::dockerfile::Mount& mount) {
    if (mount.type != "cache" && mount.type != "tmpfs") return false;
    std::string_view target = mount.option("target", "dst");
    if (target.empty()) target = mount.option("destination");
    return target.find(word) != std::string_view::npos ||
           target.find('$') != std::string_view::npos || target.ends_with("cache");
  });
}

// `python3 -m pip install`
static std::string_view shown_name(const facts::Command& command) {
  const bool pip = command.packages != nullptr && command.packages->manager == facts::Manager::pip;
  return pip ? "pip" : command.name;
}

// Does some command of the RUN empty a cache, or is this one told to keep none? Then a mount would
// be in vain.
static bool keeps_none(const facts::Command& command) {
  if (command.packages != nullptr && command.packages->no_cache) return true;
  return std::ranges::any_of(command.run->commands, [](const facts::Command& c) {
    return (c.packages != nullptr && c.packages->action == facts::PackageAction::clean) ||
           (c.removal != nullptr && c.removal->recursive);
  });
}

// Folders that are the same in every image in which root runs the program.
static std::optional<Sharing> sharing_of(facts::Manager manager) {
  using enum facts::Manager;
  switch (manager) {
    case apk:
    case yarn:
    case zypper:
      return Sharing::locked;
    case npm:
    case pip:
      return Sharing::shared;
    default:
      return {};
  }
}

static std::optional<Fix> mounting(const facts::Command& command, std::string_view folder) {
  if (!prefers_mounts(*command.run) || command.packages == nullptr) return {};
  if (command.packages->manager == facts::Manager::apt)
    return apt_cache_mounts(*command.run->stage);
  const std::optional<Sharing> sharing = sharing_of(command.packages->manager);
  if (!sharing || keeps_none(command)) return {};
  return cache_mount(command, folder, *sharing);
}

static void check_run(const facts::Run& run, Findings& out) {
  for (const facts::Command& command : run.commands) {
    std::optional<Fetching> found = fetching(command);
    if (!found || mounted(run, found->word)) continue;
    if (found->action == "download") found->action = "mod download";
    const std::string_view id = command.name == "bundle" ? "tally/ruby/prefer-bundler-cache-mount"
                                                         : "tally/prefer-package-cache-mounts";
    out.push_back(
        {.where = command.place(),
         .message = concat({shown_name(command), found->action.empty() ? "" : " ", found->action,
                            " fetches anew what a cache mount on ", found->folder, " would keep"}),
         .aliases = only(kAliases, {id}),
         .fix = mounting(command, found->folder)});
    return;  // one mount after the other
  }
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const facts::Run& run : stage.runs) check_run(run, out);
}

static constexpr Example kExamples[] = {
    {.text = "FROM golang:1.25\nCOPY go.mod go.sum ./\nRUN go mod download\n", .flagged = true},
    {.text = "FROM ruby:3.4-slim\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install\n",
     .flagged = true},
    {.text = "FROM golang:1.25\nCOPY go.mod go.sum ./\nRUN "
             "--mount=type=cache,target=/go/pkg/mod go mod download\n"},
    {.text = "# with --prefer-cache-mounts\nFROM node:22\nRUN npm ci\n",
     .flagged = true,
     .fixed = "# with --prefer-cache-mounts\nFROM node:22\n"
              "RUN --mount=type=cache,target=/root/.npm npm ci\n",
     .settings = {.prefer_cache_mounts = true}},
    {.text = "# with --prefer-cache-mounts\nFROM debian:13\n"
             "RUN apt-get update && apt-get install -y git && apt-get clean \\\n"
             "  && rm -rf /var/lib/apt/lists/*\n",
     .flagged = true,
     .fixed = "# with --prefer-cache-mounts\nFROM debian:13\n"
              "RUN --mount=type=cache,target=/var/cache/apt,sharing=locked "
              "--mount=type=cache,target=/var/lib/apt,sharing=locked "
              "rm -f /etc/apt/apt.conf.d/docker-clean && apt-get update && apt-get install -y "
              "git\n",
     .settings = {.prefer_cache_mounts = true}},
    {.text = "FROM debian:13\nRUN make\n"},
};

extern constinit const Rule rule = described({
    .name = "missing-cache-mount",
    .severity = Severity::info,
    .category = Category::size,
    .preset = Preset::all,
    .summary = "Packages are fetched without a cache mount",
    .why = "When one line of the list of packages changes, the layer is built anew and all of them "
           "are fetched again.\n"
           "A cache mount outlives the build, and is not part of the image: nothing has to be "
           "cleaned up.",
    .remedy =
        "Write `RUN --mount=type=cache,target=…` with the package manager's cache folder; for "
        "apt also\n"
        "`/var/lib/apt/lists`, with `sharing=locked` and without "
        "`/etc/apt/apt.conf.d/docker-clean`.",
    .source = "Docker, \"Optimize cache usage in builds\", \"Use cache mounts\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::packages::missing_cache_mount
