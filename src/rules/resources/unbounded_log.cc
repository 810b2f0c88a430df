// unbounded-log: the log grows until the disk is full.
#include <algorithm>

#include "rules/hardening/_lack.h"

namespace plimsoll::rules::resources::unbounded_log {

// Source: Docker documentation, "JSON File logging driver": -1, the default, is unlimited.
static bool is_bounded(const facts::Logging& logging) {
  return std::ranges::any_of(logging.options, [](const facts::Variable& option) {
    return option.name == "max-size" && !option.text.empty() && option.text != "-1";
  });
}

static void check(const facts::Container& c, Findings& out) {
  // Which driver holds where none is stated, daemon.json says.
  if (!c.logging.known() || c.logging.value.driver != "json-file") return;
  if (is_bounded(c.logging.value) || !hardening::is_told(c, c.logging.where)) return;
  out.push_back(
      {.where = c.logging.where, .message = "the log has no largest size: it grows without end"});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    logging:\n      driver: json-file\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run -d --log-driver json-file nginx:1.27\n",
     .flagged = true},
    {.input = Input::compose,
     .text =
         "services:\n  web:\n    image: nginx:1.27\n    logging:\n      driver: json-file\n      "
         "options:\n        max-size: 10m\n        max-file: \"3\"\n"},
    {.input = Input::run_line,
     .text = "docker run -d --log-driver json-file --log-opt max-size=10m nginx:1.27\n"},
};

extern constinit const Rule rule = described({
    .name = "unbounded-log",
    .severity = Severity::low,
    .category = Category::reliability,
    .preset = Preset::strict,
    .summary = "Log grows without end",
    .why = "`json-file` keeps everything unless a size is stated. Whoever can make a service write "
           "errors "
           "can fill\n"
           "/var/lib/docker, and then no container of the host can write any more.",
    .remedy = "State `max-size` and `max-file` under `options`, or take the driver `local`, which "
              "rotates by "
              "itself.",
    .source = "Docker documentation, \"JSON File logging driver\"",
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::resources::unbounded_log
