// missing-cpu-limit: one container can take all of the host's processors.
#include "rules/resources/_limits.h"

namespace plimsoll::rules::resources::missing_cpu_limit {

static constexpr std::string_view kKics = "6b610c50-99fb-4ef0-a5f3-e312fd945bc3";
static constexpr Alias kAliases[] = {
    {"kics", kKics},
    {"compose-lint", "CL-0026"},
    {"cis", "5.12"},
};

static constexpr Limit kLimit = {
    .words = {.absent = "the container may take all of the host's processors: it has no limit",
              .unlimited = "this limit of processors is none: 0 stands for all of them"},
    .in_deploy = {.compose = "deploy:\n  resources:\n    limits:\n      cpus: \"1\"",
                  .flag = "--cpus 1",
                  .what = "a CPU limit"},
    .aliases = kAliases,
    .kics = kKics,
    .kics_looks = states_version,
    .key = "cpus",
    .value = "1",
    .deploy_key = "cpus",
    .deploy_value = "1",
    .is_hindered = [](const facts::Service& service) { return service.divides_processors; },
};

static void check(const facts::Container& c, Findings& out) {
  report_missing(c, c.cpus, kLimit, out);
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n",
     .flagged = true,
     .fixed = "services:\n  web:\n    image: nginx:1.27\n    cpus: 1\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    cpu_shares: 512\n",
     .flagged = true,
     .fixed = "services:\n  web:\n    image: nginx:1.27\n    cpu_shares: 512\n    cpus: 1\n"},
    {.input = Input::run_line, .text = "docker run -d nginx:1.27\n", .flagged = true},
    {.input = Input::compose, .text = "services:\n  web:\n    image: nginx:1.27\n    cpus: 0.5\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    deploy:\n      resources:\n        "
             "limits:\n          cpus: \"0.5\"\n"},
    {.input = Input::run_line, .text = "docker run -d --cpus 0.5 nginx:1.27\n"},
};

extern constinit const Rule rule = described({
    .name = "missing-cpu-limit",
    .severity = Severity::low,
    .category = Category::security,
    .summary = "Processors are not limited",
    .why =
        "A busy loop, or a miner that an intruder brought, takes every processor of the host. "
        "`cpu_shares` "
        "and `cpuset` are\n"
        "no limits: shares only weigh, a set still may be filled. A limit that is too tight slows "
        "programs down at their start.",
    .remedy = "Set `cpus` (`--cpus`); where `deploy.resources.limits` exists, `cpus` there: "
              "Compose refuses "
              "a limit that\n"
              "stands beside it alone.",
    .source = "CIS Docker Benchmark 1.6, 5.12",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
    .hardening = {.compose = "cpus: 1", .flag = "--cpus 1", .what = "a CPU limit"},
});

}  // namespace plimsoll::rules::resources::missing_cpu_limit
