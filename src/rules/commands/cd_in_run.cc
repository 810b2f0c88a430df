// cd-in-run: a RUN changes its folder with cd where WORKDIR would say so for all.
#include "base/concat.h"
#include "facts/command.h"
#include "rules/commands/_folders.h"
#include "rules/rule.h"

namespace plimsoll::rules::commands::cd_in_run {

using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;

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

static bool is_needed_at_end(const facts::Stage& stage) {
  return stage.shipped || std::ranges::any_of(stage.build->stages, [&](const facts::Stage& s) {
           return s.base.stage == &stage;
         });
}

static void report(const facts::Command& command, Findings& out) {
  const std::string_view folder = command.words.size() > 1 ? command.words[1].raw : "~";
  std::uint32_t aliases = is_relative(folder) ? ~0U : without(kAliases, "kics");
  if (!command.wrapper.empty()) aliases &= without(kAliases, "hadolint");
  out.push_back({.where = command.place(),
                 .message = concat({"cd ", folder, " holds for this RUN only"}),
                 .aliases = aliases});
}

static void check_stage(const facts::Stage& stage, Findings& out) {
  Workdir workdir(stage);
  std::optional<Group> group;
  std::size_t first = 0;  // the group's first finding
  auto run = stage.runs.begin();
  const auto close = [&](bool asked) {
    if (group) out[first].fix = group->close(asked);
    group.reset();
  };
  for (const Instruction* i : stage.instructions) {
    const bool is_run =
        run != stage.runs.end() && (run->instruction == i || run->instruction == i->trigger);
    const std::string_view folder = is_run ? leading_folder(*run) : std::string_view{};
    if (folder.empty() && asks_folder(*i))
      close(i->keyword != Keyword::workdir || !i->rest.starts_with('/'));
    workdir.pass(*i);
    if (!is_run) continue;
    const std::size_t before = out.size();
    for (const facts::Command& command : run->commands)
      if (changes_folder(command)) report(command, out);
    if (!folder.empty()) {
      if (!group) {
        group.emplace(stage);
        first = before;
      }
      group->add(*run, folder, workdir.folder().value_or(""));
    }
    ++run;
  }
  close(is_needed_at_end(stage));
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) check_stage(stage, out);
}

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN cd /src && make\n",
     .flagged = true,
     .fixed = "FROM debian:13\nWORKDIR /src\nRUN make\nWORKDIR /\n"},
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
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::commands::cd_in_run
