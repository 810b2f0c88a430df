// stale-package-index: the package index is refreshed in one RUN and used in another, between which
// the cache ages.
#include <algorithm>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::stale_package_index {

static constexpr Alias kAliases[] = {
    {"trivy", "DS-0017"},
    {"checkov", "CKV_DOCKER_5"},
    {"kics", "9bae49be-0aa3-4de5-bab2-4c3a069e40cd"},
    {"dockle", "CIS-DI-0007"},
    {"cis", "4.7"},
};

using facts::PackageAction;

static bool refreshes(const facts::Command& c) {
  return c.packages != nullptr && c.packages->action == PackageAction::refresh_index;
}

static bool does(const facts::Command& c, facts::Manager manager, PackageAction action) {
  return c.packages != nullptr && c.packages->manager == manager && c.packages->action == action;
}

static bool uses_index(const facts::Command& c, facts::Manager manager) {
  return does(c, manager, PackageAction::install) || does(c, manager, PackageAction::upgrade) ||
         does(c, manager, PackageAction::dist_upgrade);
}

// The first install of a later RUN that counts on this RUN's index: no RUN between refreshes it
// again.
static const facts::Command* late_use(const facts::Run& run, facts::Manager manager) {
  for (const facts::Run& later : run.stage->runs) {
    if (later.instruction->span.begin <= run.instruction->span.begin) continue;
    for (const facts::Command& c : later.commands) {
      if (does(c, manager, PackageAction::refresh_index)) return nullptr;
      // `apk --no-cache` fetches an index of its own.
      if (uses_index(c, manager) && !(manager == facts::Manager::apk && c.packages->no_cache))
        return &c;
    }
  }
  return nullptr;
}

static void check_run(const facts::Run& run, Findings& out) {
  const auto refresh = std::ranges::find_if(run.commands, refreshes);
  if (refresh == run.commands.end()) return;
  const facts::Manager manager = refresh->packages->manager;
  if (std::ranges::any_of(run.commands,
                          [&](const facts::Command& c) { return uses_index(c, manager); }))
    return;
  const facts::Command* use = late_use(run, manager);
  // A script or another program may install too, so a RUN that holds more is only blamed for a
  // later install.
  if (use == nullptr && !std::ranges::all_of(run.commands, refreshes)) return;
  // KICS speaks of the install that comes late.
  Finding finding{
      .where = refresh->place(),
      .message =
          concat({refresh->name, " ", refresh->packages->action_text,
                  " has a layer of its own, which the build cache keeps after it is out of date"}),
      .aliases = use != nullptr ? ~0U : without(kAliases, "kics")};
  if (use != nullptr) finding.related.push_back({use->place(), "this install uses that index"});
  out.push_back(std::move(finding));
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const facts::Run& run : stage.runs) check_run(run, out);
}

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN apt-get update\nRUN apt-get install -y git\n", .flagged = true},
    {.text = "FROM debian:13\nRUN apt-get update && apt-get install -y git\n"},
    {.text = "FROM debian:13\nRUN apt-get update && ./install-dependencies.sh\n"},
};

extern constinit const Rule rule = described({
    .name = "stale-package-index",
    .severity = Severity::medium,
    .category = Category::reproducibility,
    .summary = "Package index is refreshed in a RUN of its own",
    .why = "The layer of the refresh is taken from the cache as long as its text stays the same. "
           "When the install is changed\n"
           "weeks later it asks the archive for versions that are gone, and fails, or installs old "
           "ones with known holes.",
    .remedy = "Refresh and install in one `RUN`: `apt-get update && apt-get install -y …`.",
    .source = "CIS Docker Benchmark 1.6, 4.7; Docker, Building best practices, \"apt-get\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::packages::stale_package_index
