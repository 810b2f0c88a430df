// cd-in-run: a RUN changes its folder with cd where WORKDIR would say so for all.
#include "base/concat.h"
#include "facts/command.h"
#include "rules/rule.h"

namespace plimsoll::rules::commands::cd_in_run {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3003"},
    {"tally", "hadolint/DL3003"},
    {"trivy", "DS-0013"},
    {"kics", "f4a6bcd3-e231-4acf-993c-aa027be50d2e"},
    {"semgrep", "dockerfile.best-practice.use-workdir.use-workdir"},
};

// A path that depends on where the RUN starts; KICS speaks of no other.
static bool is_relative(std::string_view folder) {
  return !folder.starts_with('/') || folder.find("..") != std::string_view::npos;
}

static void check(const facts::Command& command, Findings& out) {
  const std::string_view folder = command.words.size() > 1 ? command.words[1].raw : "~";
  out.push_back({.where = command.place(),
                 .message = concat({"cd ", folder, " holds for this RUN only"}),
                 .aliases = is_relative(folder) ? ~0U : without(kAliases, "kics")});
}

static constexpr std::string_view kNames[] = {"cd"};

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN cd /src && make\n", .flagged = true},
    {.text = "FROM debian:13\nRUN (cd /src; make)\n", .flagged = true},
    {.text = "FROM debian:13\nWORKDIR /src\nRUN make\n"},
    {.text = "FROM debian:13\nRUN echo cd /src\n"},
};

extern constinit const Rule rule = described({
    .name = "cd-in-run",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::all,
    .summary = "RUN changes its folder with cd",
    .why = "Each `RUN` starts in the folder of `WORKDIR` again, so a reader has to follow every "
           "`cd`, and the next `RUN` has\n"
           "to repeat it. `WORKDIR` also creates the folder, and the container starts in the last "
           "one.",
    .remedy = "Write `WORKDIR` before the `RUN`, or hand the folder to the command (`make -C`, "
              "`git -C`, `tar -C`).",
    .source = "Docker, Building best practices, \"WORKDIR\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::commands::cd_in_run
