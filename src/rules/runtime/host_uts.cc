// host-uts: the container shares the host's name.
#include "facts/container.h"
#include "rules/rule.h"
#include "rules/runtime/_namespaces.h"

namespace plimsoll::rules::runtime::host_uts {

static constexpr Alias kAliases[] = {
    {"cis", "5.21"},
};

static void check(const facts::Container& c, Findings& out) {
  if (is_host(c.uts_mode))
    out.push_back(
        {.where = c.uts_mode.where,
         .message = "the container shares the host's name, and with SYS_ADMIN can change it"});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    uts: host\n",
     .flagged = true},
    {.input = Input::run_line, .text = "docker run --uts host alpine:3.22\n", .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    hostname: web\n"},
    {.input = Input::run_line, .text = "docker run --rm alpine:3.22 --uts host\n"},
};

extern constinit const Rule rule = described({
    .name = "host-uts",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Container shares the host's name",
    .why = "The host's name stands in logs, certificates and monitoring; nobody expects a "
           "container to change it.",
    .remedy = "Leave `uts` out and set `hostname` if the program needs a certain name.",
    .source = "CIS Docker Benchmark 1.6, 5.21",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
    .option_remedy = OptionRemedy::remove,
});

}  // namespace plimsoll::rules::runtime::host_uts
