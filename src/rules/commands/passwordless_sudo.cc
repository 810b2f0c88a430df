// passwordless-sudo: an account of the image may become root without being asked for anything.
#include <algorithm>

#include "facts/build.h"
#include "rules/rule.h"
#include "text/source.h"

namespace plimsoll::rules::commands::passwordless_sudo {

static bool grants(std::string_view text) {
  return text.find("NOPASSWD") != std::string_view::npos;
}

// A line that is taken out, or only looked for, grants nothing.
static bool removes(const facts::Command& command) {
  if (command.name == "grep" || command.name == "visudo") return true;
  constexpr std::string_view kDeletes[] = {"/d", "/d\"", "/d'"};
  return command.name == "sed" &&
         std::ranges::any_of(command.words, [&](const parse::shell::Word& word) {
           return std::ranges::any_of(
               kDeletes, [&](std::string_view end) { return word.raw.ends_with(end); });
         });
}

static void report(const facts::Stage& stage, text::Place where, Findings& out) {
  out.push_back({.where = where,
                 .message = "whoever runs as this account is root with one call of sudo",
                 .severity = stage.shipped ? Severity::medium : Severity::info});
}

// The first text of the command that says so.
static void check_command(const facts::Command& command, Findings& out) {
  if (removes(command)) return;
  for (const parse::shell::Word& word : command.words)
    if (grants(word.raw)) return report(*command.run->stage, command.place(word.raw), out);
  for (const parse::shell::Redirect& redirect : command.redirects)
    if (grants(redirect.body)) return report(*command.run->stage, command.place(redirect.raw), out);
}

static void check_copy(const facts::Copy& copy, Findings& out) {
  for (const parse::dockerfile::Heredoc& heredoc : copy.instruction->heredocs)
    if (grants(heredoc.body.text))
      report(*copy.stage, copy.stage->build->place(heredoc.body_span), out);
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    for (const facts::Run& run : stage.runs) {
      std::size_t before = out.size();
      for (const facts::Command& command : run.commands)
        if (out.size() == before) check_command(command, out);
    }
    for (const facts::Copy& copy : stage.copies) check_copy(copy, out);
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN useradd app && echo 'app ALL=(ALL) NOPASSWD: ALL' > "
             "/etc/sudoers.d/app\nUSER app\n",
     .flagged = true},
    {.text = "FROM debian:13\nCOPY <<EOF /etc/sudoers.d/app\napp ALL=(ALL) "
             "NOPASSWD:ALL\nEOF\nUSER app\n",
     .flagged = true},
    {.text = "FROM debian:13\nRUN useradd app\nUSER app\n"},
};

extern constinit const Rule rule = described({
    .name = "passwordless-sudo",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "An account may become root by sudo without a password",
    .why = "`USER` keeps an intruder from being root; with such a line in sudoers he only has to "
           "ask for it. `no-new-privileges`\n"
           "would stop sudo, and the program that relies on it as well.",
    .remedy = "Do what needs root in a `RUN` before `USER`. Where one command must be run as root "
              "later, allow that command alone.",
    .source = "sudoers(5), NOPASSWD; Docker, Building best practices, \"USER\"",
    .aliases = {},
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::commands::passwordless_sudo
