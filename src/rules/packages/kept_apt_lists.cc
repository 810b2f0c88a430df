// kept-apt-lists: the lists that apt-get update fetched stay in the image.
#include <algorithm>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/packages/_mounts.h"
#include "rules/packages/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::kept_apt_lists {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3009"},
    {"kics", "df746b39-6564-4fed-bf85-e9c44382303c"},
    {"semgrep", "dockerfile.best-practice.remove-package-lists.remove-package-lists"},
    {"semgrep", "dockerfile.best-practice.remove-package-cache.remove-package-cache"},
    {"dockle", "DKL-DI-0005"},
};

static bool refreshes(const facts::Command& c) {
  return c.packages != nullptr && c.packages->manager == facts::Manager::apt &&
         c.packages->action == facts::PackageAction::refresh_index;
}

// rm -rf /var/lib/apt/lists/*, /var/lib/apt, /var/lib/{apt,cache}/*; find /var/lib/apt/lists
// -delete
static bool removes_lists(const facts::Command& c) {
  const auto is_lists = [](std::string_view path) {
    return path.starts_with("/var/lib/") && path.find("apt") != std::string_view::npos;
  };
  if (c.removal != nullptr) return std::ranges::any_of(c.removal->paths, is_lists);
  return c.name == "find" && c.has("-delete") && c.words.size() > 1 && is_lists(c.words[1].value);
}

// hadolint takes any `rm -rf` for the one that it asks for, and doesn't look behind `sudo` and the
// like.
static bool hadolint_speaks(const facts::Run& run) {
  return std::ranges::any_of(
             run.commands,
             [](const facts::Command& c) { return refreshes(c) && c.wrapper.empty(); }) &&
         std::ranges::none_of(
             run.commands, [](const facts::Command& c) { return c.name == "rm" && c.has("-rf"); });
}

// True if a later RUN of the stage counts on the lists that this one fetched.
static bool needed_later(const facts::Run& run) {
  for (const facts::Run& later : run.stage->runs) {
    if (later.instruction->span.begin <= run.instruction->span.begin) continue;
    if (std::ranges::any_of(later.commands, refreshes)) return false;
    for (const facts::Command& c : later.commands)
      if (c.packages != nullptr && c.packages->manager == facts::Manager::apt) return true;
  }
  return false;
}

static std::optional<Fix> removal(const facts::Run& run) {
  if (needed_later(run)) return {};
  if (prefers_mounts(run))
    if (std::optional<Fix> mounts = apt_cache_mounts(*run.stage)) return mounts;
  return appended(run, "rm -rf /var/lib/apt/lists/*", Safety::changes_behaviour,
                  "remove the lists in the same RUN");
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    if (!matters(stage)) continue;
    for (const facts::Run& run : stage.runs) {
      const auto refresh = std::ranges::find_if(run.commands, refreshes);
      if (refresh == run.commands.end() || std::ranges::any_of(run.commands, removes_lists))
        continue;
      if (keeps_out(run, "/var/lib/apt/lists") || keeps_out(run, "/var/lib/apt")) continue;
      out.push_back(
          {.where = refresh->place(),
           .message = concat({"the lists that ", refresh->name, " ", refresh->packages->action_text,
                              " fetches stay in the image"}),
           .aliases = hadolint_speaks(run) ? ~0U : without(kAliases, "hadolint"),
           .fix = removal(run)});
    }
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN apt-get update && apt-get install -y git\n",
     .flagged = true,
     .fixed = "FROM debian:13\nRUN apt-get update && apt-get install -y git && rm -rf "
              "/var/lib/apt/lists/*\n"},
    {.text = "# with --prefer-cache-mounts\nFROM debian:13\n"
             "RUN apt-get update && apt-get install -y git\n",
     .flagged = true,
     .fixed = "# with --prefer-cache-mounts\nFROM debian:13\n"
              "RUN --mount=type=cache,target=/var/cache/apt,sharing=locked "
              "--mount=type=cache,target=/var/lib/apt,sharing=locked "
              "rm -f /etc/apt/apt.conf.d/docker-clean && apt-get update && apt-get install -y "
              "git\n",
     .settings = {.prefer_cache_mounts = true}},
    {.text = "FROM debian:13\nRUN apt-get update && apt-get install -y git && rm -rf "
             "/var/lib/apt/lists/*\n"},
    {.text = "FROM debian:13\nRUN --mount=type=cache,target=/var/lib/apt "
             "--mount=type=cache,target=/var/cache/apt \\\n"
             "  apt-get update && apt-get install -y git\n"},
    {.text = "FROM debian:13 AS build\nRUN apt-get update\nFROM scratch\nCOPY --from=build "
             "/bin/true /\n"},
};

extern constinit const Rule rule = described({
    .name = "kept-apt-lists",
    .severity = Severity::info,
    .category = Category::size,
    .summary = "apt's package lists stay in the image",
    .why = "The lists weigh tens of megabytes and are stale within days. A layer keeps what it was "
           "given:\n"
           "removing the lists in a later `RUN` hides them and saves nothing.",
    .remedy = "End the same `RUN` with `rm -rf /var/lib/apt/lists/*`, or mount caches on "
              "`/var/lib/apt` and `/var/cache/apt`.",
    .source = "Docker, Building best practices, \"apt-get\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::packages::kept_apt_lists
