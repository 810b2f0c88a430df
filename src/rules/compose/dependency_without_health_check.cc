// dependency-without-health-check: a service waits for another to be healthy that has no health
// check.
#include <algorithm>
#include <utility>
#include <vector>

#include "base/concat.h"
#include "facts/project.h"
#include "rules/rule.h"

namespace plimsoll::rules::compose::dependency_without_health_check {

using Named = std::pair<std::string_view, const facts::Container*>;

// Sorted by name.
static std::vector<Named> services_of(const facts::Project& project) {
  std::vector<Named> services;
  services.reserve(project.containers.size());
  for (const facts::Container& c : project.containers)
    if (c.kind == facts::ContainerKind::service && c.service->of.empty())
      services.emplace_back(c.name, &c);
  std::ranges::stable_sort(services, {}, &Named::first);
  return services;
}

static void check(const facts::Project& project, Findings& out) {
  const std::vector<Named> services = services_of(project);
  for (const facts::Container& c : project.containers)
    for (const facts::Fact<facts::Dependency>& item : c.service->depends_on.items) {
      if (!item.known() || item.value.condition != "service_healthy") continue;
      const auto found = std::ranges::lower_bound(services, item.value.service, {}, &Named::first);
      if (found == services.end() || found->first != item.value.service) continue;
      const facts::Fact<facts::HealthCheck>& health = found->second->health_check;
      const bool disabled = health.presence == facts::Presence::removed;
      if (!health.absent() && !disabled) continue;
      out.push_back(
          {.where = item.where,
           .message =
               concat({c.name, " waits for ", item.value.service, " to be healthy, which ",
                       disabled ? "has its health check switched off" : "has no health check"})});
    }
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.28\n    depends_on:\n      db:\n        "
             "condition: service_healthy\n  db:\n    image: postgres:17\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.28\n    depends_on:\n      db:\n        "
             "condition: service_healthy\n  db:\n    image: postgres:17\n    healthcheck:\n      "
             "test: [\"CMD\", \"pg_isready\"]\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.28\n    depends_on: [db]\n  db:\n    image: "
             "postgres:17\n"},
};

extern constinit const Rule rule = described({
    .name = "dependency-without-health-check",
    .severity = Severity::high,
    .category = Category::reliability,
    .summary = "A service waits for a health check that there is not",
    .why = "A container without a health check has no health, so `service_healthy` never comes "
           "true: Compose gives up, and the\nservice that waits is never started.",
    .remedy =
        "State a `healthcheck` for the service that is waited for, or wait for `service_started`.",
    .source = "Compose specification, \"depends_on\"",
    .examples = kExamples,
    .check = OnProject{check},
});

}  // namespace plimsoll::rules::compose::dependency_without_health_check
