// download-without-retry: curl gives up at the first hiccup of the network.
#include "base/concat.h"
#include "rules/commands/_curl.h"
#include "rules/rule.h"

namespace plimsoll::rules::commands::download_without_retry {

static constexpr Alias kAliases[] = {{"tally", "tally/prefer-curl-config"}};

// In a loop or a condition the script may try again by itself. GNU wget tries 20 times by default.
static void check(const facts::Command& command, Findings& out) {
  if (command.depth > 0 || command.has("--retry")) return;
  out.push_back({.where = command.place(),
                 .message = "curl gives up when its first try fails",
                 .fix = Fix{.safety = Safety::changes_behaviour,
                            .title = "add --retry 3",
                            .edits = {add_option(command, " --retry 3")}}});
}

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN curl -fsSLO https://example.com/a.tar.gz\n",
     .flagged = true,
     .fixed = "FROM debian:13\nRUN curl --retry 3 -fsSLO https://example.com/a.tar.gz\n"},
    {.text = "FROM debian:13\nRUN curl --retry 5 -fsSLO https://example.com/a.tar.gz\n"},
    {.text = "FROM debian:13\nRUN wget -q https://example.com/a.tar.gz\n"},
};

extern constinit const Rule rule = described({
    .name = "download-without-retry",
    .severity = Severity::info,
    .category = Category::reliability,
    .preset = Preset::all,
    .summary = "curl doesn't try again",
    .why = "Timeouts and answers 429 or 503 pass by themselves. Without a second try each of them "
           "fails the build.",
    .remedy = "Add `--retry 3`, or write `retry = 3` into a `.curlrc` where curl is called often.",
    .source = "curl(1), \"--retry\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{for_each_curl<check>},
});

}  // namespace plimsoll::rules::commands::download_without_retry
