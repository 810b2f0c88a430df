// logging-off: nothing of what the container says is kept.
#include "rules/hardening/_lack.h"

namespace plimsoll::rules::resources::logging_off {

static constexpr Alias kAliases[] = {{"compose-lint", "CL-0014"}};

static void check(const facts::Container& c, Findings& out) {
  if (!c.logging.known() || c.logging.value.driver != "none") return;
  if (!hardening::is_told(c, c.logging.where)) return;
  out.push_back({.where = c.logging.where,
                 .message = "the container's output is thrown away",
                 .aliases = hardening::peers(c, kAliases)});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    logging:\n      driver: none\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run -d --log-driver none nginx:1.27\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    logging:\n      driver: local\n"},
    {.input = Input::run_line, .text = "docker run -d --log-driver journald nginx:1.27\n"},
};

extern constinit const Rule rule = described({
    .name = "logging-off",
    .severity = Severity::low,
    .category = Category::security,
    .summary = "Logging is switched off",
    .why =
        "After a break-in or a crash the output is what there is to look at, and `docker logs` has "
        "nothing.",
    .remedy = "Leave the driver out. If it is the size that matters, take `local`, which keeps 100 "
              "MB, or "
              "`json-file` with\n"
              "`max-size` and `max-file`.",
    .source = "Docker documentation, \"Configure logging drivers\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::resources::logging_off
