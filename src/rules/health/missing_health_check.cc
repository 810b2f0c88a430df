// missing-health-check: nothing tells the engine whether the service in the container works.
#include "base/concat.h"
#include "facts/container.h"
#include "rules/health/_probe.h"
#include "rules/rule.h"
#include "rules/running.h"

namespace plimsoll::rules::health::missing_health_check {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3057"},
    {"tally", "hadolint/DL3057"},
    {"trivy", "DS-0026"},
    {"checkov", "CKV_DOCKER_2"},
    {"kics", "b03a748a-542d-44f4-bb86-9199ab4fd2d5"},
    {"dockle", "CIS-DI-0006"},
    {"cis", "4.6"},
    {"kics", "698ed579-b239-4f8f-a388-baa4bcb13ef8"},
    {"cis", "5.27"},
};
static constexpr std::uint32_t kOfServices =
    only(kAliases, {"698ed579-b239-4f8f-a388-baa4bcb13ef8", "5.27"});

// A job or a container that prepares ends, and so does what is removed at its end: nobody waits for
// those to be healthy.
static bool serves(const facts::Container& c) {
  return c.kind != facts::ContainerKind::job &&
         (c.service == nullptr || (c.service->of.empty() && c.service->provider.absent())) &&
         !(c.removed_at_end.known() && c.removed_at_end.value);
}

// Of an image that a service or run line names: it may have one, unless it is known.
static void check_running(const facts::Container& c, Findings& out) {
  if (!c.health_check.absent() || !serves(c)) return;
  out.push_back({.where = c.health_check.where,
                 .message = concat({"no health check is stated, and ",
                                    c.image.known() ? c.image.value : "the image", " has none"}),
                 .aliases = c.service != nullptr ? kOfServices : only(kAliases, {"5.27"}),
                 .fix = asking_image(c)});
}

static void check(const facts::Container& c, Findings& out) {
  if (c.running() && c.stage == nullptr) return check_running(c, out);
  // NONE is a decision, and one that can't be read is still one.
  const bool unsaid =
      c.health_check.absent() ||
      (c.health_check.unknown() && c.health_check.origin == facts::Origin::base_image);
  if (!unsaid) return;
  out.push_back(
      {.where = c.image_where(),
       .message = c.health_check.unknown()
                      ? "no health check is stated, and whether the base image has one is not known"
                      : "no health check is stated",
       .aliases = ~kOfServices,
       .fix = probing_port(c)});
}

static constexpr Example kExamples[] = {
    {.text = "FROM nginx:1.28\nUSER nginx\n", .flagged = true},
    {.text = "FROM python:3.13-slim\nCOPY app.py /\nEXPOSE 7000\nCMD [\"python3\", \"/app.py\"]\n",
     .flagged = true,
     .fixed = "FROM python:3.13-slim\nCOPY app.py /\nHEALTHCHECK --interval=30s --timeout=5s "
              "--start-period=30s CMD [\"python3\", \"-c\", \"import "
              "socket; socket.create_connection(('127.0.0.1', 7000), 3)\"]\nEXPOSE 7000\nCMD "
              "[\"python3\", \"/app.py\"]\n"},
    {.text = "FROM debian:13\nRUN apt-get update && apt-get install -y curl\nEXPOSE 8080\n",
     .flagged = true,
     .fixed =
         "FROM debian:13\nRUN apt-get update && apt-get install -y curl\nHEALTHCHECK "
         "--interval=30s "
         "--timeout=5s --start-period=30s CMD "
         "[\"curl\", \"-sS\", \"-o\", \"/dev/null\", \"http://127.0.0.1:8080/\"]\nEXPOSE 8080\n"},
    {.text = "FROM nginx:1.28 AS a\nHEALTHCHECK CMD [\"true\"]\nFROM nginx:1.28\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.28\n",
     .flagged = true,
     .fixed = "services:\n  web:\n    image: nginx:1.28\n    healthcheck:\n      test: [\"CMD\", "
              "\"curl\", \"-sS\", \"-o\", \"/dev/null\", \"http://127.0.0.1/\"]\n      interval: "
              "30s\n      timeout: 5s\n      start_period: 30s\n"},
    {.input = Input::run_line, .text = "docker run --detach nginx:1.28\n", .flagged = true},
    {.text = "FROM nginx:1.28\nHEALTHCHECK CMD [\"curl\", \"-f\", \"http://localhost/\"]\n"},
    {.text = "FROM nginx:1.28\nHEALTHCHECK NONE\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.28\n    healthcheck:\n      test: curl -f "
             "http://127.0.0.1/\n"},
    {.input = Input::compose, .text = "services:\n  web:\n    image: registry.example.com/app:1\n"},
    {.input = Input::run_line, .text = "docker run --rm alpine:3.22 true\n"},
    {.text = "FROM nginx:1.28 AS base\nHEALTHCHECK CMD [\"true\"]\nFROM base\n"},
};

extern constinit const Rule rule = described({
    .name = "missing-health-check",
    .severity = Severity::low,
    .category = Category::reliability,
    .summary = "No health check",
    .why = "Without a health check a container counts as well as long as its process runs, though "
           "it may hang or refuse\n"
           "every request. Compose's `depends_on` and Swarm's rolling updates rely on it; "
           "Kubernetes has probes of its own.",
    .remedy = "State a `HEALTHCHECK` that asks the service itself, by a program that the image "
              "has. `HEALTHCHECK NONE` says\n"
              "that none is wanted: for jobs and command-line tools.",
    .source = "CIS Docker Benchmark 1.6, 4.6",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::both},
});

}  // namespace plimsoll::rules::health::missing_health_check
