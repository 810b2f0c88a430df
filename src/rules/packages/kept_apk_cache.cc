// kept-apk-cache: apk writes its package index into the image.
#include "facts/command.h"
#include "rules/packages/_mounts.h"
#include "rules/packages/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::kept_apk_cache {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3019"},
    {"trivy", "DS-0025"},
    {"kics", "ae9c56a6-3ed1-4ac0-9b54-31267f51151d"},
    {"semgrep", "dockerfile.best-practice.missing-apk-no-cache.missing-apk-no-cache"},
    {"dockle", "DKL-DI-0004"},
};

static void check(const facts::Command& command, Findings& out) {
  const facts::PackageCall* call = command.packages;
  if (call == nullptr || call->action != facts::PackageAction::install || call->no_cache ||
      command.has("--no-network"))  // then it fetches no index
    return;
  if (keeps_out(*command.run, "/var/cache/apk") || keeps_out(*command.run, "/var/cache") ||
      keeps_out(*command.run, "/etc/apk/cache"))
    return;
  std::optional<Fix> fix;
  if (prefers_mounts(*command.run)) fix = cache_mount(command, "/var/cache/apk", Sharing::locked);
  if (!fix)
    fix = Fix{.safety = Safety::safe,
              .title = "add --no-cache",
              .edits = {behind_action(command, " --no-cache")}};
  out.push_back({.where = command.place(call->action_span),
                 .message = "apk add writes its package index to /var/cache/apk",
                 .fix = std::move(fix)});
}

static constexpr std::string_view kNames[] = {"apk"};

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nRUN apk add curl=8.14.1-r2\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nRUN apk add --no-cache curl=8.14.1-r2\n"},
    {.text = "FROM alpine:3.22\nRUN apk add --no-cache curl=8.14.1-r2\n"},
    {.text =
         "FROM alpine:3.22\nRUN --mount=type=cache,target=/var/cache/apk apk add curl=8.14.1-r2\n"},
};

extern constinit const Rule rule = described({
    .name = "kept-apk-cache",
    .severity = Severity::info,
    .category = Category::size,
    .summary = "apk keeps its package index in the image",
    .why = "The index is some megabytes that are stale the next day. `--no-cache` fetches it for "
           "this call only,\n"
           "which also makes `apk update` before it and `rm -rf /var/cache/apk/*` behind it "
           "unnecessary.",
    .remedy = "Add `--no-cache`, or mount a cache on `/var/cache/apk`.",
    .source = "Alpine wiki, Alpine Package Keeper, \"Local cache\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::packages::kept_apk_cache
