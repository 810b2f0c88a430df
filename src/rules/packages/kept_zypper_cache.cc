// kept-zypper-cache: zypper leaves what it fetched in the image.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/packages/_caches.h"
#include "rules/packages/_mounts.h"
#include "rules/packages/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::kept_zypper_cache {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3036"},
    {"trivy", "DS-0020"},
    {"kics", "38300d1a-feb2-4a48-936a-d1ef1cd24313"},
    {"semgrep", "dockerfile.best-practice.missing-zypper-clean.missing-zypper-clean"},
};

static constexpr facts::Manager kManagers[] = {facts::Manager::zypper};
static constexpr std::string_view kFolders[] = {"/var/cache/zypp"};

static bool cleans(const facts::Command& command) {
  return command.packages->action == facts::PackageAction::clean;
}

static std::optional<Fix> emptied(const facts::Command& command) {
  if (!command.wrapper.empty()) return {};
  if (prefers_mounts(*command.run))
    if (std::optional<Fix> mount = cache_mount(command, kFolders[0], Sharing::locked)) return mount;
  return appended(*command.run, "zypper clean --all", Safety::safe,
                  "empty the cache in the same RUN");
}

static void check(const facts::Build& build, Findings& out) {
  const Cache cache{.managers = kManagers, .folders = kFolders, .cleans = cleans};
  for (const facts::Command* command : filling(build, cache)) {
    std::uint32_t aliases = in_last_stage(*command) ? ~0U : without(kAliases, "kics");
    if (!hadolint_misses_cleaning(*command->run, cache, false))
      aliases &= without(kAliases, "hadolint");
    out.push_back({.where = command->place(command->packages->action_span),
                   .message = concat({"what zypper ", command->packages->action_text,
                                      " fetches stays in /var/cache/zypp"}),
                   .aliases = aliases,
                   .fix = emptied(*command)});
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM opensuse/leap:15.6\nRUN zypper install -y httpd=2.4.58\n",
     .flagged = true,
     .fixed = "FROM opensuse/leap:15.6\nRUN zypper install -y httpd=2.4.58 && zypper clean "
              "--all\n"},
    {.text = "FROM opensuse/leap:15.6\nRUN zypper install -y httpd=2.4.58 && zypper clean\n"},
    {.text = "FROM opensuse/leap:15.6\nRUN --mount=type=cache,target=/var/cache/zypp zypper "
             "install -y httpd=2.4.58\n"},
};

extern constinit const Rule rule = described({
    .name = "kept-zypper-cache",
    .severity = Severity::low,
    .category = Category::size,
    .summary = "zypper's package lists stay in the image",
    .why =
        "zypper keeps the lists of its repositories, and packages where a repository says so. They "
        "are stale within days.\n"
        "A layer keeps what it was given: a later `RUN` hides the files and saves nothing.",
    .remedy =
        "End the same `RUN` with `zypper clean --all`, or mount a cache on `/var/cache/zypp`.",
    .source = "zypper(8), \"clean\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::packages::kept_zypper_cache
