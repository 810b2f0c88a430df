// compose-invalid: Compose would refuse the project.
#include <algorithm>
#include <string>

#include "facts/project.h"
#include "rules/rule.h"

namespace plimsoll::rules::compose::compose_invalid {

static constexpr Alias kAliases[] = {
    {"dclint", "invalid-schema"},
};

// What is wrong with a container's name has rules of its own.
static bool is_of_name(const facts::Project& project, const text::Place& where) {
  return std::ranges::any_of(project.containers, [&](const facts::Container& c) {
    return c.container_name.known() && c.container_name.where == where;
  });
}

static void check(const facts::Project& project, Findings& out) {
  for (const facts::ProjectProblem& problem : project.problems)
    if (!is_of_name(project, problem.where))
      out.push_back({.where = problem.where, .message = std::string(problem.message)});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.28\n    prots: [\"80:80\"]\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.28\n    networks: [front]\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.28\n    mem_limit: 512m\n    deploy:\n      "
             "resources:\n        limits:\n          cpus: \"1\"\n",
     .flagged = true},
    {.input = Input::compose,
     .text =
         "services:\n  web:\n    image: nginx:1.28\n    networks: [front]\nnetworks:\n  front:\n"},
};

extern constinit const Rule rule = described({
    .name = "compose-invalid",
    .severity = Severity::high,
    .category = Category::syntax,
    .summary = "Compose refuses the project",
    .why = "`docker compose` starts nothing of a project that it refuses: no service, and not "
           "those of other files either.\nWhat could still be read of it is judged all the same.",
    .remedy =
        "Correct the value; `docker compose config` says what Compose itself makes of the project.",
    .source = "Compose specification; compose-go v2.16.2",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnProject{check},
});

}  // namespace plimsoll::rules::compose::compose_invalid
