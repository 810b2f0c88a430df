// system-paths-unconfined: /proc and /sys of the host are open to the container.
#include "facts/security.h"
#include "rules/rule.h"

namespace plimsoll::rules::runtime::system_paths_unconfined {

static void check(const facts::Container& c, Findings& out) {
  const facts::Fact<bool> open = facts::system_paths_unconfined(c);
  if (!open.known() || !open.value) return;
  out.push_back(
      {.where = open.where,
       .message = "/proc and /sys are neither masked nor read-only: /proc/sysrq-trigger too"});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    security_opt:\n      - "
             "systempaths=unconfined\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run --security-opt systempaths=unconfined alpine:3.22\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    security_opt:\n      - "
             "no-new-privileges:true\n"},
    {.input = Input::run_line, .text = "docker run --security-opt no-new-privileges alpine:3.22\n"},
};

extern constinit const Rule rule = described({
    .name = "system-paths-unconfined",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "System paths are not masked",
    .why = "The engine hides /proc/kcore, /proc/keys and the like, and makes /proc/sys and "
           "/proc/sysrq-trigger\n"
           "read-only. With `systempaths=unconfined` root of the container writes\n"
           "/proc/sys/kernel/core_pattern, and the host then runs a program of its choice as root.",
    .remedy = "Leave the option out. A kernel setting of the container's own namespace goes to "
              "`sysctls`.",
    .source = "Docker documentation, \"docker container run\", --security-opt systempaths",
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
    .option_remedy = OptionRemedy::remove,
});

}  // namespace plimsoll::rules::runtime::system_paths_unconfined
