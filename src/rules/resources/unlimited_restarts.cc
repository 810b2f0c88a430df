// unlimited-restarts: a container that fails is started again without end.
#include "rules/hardening/_lack.h"

namespace plimsoll::rules::resources::unlimited_restarts {

// KICS wants exactly five attempts, but is content where no number is stated.
static constexpr Alias kAliases[] = {{"cis", "5.15"}};

static std::string_view message(facts::Restart restart) {
  using enum facts::Restart::Policy;
  switch (restart.policy) {
    case no:
      return {};
    case always:
    case unless_stopped:
      return restart.attempts != 0 ? ""
                                   : "the container is restarted whatever happens, without end";
    case on_failure:
      return restart.attempts != 0 ? ""
                                   : "the container is restarted after each failure, without end";
  }
  return {};
}

static void check(const facts::Container& c, Findings& out) {
  if (!c.restart.known() || !hardening::is_told(c, c.restart.where)) return;
  const std::string_view words = message(c.restart.value);
  if (!words.empty())
    out.push_back({.where = c.restart.where,
                   .message = std::string(words),
                   .aliases = hardening::peers(c, kAliases)});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    restart: always\n",
     .flagged = true},
    {.input = Input::compose,
     .text =
         "services:\n  web:\n    image: nginx:1.27\n    deploy:\n      restart_policy:\n        "
         "condition: on-failure\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run -d --restart on-failure nginx:1.27\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    restart: on-failure:5\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    restart: \"no\"\n"},
    {.input = Input::run_line, .text = "docker run -d --restart on-failure:5 nginx:1.27\n"},
};

extern constinit const Rule rule = described({
    .name = "unlimited-restarts",
    .severity = Severity::info,
    .category = Category::reliability,
    .preset = Preset::all,
    .summary = "Container is restarted without end",
    .why = "A service that fails at each start takes the host's time for ever and fills its log, "
           "and nobody "
           "notices; who tries\n"
           "to break in may try as often as they like. It is a matter of taste: most services are "
           "meant to come "
           "back after\n"
           "a restart of the host, which `on-failure:5` does not do.",
    .remedy =
        "Set `restart: on-failure:5` (`--restart on-failure:5`) where somebody is told that it "
        "stopped.",
    .source = "CIS Docker Benchmark 1.6, 5.15",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::resources::unlimited_restarts
