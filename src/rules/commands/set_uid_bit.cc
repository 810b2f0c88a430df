// set-uid-bit: a program is made to run with its owner's rights whoever calls it.
#include <algorithm>

#include "base/concat.h"
#include "facts/build.h"
#include "facts/mode.h"
#include "rules/commands/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::commands::set_uid_bit {

static constexpr Alias kAliases[] = {{"dockle", "CIS-DI-0008"}, {"cis", "4.8"}};

// With one of these everyone is root at once.
static bool gives_a_shell(std::string_view path) {
  constexpr std::string_view kPrograms[] = {"ash",  "awk",  "bash", "busybox", "cp",     "dash",
                                            "env",  "find", "node", "perl",    "python", "python3",
                                            "ruby", "sh",   "vim",  "zsh"};
  return std::ranges::binary_search(kPrograms, path.substr(path.rfind('/') + 1));
}

static Severity severity_of(const facts::Stage& stage, bool shell) {
  if (!stage.shipped) return Severity::low;
  return shell ? Severity::critical : Severity::medium;
}

// The group's bit is left alone: on a folder, where it is mostly used, it only hands the group
// down.
static void check_command(const facts::Command& command, Findings& out) {
  const facts::Permission* p = command.permission;
  if (p == nullptr || p->kind != facts::Permission::Kind::mode || !p->set_uid) return;
  const std::string_view what = p->paths.empty() ? "a program" : what_changes(command);
  out.push_back({.where = command.place(p->text_span),
                 .message = concat({command.name, mode_option(command), p->text, " makes ", what,
                                    " run with its owner's rights whoever calls it"}),
                 .severity = severity_of(*command.run->stage, gives_a_shell(what))});
}

static void check_copy(const facts::Copy& copy, Findings& out) {
  if (!copy.chmod.known() || !facts::read_mode(copy.chmod.value).set_uid) return;
  const bool shell = copy.destination.known() && gives_a_shell(copy.destination.value);
  out.push_back({.where = copy.chmod.where,
                 .message = concat({"--chmod=", copy.chmod.value,
                                    " makes what is copied run with "
                                    "its owner's rights whoever calls it"}),
                 .severity = severity_of(*copy.stage, shell)});
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    for (const facts::Run& run : stage.runs)
      for (const facts::Command& command : run.commands) check_command(command, out);
    for (const facts::Copy& copy : stage.copies) check_copy(copy, out);
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN chmod u+s /usr/local/bin/tool\n", .flagged = true},
    {.text = "FROM debian:13\nRUN chmod 4755 /usr/local/bin/tool\n", .flagged = true},
    {.text = "FROM debian:13\nCOPY --chmod=4755 tool /usr/local/bin/tool\n", .flagged = true},
    {.text = "FROM debian:13\nRUN chmod 0755 /usr/local/bin/tool && chmod u-s /bin/su && chmod "
             "2775 /srv\n"},
};

extern constinit const Rule rule = described({
    .name = "set-uid-bit",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Program gets the set-user-ID bit",
    .why = "A set-user-ID program of root's is the usual way from an unprivileged account of the "
           "container to root.\n"
           "A mistake in it, or an option that starts another program, is enough.",
    .remedy = "Give the program the one capability that it needs (`setcap`), or start the "
              "container with the right user.",
    .source = "CIS Docker Benchmark 1.6, 4.8",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::commands::set_uid_bit
