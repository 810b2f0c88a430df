// host-cgroup: the container sees the host's control groups.
#include "facts/container.h"
#include "rules/rule.h"
#include "rules/runtime/_namespaces.h"

namespace plimsoll::rules::runtime::host_cgroup {

static void check(const facts::Container& c, Findings& out) {
  if (is_host(c.cgroup_namespace))
    out.push_back({.where = c.cgroup_namespace.where,
                   .message = "the container sees the control groups of the whole host"});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    cgroup: host\n",
     .flagged = true},
    {.input = Input::run_line, .text = "docker run --cgroupns host alpine:3.22\n", .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    cgroup: private\n"},
    {.input = Input::run_line, .text = "docker run --rm alpine:3.22 --cgroupns host\n"},
};

extern constinit const Rule rule = described({
    .name = "host-cgroup",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Container shares the host's control groups",
    .why = "/proc/self/cgroup and /sys/fs/cgroup then show every container and service of the "
           "host; with rights to\n"
           "write there, their limits can be changed.",
    .remedy = "Leave `cgroup` out: `private` is what engines on control groups 2 do by themselves.",
    .source = "Docker documentation, \"docker container run\", --cgroupns",
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
    .option_remedy = OptionRemedy::remove,
});

}  // namespace plimsoll::rules::runtime::host_cgroup
