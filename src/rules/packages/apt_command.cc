// apt-command: a script calls apt, which is made for people at a terminal.
#include <algorithm>
#include <array>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/rule.h"
#include "text/source.h"

namespace plimsoll::rules::packages::apt_command {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3027"},
    {"tally", "hadolint/DL3027"},
    {"checkov", "CKV_DOCKER_9"},
    {"kics", "b84a0b47-2e99-4c9f-8933-98bcabe2b94d"},
    {"semgrep", "dockerfile.best-practice.prefer-apt-get.prefer-apt-get"},
};

// Commands that apt-get has under the same name, sorted. Source: apt-get(8).
static constexpr std::array<std::string_view, 14> kShared = {
    "autoclean", "autoremove", "build-dep", "changelog", "check",  "clean",  "dist-upgrade",
    "download",  "install",    "purge",     "remove",    "source", "update", "upgrade"};

static bool has_same_name(const facts::Command& command) {
  const facts::PackageCall* call = command.packages;
  const text::Place where = command.place(command.name_span);
  return call != nullptr && std::ranges::binary_search(kShared, call->action_text) &&
         command.run->stage->build->source->at(where.span) == "apt";
}

// All calls of the RUN together: two programs that do the same would be worse than one.
static std::optional<Fix> renamed(const facts::Command& command) {
  constexpr std::size_t kLooked = 64;  // commands; each call of apt in the RUN looks at them
  const std::span<const facts::Command> all = command.run->commands;
  Fix fix{.safety = Safety::safe, .title = "call apt-get"};
  for (const facts::Command& c : all.first(std::min(all.size(), kLooked)))
    if (c.name == "apt" && has_same_name(c)) fix.edits.push_back({c.place(c.name_span), "apt-get"});
  if (command.index >= kLooked) fix.edits = {{command.place(command.name_span), "apt-get"}};
  return fix;
}

static void check(const facts::Command& command, Findings& out) {
  Finding finding{.where = command.place(command.name_span),
                  .message =
                      "apt is made for people at a terminal and changes its output and options "
                      "between releases"};
  if (has_same_name(command)) finding.fix = renamed(command);
  out.push_back(std::move(finding));
}

static constexpr std::string_view kNames[] = {"apt"};

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN apt purge -y git\n",
     .flagged = true,
     .fixed = "FROM debian:13\nRUN apt-get purge -y git\n"},
    {.text = "FROM debian:13\nRUN apt list --installed\n", .flagged = true},
    {.text = "FROM debian:13\nRUN apt-get purge -y git && rm -rf /etc/apt\n"},
};

extern constinit const Rule rule = described({
    .name = "apt-command",
    .severity = Severity::low,
    .category = Category::reliability,
    .summary = "Script calls apt instead of apt-get",
    .why = "Debian keeps `apt-get` and `apt-cache` stable for scripts. `apt` may change with any "
           "release, and says so:\n"
           "\"WARNING: apt does not have a stable CLI interface\".",
    .remedy = "Call `apt-get`, or `apt-cache` to search and show.",
    .source = "apt(8), \"SCRIPT USAGE AND DIFFERENCES FROM OTHER APT TOOLS\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::packages::apt_command
