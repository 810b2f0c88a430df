// cgroup-parent: the container is put under a control group of its own choice.
#include "facts/container.h"
#include "rules/rule.h"

namespace plimsoll::rules::runtime::cgroup_parent {

static constexpr Alias kAliases[] = {
    {"kics", "4d9f44c6-2f4a-4317-9bb5-267adbea0232"},
    {"cis", "5.25"},
};

static void check(const facts::Container& c, Findings& out) {
  if (c.cgroup_parent.known())
    out.push_back({.where = c.cgroup_parent.where,
                   .message = "the container leaves the control group that the engine gives it"});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    cgroup_parent: other.slice\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run --cgroup-parent other.slice alpine:3.22\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    mem_limit: 64m\n"},
    {.input = Input::run_line, .text = "docker run --memory 64m alpine:3.22\n"},
};

extern constinit const Rule rule = described({
    .name = "cgroup-parent",
    .severity = Severity::low,
    .category = Category::security,
    .preset = Preset::strict,
    .summary = "Control group of the container is overridden",
    .why = "Limits that the administrator put on the engine's own group do not hold for a "
           "container that stands\n"
           "in another one.",
    .remedy = "Leave `cgroup_parent` out; limits of this container go to `mem_limit`, `cpus` and "
              "`pids_limit`.",
    .source = "CIS Docker Benchmark 1.6, 5.25",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::runtime::cgroup_parent
