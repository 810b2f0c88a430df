// wget-progress: wget draws a progress bar into the build's log.
#include <algorithm>

#include "data/base_image.h"
#include "facts/build.h"
#include "rules/edits.h"
#include "rules/rule.h"

namespace plimsoll::rules::commands::wget_progress {

static constexpr Alias kAliases[] = {{"hadolint", "DL3047"}, {"tally", "hadolint/DL3047"}};

static bool is_quiet(const facts::Command& c) {
  constexpr std::string_view kLong[] = {"--progress", "--quiet", "--no-verbose", "--output-file",
                                        "--append-output"};
  constexpr std::string_view kShort = "qoa";
  return (c.download != nullptr && c.download->quiet) ||
         std::ranges::any_of(kLong, [&](std::string_view option) { return c.has(option); }) ||
         std::ranges::any_of(kShort, [&](char letter) { return c.has_short(letter); }) ||
         c.has("-nv");
}

// busybox' wget doesn't know the option, so the distribution must be known for a fix.
static bool has_gnu_wget(const facts::Stage& stage) {
  using enum data::Family;
  constexpr data::Family kFamilies[] = {debian, ubuntu, fedora, rhel, suse, arch, amazon};
  return std::ranges::find(kFamilies, family_of(stage)) != std::end(kFamilies);
}

static void check(const facts::Command& command, Findings& out) {
  if (is_quiet(command)) return;
  Finding finding{.where = command.place(),
                  .message = "wget writes its progress bar to the build's log"};
  if (has_gnu_wget(*command.run->stage)) {
    const text::Place name = command.place(command.words.front().raw);
    const text::Span behind{name.span.end, name.span.end};
    finding.fix = Fix{.safety = Safety::safe,
                      .title = "add --progress=dot:giga",
                      .edits = {{{name.source, behind}, " --progress=dot:giga"}}};
  }
  out.push_back(std::move(finding));
}

static constexpr std::string_view kNames[] = {"wget"};

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN wget -O /tmp/a.tar.gz https://example.com/a.tar.gz\n",
     .flagged = true,
     .fixed = "FROM debian:13\nRUN wget --progress=dot:giga -O /tmp/a.tar.gz "
              "https://example.com/a.tar.gz\n"},
    {.text = "FROM alpine:3.22\nRUN wget https://example.com/a.tar.gz\n", .flagged = true},
    {.text = "FROM debian:13\nRUN wget -qO- https://example.com/a.tar.gz | tar xz\n"},
    {.text = "FROM debian:13\nRUN wget --progress=dot:giga https://example.com/a.tar.gz\n"},
};

extern constinit const Rule rule = described({
    .name = "wget-progress",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::all,
    .summary = "wget floods the build's log with its progress",
    .why = "Without a terminal wget prints a line of dots for every 50 KiB: thousands of lines for "
           "a larger archive,\n"
           "among which an error is hard to find.",
    .remedy = "Add `--progress=dot:giga` or `-nv`; with busybox' wget `-q`.",
    .source = "GNU Wget manual, \"--progress\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::commands::wget_progress
