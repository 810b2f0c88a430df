// root-build-stage: a stage that isn't shipped ends as root, and would run so if it were made the
// target.
#include "base/concat.h"
#include "facts/build.h"
#include "facts/user.h"
#include "rules/rule.h"

namespace plimsoll::rules::user::root_build_stage {

static constexpr Alias kAliases[] = {{"hadolint", "DL3002"}, {"tally", "hadolint/DL3002"}};

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    const facts::Fact<std::string_view>& user = stage.user;
    if (&stage == build.target || !user.known() || user.origin != facts::Origin::written ||
        !facts::is_root(user.value))
      continue;
    if (user.where.span.begin < stage.from->span.begin) continue;  // its parent says so
    if (build.target != nullptr && build.target->user.where == user.where)
      continue;  // root-user's business
    const bool plainly = facts::is_root(build.source->at(user.where.span));
    out.push_back({.where = user.where,
                   .message = "this stage ends as root, and runs so if it is built with --target",
                   .aliases = plainly ? ~0U : without(kAliases, "hadolint")});
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22 AS build\nUSER root\nFROM alpine:3.22\nUSER 10001\n",
     .flagged = true},
    {.text = "FROM alpine:3.22 AS build\nUSER root\nRUN apk add --no-cache make\nUSER 10001\nFROM "
             "build\n"},
    {.text = "FROM alpine:3.22\nUSER root\n"},
};

extern constinit const Rule rule = described({
    .name = "root-build-stage",
    .severity = Severity::info,
    .category = Category::security,
    .preset = Preset::all,
    .summary = "A stage that isn't shipped ends as root",
    .why = "A build stage may be root: its user is not the shipped container's. It matters where "
           "such a stage is run as well,\n"
           "by `docker build --target`, for tests or for development.",
    .remedy = "If the stage is run by itself, end it with `USER` and another user.",
    .source = "hadolint, DL3002",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::user::root_build_stage
