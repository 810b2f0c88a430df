// kept-dnf-cache: dnf leaves what it fetched in the image.
#include "base/concat.h"
#include "data/base_image.h"
#include "facts/build.h"
#include "rules/packages/_caches.h"
#include "rules/packages/_mounts.h"
#include "rules/packages/_rpm.h"
#include "rules/packages/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::kept_dnf_cache {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3040"},
    {"trivy", "DS-0019"},
    {"trivy", "DS-0027"},
    {"kics", "295acb63-9246-4b21-b441-7c1f1fb62dc0"},
    {"semgrep", "dockerfile.best-practice.missing-dnf-clean-all.missing-dnf-clean-all"},
};

static constexpr facts::Manager kManagers[] = {facts::Manager::dnf, facts::Manager::microdnf};

// Fedora's dnf keeps its cache elsewhere since version 5, and microdnf in one of two places.
static bool has_one_folder(const facts::Command& command) {
  const data::BaseImage* image = command.run->stage->root->facts;
  return command.packages->manager == facts::Manager::dnf && image != nullptr &&
         image->family == data::Family::rhel;
}

static std::optional<Fix> emptied(const facts::Command& command) {
  if (!command.wrapper.empty()) return {};
  if (prefers_mounts(*command.run) && has_one_folder(command))
    if (std::optional<Fix> mount = cache_mount(command, "/var/cache/dnf", Sharing::locked))
      return mount;
  return appended(*command.run, concat({command.name, " clean all"}), Safety::safe,
                  "empty the cache in the same RUN");
}

static void check(const facts::Build& build, Findings& out) {
  const Cache cache{.managers = kManagers, .folders = dnf_folders(), .cleans = cleans_dnf};
  for (const facts::Command* command : filling(build, cache)) {
    std::uint32_t aliases = in_last_stage(*command) ? ~0U : without(kAliases, "kics");
    if (!hadolint_misses_cleaning(*command->run, cache, true))
      aliases &= without(kAliases, "hadolint");
    if (!hadolint_knows_dnf(command->name)) aliases &= without(kAliases, "hadolint");
    // Trivy has a check for each of the two.
    aliases &= ~only(kAliases, {command->name == "microdnf" ? "DS-0019" : "DS-0027"});
    out.push_back({.where = command->place(command->packages->action_span),
                   .message = concat({"what ", command->name, " ", command->packages->action_text,
                                      " fetches stays in /var/cache"}),
                   .aliases = aliases,
                   .fix = emptied(*command)});
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM fedora:43\nRUN dnf install -y httpd-2.4.65\n",
     .flagged = true,
     .fixed = "FROM fedora:43\nRUN dnf install -y httpd-2.4.65 && dnf clean all\n"},
    {.text = "FROM registry.access.redhat.com/ubi9-minimal\nRUN microdnf install -y tar\n",
     .flagged = true,
     .fixed = "FROM registry.access.redhat.com/ubi9-minimal\nRUN microdnf install -y tar && "
              "microdnf clean all\n"},
    {.text = "FROM fedora:43\nRUN dnf install -y httpd-2.4.65 && dnf clean all\n"},
    {.text = "FROM fedora:43\nRUN --mount=type=cache,target=/var/cache/libdnf5 dnf install -y "
             "httpd-2.4.65\n"},
};

extern constinit const Rule rule = described({
    .name = "kept-dnf-cache",
    .severity = Severity::low,
    .category = Category::size,
    .summary = "dnf's package lists stay in the image",
    .why = "Lists of all packages, with their files and changes, are fetched before anything is "
           "installed: often more than\n"
           "100 MB, which are stale within days. A layer keeps what it was given: a later `RUN` "
           "hides the files and saves nothing.",
    .remedy = "End the same `RUN` with `dnf clean all`, or mount a cache on `/var/cache/dnf`\n"
              "(`/var/cache/libdnf5` since Fedora 41).",
    .source = "dnf(8), \"clean\"; dnf.conf(5), \"cachedir\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::packages::kept_dnf_cache
