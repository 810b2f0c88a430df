// external-secret: a secret that only a swarm can give, in a project that Compose starts.
#include <algorithm>

#include "base/concat.h"
#include "facts/project.h"
#include "rules/rule.h"

namespace plimsoll::rules::secrets::external_secret {

// Keys that only a swarm obeys say that the file is meant for one.
static bool is_for_swarm(const facts::Project& project) {
  return std::ranges::any_of(project.containers, [](const facts::Container& c) {
    return c.service != nullptr && !c.service->swarm_only.items.empty();
  });
}

static void check(const facts::Project& project, Findings& out) {
  using enum facts::SecretUse::From;
  if (is_for_swarm(project)) return;
  for (const facts::Secret& secret : project.secrets) {
    if (secret.from != external && secret.from != driver) continue;
    const std::string_view kind = secret.config ? "config " : "secret ";
    out.push_back(
        {.where = secret.where,
         .message = concat({"the ", kind, secret.name,
                            secret.from == external ? " is external" : " has a driver",
                            ", which only a swarm can give: `docker compose up` stops"})});
  }
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  db:\n    image: postgres:17\n    secrets: [password]\nsecrets:\n  "
             "password:\n    external: true\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  db:\n    image: postgres:17\n    secrets: [password]\nsecrets:\n  "
             "password:\n    file: ./password.txt\n"},
    {.input = Input::compose,
     .text =
         "services:\n  db:\n    image: postgres:17\n    secrets: [password]\n    deploy:\n      "
         "placement: {constraints: [node.role == manager]}\nsecrets:\n  password:\n    external: "
         "true\n"},
};

extern constinit const Rule rule = described({
    .name = "external-secret",
    .severity = Severity::medium,
    .category = Category::reliability,
    .summary = "External secret without a swarm",
    .why = "Secrets of the engine itself exist in swarms alone. `docker compose up` refuses a "
           "service that wants one, and what is\n"
           "tried next is most often the plain environment.",
    .remedy =
        "Give the secret by `file:` or `environment:` under the top-level `secrets:`; or start "
        "the stack with\n"
        "`docker stack deploy`.",
    .source = "Compose specification, \"secrets\"; docker/compose 2.40, pkg/compose",
    .aliases = {},
    .examples = kExamples,
    .check = OnProject{check},
});

}  // namespace plimsoll::rules::secrets::external_secret
