// oom-exemption: the kernel spares the container when memory runs out, and others end instead.
#include "base/concat.h"
#include "rules/hardening/_lack.h"

namespace plimsoll::rules::resources::oom_exemption {

static constexpr std::int64_t kLowest = -500;  // of -1000 to 1000

static bool has_limit(const facts::Container& c) {
  return c.memory_bytes.unknown() || (c.memory_bytes.known() && c.memory_bytes.value > 0);
}

static void check(const facts::Container& c, Findings& out) {
  const facts::Fact<bool>& disabled = c.oom_kill_disable;
  if (disabled.known() && disabled.value && hardening::is_told(c, disabled.where))
    out.push_back({.where = disabled.where,
                   .message = has_limit(c)
                                  ? "out of memory, the container hangs instead of being ended"
                                  : "the container is never ended for lack of memory, and has no "
                                    "memory limit: the host runs out of it"});
  const facts::Fact<std::int64_t>& score = c.oom_score_adjustment;
  if (score.known() && score.value < kLowest && hardening::is_told(c, score.where))
    out.push_back({.where = score.where,
                   .message = concat({"with an adjustment of ", std::to_string(score.value),
                                      " the kernel ends nearly everything else before this "
                                      "container"})});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    oom_kill_disable: true\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run --oom-score-adj -900 nginx:1.27\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    oom_score_adj: -100\n"},
    {.input = Input::run_line, .text = "docker run --oom-score-adj 500 nginx:1.27\n"},
};

extern constinit const Rule rule = described({
    .name = "oom-exemption",
    .severity = Severity::medium,
    .category = Category::reliability,
    .summary = "Container is spared when memory runs out",
    .why = "When memory runs out the kernel ends the process that takes most. A container that is "
           "exempt lets "
           "others pay for its\n"
           "leak: its neighbours, the engine, the SSH daemon. Where cgroup v2 is used "
           "`oom_kill_disable` "
           "has no effect at all.",
    .remedy =
        "Leave the key out and give each container a memory limit, so that each pays for itself.",
    .source = "Docker documentation, \"Resource constraints\"",
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
    .option_remedy = OptionRemedy::remove,
});

}  // namespace plimsoll::rules::resources::oom_exemption
