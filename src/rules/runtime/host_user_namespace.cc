// host-user-namespace: root in the container is root on the host, though the engine maps users.
#include "facts/container.h"
#include "rules/rule.h"
#include "rules/runtime/_namespaces.h"

namespace plimsoll::rules::runtime::host_user_namespace {

static constexpr Alias kAliases[] = {
    {"kics", "8af7162d-6c98-482f-868e-0d33fb675ca8"},
    {"cis", "5.31"},
};

static void check(const facts::Container& c, Findings& out) {
  if (is_host(c.user_namespace))
    out.push_back({.where = c.user_namespace.where,
                   .message = "the engine's mapping of users does not hold for the container: its "
                              "root is the host's"});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    userns_mode: host\n",
     .flagged = true},
    {.input = Input::run_line, .text = "docker run --userns host alpine:3.22\n", .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    user: \"10001\"\n"},
    {.input = Input::run_line, .text = "docker run --rm alpine:3.22 --userns host\n"},
};

extern constinit const Rule rule = described({
    .name = "host-user-namespace",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "Container leaves the engine's user namespace",
    .why = "An engine with `userns-remap` makes root of a container a user without rights on the "
           "host. `host`\n"
           "switches that off for this container.",
    .remedy = "Leave `userns_mode` out; where files of a mount belong to the wrong user, change "
              "their owner.",
    .source = "CIS Docker Benchmark 1.6, 5.31",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
    .option_remedy = OptionRemedy::remove,
});

}  // namespace plimsoll::rules::runtime::host_user_namespace
