// duplicate-container-name: two containers would have one name, of which the second is refused.
#include <algorithm>
#include <string>
#include <vector>

#include "base/concat.h"
#include "facts/project.h"
#include "rules/rule.h"

namespace plimsoll::rules::compose::duplicate_container_name {

static constexpr Alias kAliases[] = {
    {"dclint", "no-duplicate-container-names"},
};

// Services of different profiles may be alternatives of which one is started.
static bool may_run_together(const facts::Service& a, const facts::Service& b) {
  if (a.profiles.empty() || b.profiles.empty()) return true;
  return std::ranges::any_of(a.profiles, [&](const facts::Fact<std::string_view>& profile) {
    return std::ranges::any_of(b.profiles, [&](const facts::Fact<std::string_view>& other) {
      return profile.value == other.value;
    });
  });
}

static std::vector<const facts::Container*> named(const facts::Project& project) {
  std::vector<const facts::Container*> all;
  for (const facts::Container& c : project.containers)
    if (c.container_name.known() && c.service->of.empty()) all.push_back(&c);
  std::ranges::stable_sort(all, {},
                           [](const facts::Container* c) { return c->container_name.value; });
  return all;
}

static void check(const facts::Project& project, Findings& out) {
  const std::vector<const facts::Container*> all = named(project);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const facts::Container& c = *all[i];
    const std::string_view name = c.container_name.value;
    const facts::Fact<std::int64_t>& replicas = c.service->replicas;
    if (replicas.known() && replicas.value > 1)
      out.push_back({.where = c.container_name.where,
                     .message = concat({name, " can't be the name of ",
                                        std::to_string(replicas.value), " containers"}),
                     .aliases = 0});
    if (i == 0 || all[i - 1]->container_name.value != name ||
        !may_run_together(*all[i - 1]->service, *c.service))
      continue;
    out.push_back({.where = c.container_name.where,
                   .message = concat({all[i - 1]->name, " has the container name ", name, ", too"}),
                   .related = {{all[i - 1]->container_name.where, "it is taken here"}}});
  }
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  a:\n    image: redis:8\n    container_name: cache\n  b:\n    image: "
             "redis:8\n    container_name: cache\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  a:\n    image: redis:8\n    container_name: cache\n    scale: 2\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  a:\n    image: redis:8\n    container_name: cache-a\n  b:\n    image: "
             "redis:8\n    container_name: cache-b\n"},
    {.input = Input::compose,
     .text = "services:\n  a:\n    image: redis:7\n    container_name: cache\n    profiles: "
             "[old]\n  b:\n    image: redis:8\n    container_name: cache\n    profiles: [new]\n"},
};

extern constinit const Rule rule = described({
    .name = "duplicate-container-name",
    .severity = Severity::high,
    .category = Category::reliability,
    .summary = "Several containers have one name",
    .why = "An engine has each container name once. The second container that wants it is refused, "
           "so the project never starts as a whole.",
    .remedy = "Leave `container_name` out: Compose makes names of its own, and services reach each "
              "other by the service's name.",
    .source = "Compose specification, \"container_name\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnProject{check},
});

}  // namespace plimsoll::rules::compose::duplicate_container_name
