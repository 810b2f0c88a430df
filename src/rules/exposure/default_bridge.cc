// default-bridge: the container stands in the engine's first network, with all that do.
#include "facts/container.h"
#include "rules/rule.h"

namespace plimsoll::rules::exposure::default_bridge {

static constexpr Alias kAliases[] = {
    {"cis", "5.30"},
};

// Of a run line it is what holds when nothing is said: only what was asked for is spoken of.
static void check(const facts::Container& c, Findings& out) {
  if (c.network_mode.known() && c.network_mode.value == "bridge")
    out.push_back({.where = c.network_mode.where,
                   .message = "the container joins docker0, where it reaches the containers of "
                              "every other project"});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  app:\n    image: acme/app:1\n    network_mode: bridge\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  app:\n    image: acme/app:1\n    networks: [back]\nnetworks:\n  back: "
             "{}\n"},
    {.input = Input::run_line, .text = "docker run --network back acme/app:1\n"},
};

extern constinit const Rule rule = described({
    .name = "default-bridge",
    .severity = Severity::low,
    .category = Category::security,
    .preset = Preset::strict,
    .summary = "Container joins the engine's default bridge",
    .why =
        "On docker0 all containers reach each other by address, whatever project they belong to, "
        "and names are not\n"
        "resolved.",
    .remedy =
        "Leave `network_mode` out: Compose makes a network for the project. Or name one under "
        "`networks`.",
    .source = "CIS Docker Benchmark 1.6, 5.30",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::exposure::default_bridge
