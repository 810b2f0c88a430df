// host-ipc: the container shares memory and semaphores with the host.
#include "facts/container.h"
#include "rules/rule.h"
#include "rules/runtime/_namespaces.h"

namespace plimsoll::rules::runtime::host_ipc {

static constexpr Alias kAliases[] = {
    {"kics", "baa3890f-bed7-46f5-ab8f-1da8fc91c729"},
    {"compose-lint", "CL-0010"},
    {"cis", "5.17"},
};

static void check(const facts::Container& c, Findings& out) {
  if (is_host(c.ipc_mode))
    out.push_back(
        {.where = c.ipc_mode.where,
         .message = "the container reads and writes the shared memory of the host's programs"});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    ipc: host\n",
     .flagged = true},
    {.input = Input::run_line, .text = "docker run --ipc host alpine:3.22\n", .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    ipc: private\n"},
    {.input = Input::run_line, .text = "docker run --rm alpine:3.22 --ipc host\n"},
};

extern constinit const Rule rule = described({
    .name = "host-ipc",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "Container shares the host's memory segments",
    .why = "Databases, browsers and desktops keep data in shared memory, protected by the user's "
           "number alone,\n"
           "which containers have as well.",
    .remedy = "Leave `ipc` out; for more shared memory of its own set `shm_size`.",
    .source = "CIS Docker Benchmark 1.6, 5.17",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
    .option_remedy = OptionRemedy::remove,
});

}  // namespace plimsoll::rules::runtime::host_ipc
