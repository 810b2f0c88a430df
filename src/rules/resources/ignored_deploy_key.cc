// ignored-deploy-key: `deploy` says something that only a swarm obeys.
#include "base/concat.h"
#include "rules/hardening/_lack.h"

namespace plimsoll::rules::resources::ignored_deploy_key {

static void check(const facts::Container& c, Findings& out) {
  if (c.service == nullptr) return;
  for (const facts::Fact<std::string_view>& item : c.service->swarm_only.items)
    if (item.known() && hardening::is_told(c, item.where))
      out.push_back({.where = item.where,
                     .message = concat({"docker compose ignores deploy.", item.value,
                                        ": only a swarm obeys it"})});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    deploy:\n      placement:\n        "
             "constraints: [node.role == worker]\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    deploy:\n      replicas: 2\n      "
             "resources:\n        limits:\n          memory: 512M\n"},
};

extern constinit const Rule rule = described({
    .name = "ignored-deploy-key",
    .severity = Severity::info,
    .category = Category::reliability,
    .preset = Preset::all,
    .summary = "deploy has a key that Compose ignores",
    .why =
        "`docker compose up` reads `resources`, `replicas` and `restart_policy` of `deploy`; the "
        "rest, "
        "such as `placement` and\n"
        "`update_config`, is for `docker stack deploy` and has no effect, nor is there a warning.",
    .remedy = "Leave the key out, unless the file is for a swarm as well.",
    .source = "docker/compose v2.40.3, pkg/compose/create.go",
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::resources::ignored_deploy_key
