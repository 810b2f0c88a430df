// terminal-in-service: a service has a terminal or an open input, though nobody sits there.
#include "rules/hardening/_lack.h"

namespace plimsoll::rules::hardening::terminal_in_service {

static void check(const facts::Container& c, Findings& out) {
  if (c.service == nullptr) return;  // who types `docker run -it` sits there
  const auto report = [&](const facts::Fact<bool>& fact, std::string_view message) {
    if (fact.known() && fact.value && is_told(c, fact.where))
      out.push_back({.where = fact.where, .message = std::string(message)});
  };
  report(c.terminal, "the service has a terminal that nobody sits at");
  report(c.open_input, "the service's input is kept open, though nobody types");
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    tty: true\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    stdin_open: true\n",
     .flagged = true},
    {.input = Input::compose, .text = "services:\n  web:\n    image: nginx:1.27\n    tty: false\n"},
    {.input = Input::run_line, .text = "docker run -it --rm alpine:3.22 sh\n"},
};

extern constinit const Rule rule = described({
    .name = "terminal-in-service",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::all,
    .summary = "Service has a terminal",
    .why = "These keys are left over from trying something out. With a terminal, output and errors "
           "come in\n"
           "one stream with control sequences in the logs, and a shell stays up that should have "
           "ended.",
    .remedy =
        "Leave `tty` and `stdin_open` out; `docker compose run` and `exec` give a terminal to who "
        "needs one.",
    .source = "Compose specification, \"tty\" and \"stdin_open\"",
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::hardening::terminal_in_service
