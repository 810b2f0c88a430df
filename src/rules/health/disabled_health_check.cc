// disabled-health-check: the service switches off the health check that its image has.
#include "base/concat.h"
#include "facts/project.h"
#include "rules/rule.h"
#include "rules/running.h"

namespace plimsoll::rules::health::disabled_health_check {

static constexpr Alias kAliases[] = {
    {"kics", "698ed579-b239-4f8f-a388-baa4bcb13ef8"},
    {"cis", "5.27"},
};

static void check(const facts::Container& c, Findings& out) {
  const facts::Fact<facts::HealthCheck>& health = c.health_check;
  if (health.presence != facts::Presence::removed || in_dockerfile(c, health.where) ||
      c.kind == facts::ContainerKind::job || is_inherited(c, health.where))
    return;
  out.push_back({.where = health.where,
                 .message = "the health check is switched off",
                 .aliases = c.service != nullptr ? ~0U : only(kAliases, {"5.27"})});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.28\n    healthcheck:\n      disable: true\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.28\n    healthcheck:\n      test: [\"NONE\"]\n",
     .flagged = true},
    {.input = Input::run_line, .text = "docker run --no-healthcheck nginx:1.28\n", .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.28\n    healthcheck:\n      test: [\"CMD\", "
             "\"curl\", \"-f\", \"http://127.0.0.1/\"]\n"},
    {.input = Input::dockerfile, .text = "FROM alpine:3.22\nHEALTHCHECK NONE\n"},
};

extern constinit const Rule rule = described({
    .name = "disabled-health-check",
    .severity = Severity::low,
    .category = Category::reliability,
    .summary = "Health check is switched off",
    .why = "Without a health check a container counts as well as long as its process runs, though "
           "it may hang or refuse every\nrequest. Whoever built the image thought of a check; the "
           "service takes it away.",
    .remedy = "Remove `disable: true`, or state a check that works here.",
    .source = "CIS Docker Benchmark 1.6, 5.27",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::health::disabled_health_check
