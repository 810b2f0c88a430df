// host-gateway: the container has a name for its host.
#include "base/concat.h"
#include "facts/container.h"
#include "rules/rule.h"
#include "rules/running.h"

namespace plimsoll::rules::compose::host_gateway {

static void check(const facts::Container& c, Findings& out) {
  for (const facts::Fact<std::string_view>& host : c.extra_hosts.items)
    if (host.known() && host.value.ends_with("host-gateway") && !is_inherited(c, host.where))
      out.push_back({.where = host.where,
                     .message = "the container reaches what listens on the host's bridge"});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.28\n    extra_hosts:\n      - "
             "host.docker.internal:host-gateway\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run --add-host host.docker.internal:host-gateway nginx:1.28\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.28\n    extra_hosts:\n      - "
             "db.example.com:192.0.2.10\n"},
};

extern constinit const Rule rule = described({
    .name = "host-gateway",
    .severity = Severity::info,
    .category = Category::security,
    .preset = Preset::all,
    .summary = "Container has a name for its host",
    .why = "`host-gateway` is the host's address on the bridge. It opens nothing that a container "
           "could not reach by number, but\nit shows that the service depends on something which "
           "listens on the host, often for everybody.",
    .remedy = "Run what is reached in a container of the same network; else let it listen on the "
              "bridge's address alone.",
    .source = "docker run reference, \"--add-host\"",
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::compose::host_gateway
