// missing-memory-limit: one container can take all of the host's memory.
#include "rules/resources/_limits.h"

namespace plimsoll::rules::resources::missing_memory_limit {

static constexpr std::string_view kKics = "bb9ac4f7-e13b-423d-a010-c74a1bfbe492";
static constexpr Alias kAliases[] = {
    {"kics", kKics},
    {"compose-lint", "CL-0026"},
    {"cis", "5.11"},
};

static constexpr Limit kLimit = {
    .words = {.absent = "the container may take all of the host's memory: it has no limit",
              .unlimited = "this memory limit is none: 0 stands for all of the host's memory"},
    .in_deploy = {.compose = "deploy:\n  resources:\n    limits:\n      memory: 512M",
                  .flag = "--memory 512m",
                  .what = "a memory limit"},
    .aliases = kAliases,
    .kics = kKics,
    .kics_looks = states_version,
    .key = "mem_limit",
    .value = "512m",
    .deploy_key = "memory",
    .deploy_value = "512M",
    .is_hindered = [](const facts::Service& service) { return service.reserves_memory; },
};

static void check(const facts::Container& c, Findings& out) {
  report_missing(c, c.memory_bytes, kLimit, out);
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n",
     .flagged = true,
     .fixed = "services:\n  web:\n    image: nginx:1.27\n    mem_limit: 512m\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    mem_limit: 0\n",
     .flagged = true,
     .fixed = "services:\n  web:\n    image: nginx:1.27\n    mem_limit: 512m\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    deploy:\n      resources:\n        "
             "limits:\n          cpus: \"0.5\"\n",
     .flagged = true,
     .fixed = "services:\n  web:\n    image: nginx:1.27\n    deploy:\n      resources:\n        "
              "limits:\n          cpus: \"0.5\"\n          memory: 512M\n"},
    {.input = Input::run_line, .text = "docker run -d nginx:1.27\n", .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    mem_limit: 512m\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    deploy:\n      resources:\n        "
             "limits:\n          memory: 512M\n"},
    {.input = Input::run_line, .text = "docker run -d --memory 512m nginx:1.27\n"},
};

extern constinit const Rule rule = described({
    .name = "missing-memory-limit",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Memory is not limited",
    .why = "A leak, or a request that was made for it, takes memory until the kernel kills "
           "processes: not "
           "always those of this\n"
           "container. With a limit the container alone pays. What lies in a tmpfs counts, too; "
           "the JVM, "
           "databases and Node.js size\n"
           "their caches by the limit or must be told (`-XX:MaxRAMPercentage`, "
           "`--max-old-space-size`).",
    .remedy =
        "Set `mem_limit` (`--memory`) somewhat above what the program takes under load; where "
        "`deploy.resources.limits`\n"
        "exists, `memory` there: Compose refuses a limit that stands beside it alone.",
    .source = "CIS Docker Benchmark 1.6, 5.11",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
    .hardening = {.compose = "mem_limit: 512m", .flag = "--memory 512m", .what = "a memory limit"},
});

}  // namespace plimsoll::rules::resources::missing_memory_limit
