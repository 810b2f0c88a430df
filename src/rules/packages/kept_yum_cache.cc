// kept-yum-cache: yum leaves what it fetched in the image.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/packages/_caches.h"
#include "rules/packages/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::kept_yum_cache {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3032"},
    {"trivy", "DS-0015"},
    {"kics", "00481784-25aa-4a55-8633-3136dfcf4f37"},
    {"semgrep", "generic.dockerfile.best-practice.missing-yum-clean-all.missing-yum-clean-all"},
};

static constexpr facts::Manager kManagers[] = {facts::Manager::yum};

static void check(const facts::Build& build, Findings& out) {
  const Cache cache{.managers = kManagers, .folders = dnf_folders(), .cleans = cleans_dnf};
  for (const facts::Command* command : filling(build, cache)) {
    std::uint32_t aliases = in_last_stage(*command) ? ~0U : without(kAliases, "kics");
    if (!hadolint_misses_cleaning(*command->run, cache, true))
      aliases &= without(kAliases, "hadolint");
    // With a forgotten `&&`: `yum install -y httpd yum clean all`. KICS is content with the words.
    if (command->has("clean") && command->has("all")) aliases &= without(kAliases, "kics");
    out.push_back(
        {.where = command->place(command->packages->action_span),
         .message =
             concat({"what yum ", command->packages->action_text, " fetches stays in /var/cache"}),
         .aliases = aliases,
         .fix = command->wrapper.empty() ? appended(*command->run, "yum clean all", Safety::safe,
                                                    "empty the cache in the same RUN")
                                         : std::nullopt});
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM centos:7\nRUN yum install -y httpd-2.4.6\n",
     .flagged = true,
     .fixed = "FROM centos:7\nRUN yum install -y httpd-2.4.6 && yum clean all\n"},
    {.text = "FROM centos:7\nRUN yum install -y httpd-2.4.6 && yum clean all\n"},
    {.text = "FROM centos:7\nRUN yum install -y httpd-2.4.6 && rm -rf /var/cache/yum\n"},
    {.text = "FROM centos:7\nRUN --mount=type=cache,target=/var/cache/yum yum install -y "
             "httpd-2.4.6\n"},
};

extern constinit const Rule rule = described({
    .name = "kept-yum-cache",
    .severity = Severity::low,
    .category = Category::size,
    .summary = "yum's package lists stay in the image",
    .why = "Lists of all packages, with their files and changes, are fetched before anything is "
           "installed: often more than\n"
           "100 MB, which are stale within days. A layer keeps what it was given: a later `RUN` "
           "hides the files and saves nothing.",
    .remedy = "End the same `RUN` with `yum clean all`, or mount a cache on `/var/cache/yum`.",
    .source = "yum(8), \"clean\"; yum.conf(5), \"cachedir\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::packages::kept_yum_cache
