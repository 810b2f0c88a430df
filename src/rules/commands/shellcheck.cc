// shellcheck: what ShellCheck says of a RUN's script, where it is installed.
#include "rules/rule.h"

namespace plimsoll::rules::commands::shellcheck {

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN rm -rf \"$WORK/\"\n", .flagged = true},
    {.text = "FROM debian:13\nRUN export NOW=$(date); make\n", .flagged = true},
    {.text = "FROM debian:13\nRUN rm -rf \"${WORK:?}/\"\n"},
    {.text = "FROM debian:13\nRUN NOW=\"$(date)\" && export NOW && make\n"},
};

extern constinit const Rule rule = described({
    .name = "shellcheck",
    .severity = Severity::low,
    .category = Category::reliability,
    .preset = Preset::recommended,
    .summary = "ShellCheck finds fault with a RUN's script",
    .why =
        "A `RUN` is a shell script, and a mistake in it may go unseen until a build does something "
        "else than was meant:\n"
        "an unset variable empties a path, a failed command in a substitution is passed over, a "
        "word is split in two.\n\n"
        "The findings are those of [ShellCheck](https://www.shellcheck.net), which is asked where "
        "it is installed; each\n"
        "names its code. Errors are told as medium, warnings as low; what ShellCheck calls info "
        "and style, and some warnings\n"
        "that mean little in a Dockerfile, are told with the preset `all`, or if this rule or the "
        "code is selected by name. docs/shellcheck.md says "
        "more.",
    .remedy =
        "The code's page, `https://www.shellcheck.net/wiki/CODE`, shows what to write instead. A "
        "comment `# plimsoll: ignore=CODE` accepts it.",
    .source = "https://www.shellcheck.net/wiki/",
    .aliases = {},
    .examples = kExamples,
    .check = FromShellCheck{},
});

}  // namespace plimsoll::rules::commands::shellcheck
