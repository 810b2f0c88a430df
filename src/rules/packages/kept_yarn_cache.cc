// kept-yarn-cache: yarn leaves what it fetched in the image.
#include <algorithm>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/packages/_caches.h"
#include "rules/packages/_mounts.h"
#include "rules/packages/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::kept_yarn_cache {

static constexpr Alias kAliases[] = {{"hadolint", "DL3060"}};

static constexpr facts::Manager kManagers[] = {facts::Manager::yarn};
// Of root in Debian and Alpine, and of others. Source: classic.yarnpkg.com, "yarn cache".
static constexpr std::string_view kFolders[] = {"/usr/local/share/.cache/yarn", "/root/.cache/yarn",
                                                "/home/node/.cache/yarn", "~/.cache/yarn",
                                                "$HOME/.cache/yarn"};

static bool cleans(const facts::Command& command) {
  return command.packages->action == facts::PackageAction::clean;
}

// By option or by ENV; empty: where Yarn has it by itself.
static std::string_view folder_of(const facts::Command& command) {
  const std::string_view written = command.option("", "--cache-folder");
  if (!written.empty()) return written;
  for (const facts::Fact<facts::Variable>& v : command.run->stage->environment.items)
    if (v.known() && v.value.name == "YARN_CACHE_FOLDER") return v.value.text;
  return {};
}

// `rm -rf "$(yarn cache dir)"`, `yarn --cache-folder ./x && rm -rf ./x`
static bool removes_folder(const facts::Command& fill) {
  const std::string_view folder = folder_of(fill);
  return std::ranges::any_of(fill.run->commands, [&](const facts::Command& other) {
    if (other.name == "yarn" && other.has("cache") && other.has("dir")) return true;
    return other.removal != nullptr && !folder.empty() &&
           std::ranges::any_of(other.removal->paths,
                               [&](std::string_view path) { return path.starts_with(folder); });
  });
}

static bool mounted(const facts::Command& fill) {
  const std::string_view folder = folder_of(fill);
  return keeps_out(*fill.run, "/.yarn") || keeps_out(*fill.run, "/yarn") ||
         (!folder.empty() && keeps_out(*fill.run, folder));
}

// Yarn 2 and later keeps what the program runs from where Yarn 1 has its cache, or nothing at all.
static bool may_be_modern(const facts::Command& command) {
  if (command.has("--immutable") || command.has("workspaces")) return true;
  for (const facts::Run& run : command.run->stage->runs)
    for (const facts::Command& other : run.commands)
      if ((other.name == "yarn" && other.has("set")) || other.name == "corepack") return true;
  return std::ranges::any_of(command.run->stage->copies, [](const facts::Copy& copy) {
    return std::ranges::any_of(copy.sources, [](const facts::Copy::Source& source) {
      return source.path.known() && (source.path.value.starts_with(".yarn") ||
                                     source.path.value.find("/.yarn") != std::string_view::npos);
    });
  });
}

static std::optional<Fix> emptied(const facts::Command& command) {
  if (!command.wrapper.empty()) return {};
  if (prefers_mounts(*command.run) && folder_of(command).empty())
    if (std::optional<Fix> mount = cache_mount(command, kFolders[0], Sharing::locked)) return mount;
  return appended(*command.run, "yarn cache clean", Safety::safe,
                  "empty the cache in the same RUN");
}

static void check(const facts::Build& build, Findings& out) {
  const Cache cache{.managers = kManagers, .folders = kFolders, .cleans = cleans};
  for (const facts::Command* command : filling(build, cache)) {
    if (may_be_modern(*command) || removes_folder(*command) || mounted(*command)) continue;
    const bool hadolint = command->packages->action_text == "install" &&
                          hadolint_misses_cleaning(*command->run, cache, false);
    out.push_back(
        {.where = command->place(command->packages->action_span),
         .message = "what yarn fetches stays in its cache, which the image has no use for",
         .aliases = hadolint ? ~0U : 0U,
         .fix = emptied(*command)});
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM node:22-slim\nCOPY package.json yarn.lock ./\nRUN yarn install "
             "--frozen-lockfile\n",
     .flagged = true,
     .fixed = "FROM node:22-slim\nCOPY package.json yarn.lock ./\nRUN yarn install "
              "--frozen-lockfile && yarn cache clean\n"},
    {.text = "FROM node:22-slim\nRUN yarn install && yarn cache clean\n"},
    {.text = "FROM node:22-slim\nRUN --mount=type=cache,target=/usr/local/share/.cache/yarn yarn "
             "install\n"},
    {.text = "FROM node:22-slim AS build\nRUN yarn install && yarn build\nFROM nginx:1.29\nCOPY "
             "--from=build /dist /usr/share/nginx/html\n"},
};

extern constinit const Rule rule = described({
    .name = "kept-yarn-cache",
    .severity = Severity::info,
    .category = Category::size,
    .summary = "Yarn keeps its downloads in the image",
    .why = "Yarn 1 keeps every archive unpacked in its cache, beside the copy in `node_modules`: "
           "the image carries each\n"
           "package twice.",
    .remedy = "End the same `RUN` with `yarn cache clean`, or mount a cache on "
              "`/usr/local/share/.cache/yarn`.",
    .source = "classic.yarnpkg.com, \"yarn cache\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::packages::kept_yarn_cache
