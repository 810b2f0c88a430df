// unstated-user: nobody says as whom the container runs, so it is root or whatever the image chose.
#include <utility>

#include "base/concat.h"
#include "data/base_image.h"
#include "facts/build.h"
#include "facts/user.h"
#include "rules/needs.h"
#include "rules/rule.h"
#include "rules/running.h"
#include "rules/user/_fix.h"

namespace plimsoll::rules::user::unstated_user {

static constexpr Alias kAliases[] = {
    {"tally", "tally/stateful-root-runtime"},
    {"trivy", "DS-0002"},
    {"checkov", "CKV_DOCKER_3"},
    {"kics", "fd54f200-402c-4333-a5a4-36ef6709af2f"},
    {"semgrep", "dockerfile.security.missing-user.missing-user"},
    {"semgrep", "dockerfile.security.missing-user-entrypoint.missing-user-entrypoint"},
    {"dockle", "CIS-DI-0001"},
    {"cis", "4.1"},
};

static std::optional<Fix> as_own_user(const facts::Container& c) {
  std::optional<text::Edit> edit = with_own_user(c);
  if (!edit) return {};
  return Fix{.safety = Safety::changes_behaviour,
             .title = "start as the image's own user",
             .edits = {std::move(*edit)}};
}

// Of an image that a service or run line names. What is not known of it is no finding there: the
// image may well have a user.
static void check_running(const facts::Container& c, Findings& out) {
  if (c.user.unknown() || c.base == nullptr || (c.service != nullptr && !c.service->of.empty()))
    return;
  std::string message = concat({"no user is stated, and ",
                                c.image.known() ? c.image.value : "the image", " starts as root"});
  if (!c.base->users.empty()) message += concat({"; it has a user ", c.base->users.front()});
  Finding finding{.where = c.user.where,
                  .message = std::move(message),
                  .severity = Severity::low,
                  .aliases = only(kAliases, {"4.1"}),
                  .fix = as_own_user(c)};
  if (const std::string_view user = own_user(c); !user.empty())
    finding.run_options = concat({"--user ", user});
  out.push_back(std::move(finding));
}

static void check(const facts::Container& c, Findings& out) {
  const bool unsaid = c.user.absent() || c.user.origin == facts::Origin::base_image;
  if (!unsaid || c.scratch) return;  // scratch has no users, and a static binary needs none
  if (c.user.known() && !facts::is_root(c.user.value)) return;
  if (c.running() && c.stage == nullptr) return check_running(c, out);
  const std::string_view image =
      c.image.known() ? c.image.value : std::string_view("the base image");
  std::string message =
      c.user.unknown()
          ? concat({"no user is stated, and as whom ", image, " starts is not known"})
          : concat({"no user is stated, so the container starts as root, as ", image, " does"});
  if (c.base != nullptr && !c.base->users.empty())
    message += concat({"; it has a user ", c.base->users.front()});
  out.push_back(
      {.where = c.image_where(), .message = std::move(message), .fix = end_as_another_user(c)});
}

static constexpr Example kExamples[] = {
    {.text = "FROM node:22-alpine\nCOPY . /app\nCMD [\"node\", \"/app/server.js\"]\n",
     .flagged = true,
     .fixed = "FROM node:22-alpine\nCOPY . /app\nUSER 1000\nCMD [\"node\", "
              "\"/app/server.js\"]\n"},
    {.text = "FROM debian:13\nRUN mkdir /srv/app\nVOLUME /data\nCMD [\"/srv/app/run\"]\n",
     .flagged = true,
     .fixed = "FROM debian:13\nRUN mkdir /srv/app && groupadd --gid 10001 app \\\n    && useradd "
              "--no-log-init --uid 10001 --gid app --create-home --shell /usr/sbin/nologin app "
              "\\\n    && mkdir -p /data \\\n    && chown 10001:10001 /data\nUSER 10001\nVOLUME "
              "/data\nCMD [\"/srv/app/run\"]\n"},
    {.text = "FROM node:22-alpine AS build\nUSER node\nFROM node:22-alpine\n", .flagged = true},
    {.text = "FROM registry.example.com/app:1\n", .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.28\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  cache:\n    image: redis:8\n",
     .flagged = true,
     .fixed = "services:\n  cache:\n    image: redis:8\n    user: \"999:999\"\n"},
    {.input = Input::run_line, .text = "docker run --rm nginx:1.28\n", .flagged = true},
    {.text = "FROM node:22-alpine\nUSER node\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.28\n    user: \"101\"\n"},
    {.input = Input::compose, .text = "services:\n  web:\n    image: registry.example.com/app:1\n"},
    {.text = "FROM scratch\nCOPY app /app\nCMD [\"/app\"]\n"},
    {.text = "FROM gcr.io/distroless/static-debian12:nonroot\nCOPY app /app\n"},
};

extern constinit const Rule rule = described({
    .name = "unstated-user",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Nobody says as whom the container runs",
    .why = "Most images start as root unless someone says otherwise, and root in a container is "
           "one hole away from root on\n"
           "the host. If an image's own user is relied on, a new version may change it unseen.",
    .remedy = "End the last stage with `USER` and a number other than 0; create the user first if "
              "the image has none.\n"
              "A service states its own as `user`, a run line as `--user`.",
    .source = "CIS Docker Benchmark 1.6, 4.1",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::both},
});

}  // namespace plimsoll::rules::user::unstated_user
