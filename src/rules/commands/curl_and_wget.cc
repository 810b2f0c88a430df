// curl-and-wget: a stage downloads with two programs where one would do.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::commands::curl_and_wget {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL4001"},
    {"tally", "hadolint/DL4001"},
    {"trivy", "DS-0014"},
    {"kics", "fc775e75-fcfb-4c98-b2f2-910c5858b359"},
    {"semgrep", "dockerfile.best-practice.use-either-wget-or-curl.use-either-wget-or-curl"},
};

// One finding for each RUN that calls one of them, once both were called.
static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    const facts::Command *curl = nullptr, *wget = nullptr;  // their first calls in the stage
    for (const facts::Run& run : stage.runs) {
      const facts::Command* here = nullptr;
      for (const facts::Command& command : run.commands) {
        const bool is_curl = command.name == "curl";
        if (!is_curl && command.name != "wget") continue;
        const facts::Command*& first = is_curl ? curl : wget;
        if (first == nullptr) first = &command;
        if (here == nullptr && curl != nullptr && wget != nullptr) here = &command;
      }
      if (here == nullptr) continue;
      const facts::Command& other = here->name == "curl" ? *wget : *curl;
      out.push_back({.where = here->place(here->words.front().raw),
                     .message = concat({"this stage downloads with ", other.name, " and with ",
                                        here->name, ", of which one is enough"}),
                     .related = {{other.place(other.words.front().raw),
                                  concat({other.name, " is called here"})}}});
    }
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN wget -q https://example.com/a\nRUN curl -fsSLO "
             "https://example.com/b\n",
     .flagged = true},
    {.text = "FROM debian:13 AS a\nRUN wget -q https://example.com/a\nFROM debian:13\nRUN curl "
             "-fsSLO https://example.com/b\n"},
    {.text = "FROM debian:13\nRUN apt-get update && apt-get install -y curl wget\nRUN curl -fsSLO "
             "https://example.com/b\n"},
};

extern constinit const Rule rule = described({
    .name = "curl-and-wget",
    .severity = Severity::info,
    .category = Category::size,
    .preset = Preset::all,
    .summary = "Both curl and wget are used in a stage",
    .why = "Each has to be installed and kept up to date, and each has its own options for "
           "proxies, certificates and retries.",
    .remedy = "Use the one that the image has already.",
    .source = "Docker, Building best practices, \"Don't install unnecessary packages\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::commands::curl_and_wget
