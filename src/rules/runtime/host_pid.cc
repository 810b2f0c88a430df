// host-pid: the container sees the host's processes.
#include "facts/container.h"
#include "rules/rule.h"
#include "rules/runtime/_namespaces.h"

namespace plimsoll::rules::runtime::host_pid {

static constexpr Alias kAliases[] = {
    {"kics", "4f31dd9f-2cc3-4751-9b53-67e4af83dac0"},
    {"compose-lint", "CL-0010"},
    {"cis", "5.16"},
};

static void check(const facts::Container& c, Findings& out) {
  if (is_host(c.pid_mode))
    out.push_back(
        {.where = c.pid_mode.where,
         .message = "the container sees all processes of the host, and root can end them"});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    pid: host\n",
     .flagged = true},
    {.input = Input::run_line, .text = "docker run --pid host alpine:3.22\n", .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    pid: \"service:db\"\n  db:\n    image: "
             "postgres:17\n"},
    {.input = Input::run_line, .text = "docker run --rm alpine:3.22 --pid host\n"},
};

extern constinit const Rule rule = described({
    .name = "host-pid",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "Container shares the host's processes",
    .why = "With the host's processes in sight, a process reads their environment and command "
           "lines from /proc,\n"
           "and as root or with SYS_PTRACE takes them over: `nsenter --target 1` is a shell on the "
           "host.",
    .remedy =
        "Leave `pid` out. To watch one other container, join that one: `pid: \"service:NAME\"`.",
    .source = "CIS Docker Benchmark 1.6, 5.16",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
    .option_remedy = OptionRemedy::remove,
});

}  // namespace plimsoll::rules::runtime::host_pid
