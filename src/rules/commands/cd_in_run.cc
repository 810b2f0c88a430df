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

// The fix of all RUNs in a row, if this is the first of them. The whole stage is looked through, so
// it may not be endless.
static std::optional<Fix> group_from(const facts::Run& first) {
  const facts::Stage& stage = *first.stage;
  constexpr std::size_t kLongest = 128;  // instructions
  if (stage.instructions.size() > kLongest) return {};
  Workdir workdir(stage);
  std::optional<Group> group;
  const facts::Run* begin = nullptr;  // the group's
  auto run = stage.runs.begin();
  for (const Instruction* i : stage.instructions) {
    const bool is_run =
        run != stage.runs.end() && (run->instruction == i || run->instruction == i->trigger);
    const std::string_view folder = is_run ? leading_folder(*run) : std::string_view{};
    if (folder.empty() && asks_folder(*i)) {
      const bool asked = i->keyword != Keyword::workdir || !i->rest.starts_with('/');
      if (group && begin == &first) return group->close(asked);
      group.reset();
    }
    workdir.pass(*i);
    if (!is_run) continue;
    if (!folder.empty()) {
      if (!group) {
        group.emplace(stage);
        begin = &*run;
      }
      group->add(*run, folder, workdir.folder().value_or(""));
    }
    ++run;
  }
  return group && begin == &first ? group->close(is_needed_at_end(stage)) : std::nullopt;
}

static void check(const facts::Command& command, Findings& out) {
  const std::string_view folder = command.words.size() > 1 ? command.words[1].raw : "~";
  out.push_back({.where = command.place(),
                 .message = concat({"cd ", folder, " holds for this RUN only"}),
                 .aliases = is_relative(folder) ? ~0U : without(kAliases, "kics"),
                 .fix = command.index == 0 ? group_from(*command.run) : std::nullopt});
}

static constexpr std::string_view kNames[] = {"cd"};

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
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::commands::cd_in_run
