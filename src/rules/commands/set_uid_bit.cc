// set-uid-bit: a program is made to run with its owner's rights whoever calls it.
#include "base/concat.h"
#include "facts/command.h"
#include "rules/commands/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::commands {

static constexpr Alias kAliases[] = {{"dockle", "CIS-DI-0008"}, {"cis", "4.8"}};

// The group's bit is left alone: on a folder, where it is mostly used, it only hands the group
// down.
static void check(const facts::Command& command, Findings& out) {
  const facts::Permission* p = command.permission;
  if (p == nullptr || p->kind != facts::Permission::Kind::mode || !p->set_uid) return;
  const std::string_view what = p->paths.empty() ? "a program" : what_changes(command);
  out.push_back({.where = command.place(p->text_span),
                 .message = concat({command.name, mode_option(command), p->text, " makes ", what,
                                    " run with its owner's rights whoever calls it"})});
}

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN chmod u+s /usr/local/bin/tool\n", .flagged = true},
    {.text = "FROM debian:13\nRUN chmod 4755 /usr/local/bin/tool\n", .flagged = true},
    {.text = "FROM debian:13\nRUN chmod 0755 /usr/local/bin/tool && chmod u-s /bin/su && chmod "
             "2775 /srv\n"},
};

extern constinit const Rule set_uid_bit = described({
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
    .check = OnBuild{for_each_command<check>},
});

}  // namespace plimsoll::rules::commands
