// missing-pids-limit: one container can take all processes that the host has room for.
#include "rules/resources/_limits.h"

namespace plimsoll::rules::resources::missing_pids_limit {

static constexpr std::string_view kKics = "221e0658-cb2a-44e3-b08a-db96a341d6fa";
static constexpr Alias kAliases[] = {
    {"kics", kKics},
    {"cis", "5.29"},
};

static constexpr Limit kLimit = {
    .words = {.absent =
                  "the container may start processes until the host has no room: it has no limit",
              .unlimited = "this limit of processes is none: 0 and -1 stand for any number"},
    .in_deploy = {.compose = "deploy:\n  resources:\n    limits:\n      pids: 200",
                  .flag = "--pids-limit 200",
                  .what = "a limit of processes"},
    .aliases = kAliases,
    .kics = kKics,
    .kics_looks = [](int version) { return version == 1 || version == 2; },
    .key = "pids_limit",
    .value = "200",
    .deploy_key = "pids",
    .deploy_value = "200",
    .is_hindered = [](const facts::Service&) { return false; },
};

static void check(const facts::Container& c, Findings& out) {
  report_missing(c, c.pids, kLimit, out);
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n",
     .flagged = true,
     .fixed = "services:\n  web:\n    image: nginx:1.27\n    pids_limit: 200\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    pids_limit: -1\n",
     .flagged = true,
     .fixed = "services:\n  web:\n    image: nginx:1.27\n    pids_limit: 200\n"},
    {.input = Input::run_line, .text = "docker run -d nginx:1.27\n", .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    pids_limit: 200\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    deploy:\n      resources:\n        "
             "limits:\n          pids: 200\n"},
    {.input = Input::run_line, .text = "docker run -d --pids-limit 200 nginx:1.27\n"},
};

extern constinit const Rule rule = described({
    .name = "missing-pids-limit",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Processes are not limited",
    .why = "A fork bomb in one container fills the host's table of processes, and then nobody can "
           "log in to "
           "stop it. Threads\n"
           "count as processes: a Java server may need some hundreds.",
    .remedy = "Set `pids_limit` (`--pids-limit`) to a few times what the program has; where "
              "`deploy.resources.limits` exists,\n"
              "`pids` there: Compose refuses a limit that stands beside it alone.",
    .source = "CIS Docker Benchmark 1.6, 5.29",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
    .hardening = {.compose = "pids_limit: 200",
                  .flag = "--pids-limit 200",
                  .what = "a limit of processes"},
});

}  // namespace plimsoll::rules::resources::missing_pids_limit
