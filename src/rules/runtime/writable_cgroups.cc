// writable-cgroups: the container can write to its control groups.
#include "facts/security.h"
#include "rules/rule.h"

namespace plimsoll::rules::runtime::writable_cgroups {

static void check(const facts::Container& c, Findings& out) {
  const facts::Fact<bool> writable = facts::writable_cgroups(c);
  if (!writable.known() || !writable.value) return;
  out.push_back(
      {.where = writable.where,
       .message = "the container can write to its control groups, and so lift its limits"});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    security_opt:\n      - "
             "writable-cgroups=true\n",
     .flagged = true},
    {.input = Input::compose,
     .text =
         "services:\n  web:\n    image: nginx:1.27\n    security_opt:\n      - writable-cgroups\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run --security-opt writable-cgroups=true alpine:3.22\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    security_opt:\n      - "
             "writable-cgroups=false\n"},
    {.input = Input::run_line,
     .text = "docker run --security-opt writable-cgroups=false alpine:3.22\n"},
};

extern constinit const Rule rule = described({
    .name = "writable-cgroups",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Control groups are writable",
    .why = "A process that may write to /sys/fs/cgroup makes groups of its own, and on hosts "
           "without a\n"
           "namespace for control groups changes those of others.",
    .remedy =
        "Leave the option out, but for a container that runs systemd or containers of its own.",
    .source = "Docker documentation, \"docker container run\", --security-opt writable-cgroups",
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::runtime::writable_cgroups
