// pointless-command: a RUN calls a program that can do nothing for an image.
#include <algorithm>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::commands::pointless_command {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3001"},
    {"tally", "hadolint/DL3001"},
    {"kics", "9b6b0f38-92a2-41f9-b881-3a1083d99f1b"},
    {"semgrep", "dockerfile.best-practice.nonsensical-command.nonsensical-command"},
};

static constexpr std::string_view kNames[] = {"free",      "htop",   "kill",    "mount",    "nano",
                                              "ps",        "reboot", "service", "shutdown", "ssh",
                                              "systemctl", "top",    "vim"};
// Of these hadolint knows nothing.
static constexpr std::string_view kOurs[] = {"htop", "nano", "reboot", "systemctl"};

static bool any_word(const facts::Command& command, std::span<const std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return command.has(word); });
}

static constexpr std::string_view kStarts[] = {"restart", "start"};

// A service, once started, runs for the commands behind it in the same RUN: `service mysql start &&
// mysql < schema.sql && service mysql stop`.
static bool serves_its_run(const facts::Command& command) {
  const std::span<const facts::Command> all = command.run->commands;
  const auto begins = [](const facts::Command& c) {
    return c.name == "service" && any_word(c, kStarts);
  };
  const auto first = std::ranges::find_if(all, begins);
  return first != all.end() && std::any_of(first + 1, all.end(), [](const facts::Command& c) {
           return c.name != "service" && !c.name.empty();
         });
}

// What comes of it; empty: it may well be of use.
static std::string_view use_of(const facts::Command& command) {
  const std::string_view name = command.name;
  const facts::Run& run = *command.run;
  if (name == "service")
    return serves_its_run(command) ? "" : "starts and stops nothing that outlives this RUN";
  if (name == "systemctl") {
    constexpr std::string_view kLive[] = {"reload", "restart", "start", "status", "stop"};
    return any_word(command, kLive) ? "finds no systemd to talk to during a build" : "";
  }
  if (name == "kill")  // of what the same RUN has started
    return run.commands.size() == 1 ? "finds no process of an earlier RUN" : "";
  if (name == "mount")
    return run.instruction->flag("security") != nullptr
               ? ""
               : "lacks the rights during a build, and its mounts end with the RUN";
  if (name == "ssh") return run.instruction->mounts.empty() ? "leaves nothing in the image" : "";
  if (name == "reboot" || name == "shutdown") return "has no machine to stop during a build";
  if (name == "nano" || name == "vim")
    return command.words.size() > 2 ? "" : "waits for a person at a terminal";
  // A loop may wait for a process; what is shown alone is gone with the build.
  const bool asked = command.piped_out || command.depth > 0 || !command.redirects.empty();
  return asked ? "" : "shows the machine that builds, not the container";
}

static void check(const facts::Command& command, Findings& out) {
  const std::string_view use = use_of(command);
  if (use.empty()) return;
  const bool ours = std::ranges::find(kOurs, command.name) != std::end(kOurs);
  out.push_back({.where = command.place(),
                 .message = concat({command.name, " ", use}),
                 .aliases = ours ? only(kAliases, {kAliases[2].id}) : ~0U});
}

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN apt-get -v && top\n", .flagged = true},
    {.text = "FROM debian:13\nRUN service nginx start\n", .flagged = true},
    {.text = "FROM debian:13\nRUN systemctl start nginx\n", .flagged = true},
    {.text = "FROM postgres:18\nRUN service postgresql start && psql -f /schema.sql && service "
             "postgresql stop\n"},
    {.text = "FROM debian:13\nRUN systemctl enable nginx && echo top\n"},
};

extern constinit const Rule rule = described({
    .name = "pointless-command",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::all,
    .summary = "Command that does nothing for an image",
    .why = "A `RUN` keeps files, not processes: a service that it starts, a mount, or what `ps` "
           "and `top` show is gone when\n"
           "it ends. There is no init system during a build, and no one at a terminal.",
    .remedy = "Leave the command out. Start the service by `CMD` or `ENTRYPOINT`; where the build "
              "itself needs it, start it and use\n"
              "it in one `RUN`.",
    .source = "Dockerfile reference, RUN",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::commands::pointless_command
