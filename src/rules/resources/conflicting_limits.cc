// conflicting-limits: a service and its `deploy` state one limit differently.
#include "base/concat.h"
#include "rules/hardening/_lack.h"

namespace plimsoll::rules::resources::conflicting_limits {

static void check(const facts::Container& c, Findings& out) {
  if (c.service == nullptr) return;
  for (const facts::Fact<facts::LimitConflict>& item : c.service->limit_conflicts.items) {
    if (!hardening::is_told(c, item.where)) continue;
    const facts::LimitConflict& conflict = item.value;
    out.push_back({.where = item.where,
                   .message = concat({"Compose refuses the service: ", conflict.key,
                                      " and deploy.resources.", conflict.in_deploy, " disagree"}),
                   .related = {{conflict.other, "what `deploy` says; what it leaves out is 0"}}});
  }
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    mem_limit: 512m\n    deploy:\n      "
             "resources:\n        limits:\n          cpus: \"1\"\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    pids_limit: 100\n    deploy:\n      "
             "resources:\n        limits:\n          pids: 200\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    mem_limit: 512m\n    deploy:\n      "
             "resources:\n        limits:\n          memory: 512M\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    mem_limit: 512m\n    cpus: 1\n    "
             "deploy:\n      replicas: 2\n"},
};

extern constinit const Rule rule = described({
    .name = "conflicting-limits",
    .severity = Severity::high,
    .category = Category::syntax,
    .summary = "Service and deploy state different limits",
    .why =
        "Once `deploy.resources.limits` exists, each of `cpus`, `mem_limit` and `pids_limit` must "
        "say the\n"
        "same as it does, and what it leaves out counts as 0. Else Compose stops with \"can't set "
        "distinct values\"; it is what happens\n"
        "where one limit is added at the wrong place.",
    .remedy = "State all limits of a service at one place: under `deploy.resources.limits`, which "
              "a swarm "
              "obeys, too, or as keys\n"
              "of the service.",
    .source = "compose-go v2.16.2, loader/validate.go",
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::resources::conflicting_limits
