// cd-in-run: a RUN changes its folder with cd where WORKDIR would say so for all.
#include "base/concat.h"
#include "facts/command.h"
#include "rules/edits.h"
#include "rules/rule.h"
#include "rules/system_folders.h"

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

static bool changes_folder(const facts::Command& command) {
  return command.name == "cd";
}

// A path that depends on where the RUN starts; KICS speaks of no other.
static bool is_relative(std::string_view folder) {
  return !folder.starts_with('/') || folder.find("..") != std::string_view::npos;
}

namespace shell = parse::shell;

// The folder of a RUN that begins with `cd /folder && …` and changes it nowhere else: where WORKDIR
// says the same. Empty: it is not that simple.
static std::string_view leading_folder(const facts::Run& run) {
  if (run.script == nullptr || !run.understood || run.trigger || run.instruction->exec_form ||
      run.instruction->broken || !run.instruction->heredocs.empty() || has_ambiguous_job(run))
    return {};
  const shell::List& list = run.script->list;
  if (!run.script->problems.empty() || list.background || list.items.size() < 2 ||
      list.items[1].join != shell::Join::and_ || list.items[1].pipeline.negated ||
      list.items[0].pipeline.negated || list.items[0].pipeline.commands.size() != 1)
    return {};
  const shell::Command& cd = list.items[0].pipeline.commands[0];
  if (cd.words.size() != 2 || cd.words[0].raw != "cd" || !cd.assignments.empty() ||
      !cd.redirects.empty())
    return {};
  const std::string_view folder = cd.words[1].raw;
  // `cd /a && b &` is a job of its own; OLDPWD is the folder before.
  const bool simple =
      std::ranges::none_of(
          list.items, [](const shell::Item& i) { return i.join == shell::Join::background; }) &&
      std::ranges::count_if(run.commands, changes_folder) == 1 &&
      list.raw.find("OLDPWD") == std::string_view::npos;
  const bool stated = folder.starts_with('/') && is_plain_path(folder) &&
                      !is_system_folder(folder, false);  // another finding
  return simple && stated ? folder : std::string_view{};
}

// Instructions that don't ask which folder is current where they stand.
static bool asks_folder(const Instruction& i) {
  constexpr Keyword kAsking[] = {Keyword::onbuild, Keyword::run, Keyword::workdir,
                                 Keyword::unknown};
  if (i.keyword == Keyword::copy || i.keyword == Keyword::add)
    return i.words.empty() || !i.words.back().text.starts_with('/');
  return std::ranges::find(kAsking, i.keyword) != std::end(kAsking);
}

// RUNs in a row that each begin with a `cd`, and the folders that have to be stated for them. What
// stands behind them begins in the folder that was current before.
class Group {
 public:
  explicit Group(const facts::Stage& stage) : build_(*stage.build) {}

  void add(const facts::Run& run, std::string_view folder, std::string_view current) {
    const shell::List& list = run.script->list;
    const facts::Command& any = run.commands.front();
    const text::Span cd{any.place(list.raw).span.begin,
                        any.place(list.items[1].pipeline.commands[0].raw).span.begin};
    possible_ &= build_.source->at(cd).find('#') == std::string_view::npos;
    if (last_ == nullptr) before_ = std::string(current);
    if (folder != (last_ == nullptr ? current : folder_))
      fix_.edits.push_back(line_before(build_, *run.instruction, concat({"WORKDIR ", folder})));
    fix_.edits.push_back({build_.place(cd), ""});
    folder_ = std::string(folder);
    last_ = run.instruction;
  }
  [[nodiscard]] bool empty() const { return last_ == nullptr; }

  // `asked`: something behind it begins in the current folder.
  std::optional<Fix> close(bool asked) {
    if (asked && folder_ != before_) {
      std::optional<text::Edit> back = line_behind(build_, *last_, concat({"WORKDIR ", before_}));
      if (before_.empty() || !back) return {};
      fix_.edits.push_back(std::move(*back));
    }
    return possible_ ? std::optional(std::move(fix_)) : std::nullopt;
  }

 private:
  const facts::Build& build_;
  const Instruction* last_ = nullptr;
  std::string folder_, before_;
  Fix fix_{.title = "write WORKDIR"};
  bool possible_ = true;
};

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
