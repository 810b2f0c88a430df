// all-gpus: a container gets every graphics processor of the host.
#include "facts/container.h"
#include "rules/rule.h"

namespace plimsoll::rules::runtime::all_gpus {

static constexpr Alias kAliases[] = {
    {"cis", "5.18"},
};

static void check(const facts::Container& c, Findings& out) {
  if (c.gpus.known() && (c.gpus.value == "all" || c.gpus.value == "-1"))
    out.push_back({.where = c.gpus.where,
                   .message = "the container gets every GPU of the host, now and later"});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  train:\n    image: acme/train:1\n    gpus: all\n",
     .flagged = true},
    {.input = Input::run_line, .text = "docker run --gpus all acme/train:1\n", .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  train:\n    image: acme/train:1\n    gpus:\n      - count: 1\n"},
    {.input = Input::run_line, .text = "docker run --gpus 1 acme/train:1\n"},
};

extern constinit const Rule rule = described({
    .name = "all-gpus",
    .severity = Severity::info,
    .category = Category::security,
    .preset = Preset::all,
    .summary = "Container gets every GPU",
    .why =
        "A GPU's driver is a large part of the kernel that the container reaches, and its memory "
        "may hold what another job\n"
        "left behind.",
    .remedy = "Ask for a number or for device ids.",
    .source = "CIS Docker Benchmark 1.6, 5.18",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::runtime::all_gpus
