// missing-no-new-privileges-default: containers may gain privileges unless each of them says
// otherwise.
#include "rules/daemon/_daemon.h"

namespace plimsoll::rules::daemon::missing_no_new_privileges_default {

static constexpr Alias kAliases[] = {{"docker-bench", "2.14"}, {"cis", "2.14"}};

static void check(const facts::Daemon& daemon, Findings& out) {
  if (!is_engine(daemon) || daemon.is_true("no-new-privileges")) return;
  out.push_back({.where = place_of(daemon, "no-new-privileges"),
                 .message = daemon.find("no-new-privileges") == nullptr
                                ? "no-new-privileges is not set for all containers"
                                : "no-new-privileges is off for all containers"});
}

static constexpr Example kExamples[] = {
    {.input = Input::daemon, .text = "{ \"live-restore\": true }\n", .flagged = true},
    {.input = Input::daemon, .text = "{ \"no-new-privileges\": false }\n", .flagged = true},
    {.input = Input::daemon, .text = "{ \"no-new-privileges\": true }\n"},
};

extern constinit const Rule rule = described({
    .name = "missing-no-new-privileges-default",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Engine without no-new-privileges by default",
    .why = "A set-uid program in an image gives its user root again. `no-new-privileges` takes "
           "that away for all\n"
           "containers; it is the only way for services of a swarm, which pay no heed to the "
           "option of a service.",
    .remedy =
        "Set `\"no-new-privileges\": true`; a container that needs sudo says `--security-opt "
        "no-new-privileges=false`. With Docker from a snap it keeps every container from starting.",
    .source = "CIS Docker Benchmark 1.6, 2.14",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnDaemon{check},
});

}  // namespace plimsoll::rules::daemon::missing_no_new_privileges_default
