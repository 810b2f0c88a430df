// root-user: the container's main process runs as uid 0, because someone says so.
#include "base/concat.h"
#include "data/base_image.h"
#include "facts/build.h"
#include "facts/user.h"
#include "rules/rule.h"
#include "rules/running.h"
#include "rules/user/_fix.h"

namespace plimsoll::rules::user::root_user {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3002"},
    {"tally", "hadolint/DL3002"},
    {"trivy", "DS-0002"},
    {"checkov", "CKV_DOCKER_8"},
    {"kics", "67fd0c4a-68cf-46d7-8c41-bc9fba7e40ae"},
    {"semgrep", "dockerfile.security.last-user-is-root.last-user-is-root"},
    {"dockle", "CIS-DI-0001"},
    {"cis", "4.1"},
    {"compose-lint", "CL-0018"},
};

// hadolint compares the text as it stands: neither variables nor quotes.
static bool written_plainly(const facts::Container& c) {
  return c.build != nullptr && c.user.where.source == c.build->source_number &&
         facts::is_root(c.build->source->at(c.user.where.span));
}

// Who reports it at this place: compose-lint reads services alone, all others Dockerfiles.
static std::uint32_t aliases_of(const facts::Container& c) {
  if (c.service != nullptr && !in_dockerfile(c, c.user.where))
    return only(kAliases, {"4.1", "CL-0018"});
  if (c.running() && !in_dockerfile(c, c.user.where)) return only(kAliases, {"4.1"});
  const std::uint32_t of_dockerfiles = without(kAliases, "compose-lint");
  return written_plainly(c) ? of_dockerfiles : of_dockerfiles & without(kAliases, "hadolint");
}

static std::optional<Fix> fix_of(const facts::Container& c) {
  if (in_dockerfile(c, c.user.where)) return end_as_another_user(c);
  if (c.service == nullptr || c.base == nullptr || c.base->users.empty() || !c.user.editable)
    return std::nullopt;
  const std::string_view user = c.base->users.front();
  return Fix{.safety = Safety::changes_behaviour,
             .title = concat({"run as ", user}),
             .edits = {{c.user.where, std::string(user)}}};
}

static void check(const facts::Container& c, Findings& out) {
  // Absent, or only the image's own word, is the business of unstated-user; unknown is never
  // guessed.
  if (!c.user.known() || c.user.origin == facts::Origin::base_image ||
      !facts::is_root(c.user.value) || is_inherited(c, c.user.where))
    return;
  out.push_back({.where = c.user.where,
                 .message = c.user.value == "root"
                                ? std::string("the container runs as root")
                                : concat({"the container runs as root (", c.user.value, ")"}),
                 .aliases = aliases_of(c),
                 .fix = fix_of(c)});
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nUSER root\n", .flagged = true},
    {.text = "FROM alpine:3.22\nUSER root\nCOPY app /app\nCMD [\"/app\"]\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nUSER root\nCOPY app /app\nRUN addgroup -g 10001 app \\\n    && "
              "adduser -D -u 10001 -G app -s /sbin/nologin app\nUSER 10001\nCMD [\"/app\"]\n"},
    {.text = "FROM alpine:3.22\nUSER 0:0\n", .flagged = true},
    {.text = "FROM node:22\nUSER root\nRUN npm install --global pm2@6.0.8\n",
     .flagged = true,
     .fixed = "FROM node:22\nUSER root\nRUN npm install --global pm2@6.0.8\nUSER 1000\n"},
    {.text = "FROM alpine:3.22\nARG RUN_AS=root\nUSER ${RUN_AS}\n", .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: node:22\n    user: root\n",
     .flagged = true,
     .fixed = "services:\n  web:\n    image: node:22\n    user: node\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: redis:8\n    user: \"0:0\"\n",
     .flagged = true},
    {.input = Input::run_line, .text = "docker run --user root nginx:1.28\n", .flagged = true},
    {.text = "FROM alpine:3.22\nUSER root\nRUN apk add --no-cache curl\nUSER 10001:10001\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: redis:8\n    user: \"999:999\"\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: redis:8\n    user: ${RUN_AS}\n"},
    {.text = "FROM alpine:3.22 AS build\nUSER root\nFROM alpine:3.22\nUSER 10001\n"},
};

extern constinit const Rule rule = described({
    .name = "root-user",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "Container runs as root",
    .why = "Without user namespaces root in the container is root on the host, held back by the "
           "kernel's isolation alone.\n"
           "A hole in the service then gives an intruder every file of the image, and a hole in "
           "the runtime the host.",
    .remedy = "End the last stage with `USER` and the number of a user of its own; switch to root "
              "before that only where\n"
              "packages are installed. In Compose, state that number as `user`.",
    .source = "CIS Docker Benchmark 1.6, 4.1",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::both},
});

}  // namespace plimsoll::rules::user::root_user
