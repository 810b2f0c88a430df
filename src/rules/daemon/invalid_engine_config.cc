// invalid-engine-config: the engine, or what loads a profile, refuses the file.
#include "rules/daemon/_daemon.h"

namespace plimsoll::rules::daemon::invalid_engine_config {

static void check(const facts::Daemon& daemon, Findings& out) {
  if (daemon.problems.empty()) return;
  const facts::DaemonProblem& problem = daemon.problems.front();
  out.push_back({.where = problem.where, .message = std::string(problem.message)});
}

static constexpr Example kExamples[] = {
    {.input = Input::daemon, .text = "{\n  \"debug\": false,\n}\n", .flagged = true},
    {.input = Input::daemon, .text = "{\n  # not JSON\n  \"debug\": false\n}\n", .flagged = true},
    {.input = Input::daemon, .text = "[]\n", .flagged = true},
    {.input = Input::daemon, .text = "{\n  \"debug\": false\n}\n"},
};

extern constinit const Rule rule = described({
    .name = "invalid-engine-config",
    .severity = Severity::high,
    .category = Category::syntax,
    .summary = "Configuration of the engine that can't be read",
    .why = "An engine that can't read its configuration does not start, and a profile that can't "
           "be read does not\n"
           "confine anything.",
    .remedy = "Check it before it is rolled out: `dockerd --validate --config-file daemon.json` "
              "(28 and later), `apparmor_parser -Q PROFILE`.",
    .source = "Docker, dockerd reference, \"Daemon configuration file\"",
    .examples = kExamples,
    .check = OnDaemon{check},
});

}  // namespace plimsoll::rules::daemon::invalid_engine_config
