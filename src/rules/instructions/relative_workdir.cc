// relative-workdir: WORKDIR states a path that depends on where the image stood before.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/edits.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::relative_workdir {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3000"},
    {"buildkit", "WorkdirRelativePath"},
    {"tally", "buildkit/WorkdirRelativePath"},
    {"trivy", "DS-0009"},
    {"checkov", "CKV_DOCKER_10"},
    {"kics", "6b376af8-cfe8-49ab-a08d-f32de23661a4"},
    {"semgrep", "generic.dockerfile.best-practice.use-absolute-workdir.use-absolute-workdir"},
};

static bool states_absolute(const Instruction* i) {
  return i->keyword == Keyword::workdir && may_be_absolute(i->rest);
}

// BuildKit is content once an absolute WORKDIR stands before, in the stage or in one that it is
// built FROM.
static bool follows_absolute(const facts::Stage& stage, const Instruction& workdir) {
  for (const Instruction* i : stage.instructions) {
    if (i == &workdir) break;
    if (states_absolute(i)) return true;
  }
  for (const facts::Stage* s = stage.base.stage; s != nullptr; s = s->base.stage)
    if (std::ranges::any_of(s->instructions, states_absolute)) return true;
  return false;
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    Workdir workdir(stage);
    for (const Instruction* i : stage.instructions) {
      const std::optional<std::string> before = workdir.folder();
      workdir.pass(*i);
      if (i->keyword != Keyword::workdir || i->rest.empty() || may_be_absolute(i->rest)) continue;
      Finding finding{.where = build.place(i->joined.where(i->rest)),
                      .message = concat({"WORKDIR ", i->rest,
                                         " is relative to whatever folder was current before"}),
                      .aliases = follows_absolute(stage, *i) ? without(kAliases, "buildkit") : ~0U};
      if (before && workdir.folder())
        finding.fix =
            Fix{.title = "state the whole path", .edits = {{finding.where, *workdir.folder()}}};
      out.push_back(std::move(finding));
    }
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nWORKDIR app\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nWORKDIR /app\n"},
    {.text = "FROM registry.example.com/app:1\nWORKDIR app\n", .flagged = true},
    {.text = "FROM node:22\nWORKDIR /srv\nWORKDIR app/\nWORKDIR src\n",
     .flagged = true,
     .fixed = "FROM node:22\nWORKDIR /srv\nWORKDIR /srv/app/\nWORKDIR /srv/app/src\n"},
    {.text = "FROM alpine:3.22\nWORKDIR /srv/app\n"},
    {.text = "FROM alpine:3.22\nARG HOME_FOLDER=/srv\nWORKDIR ${HOME_FOLDER}/app\n"},
    {.text = "# escape=`\nFROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nWORKDIR C:\\app\n"},
};

extern constinit const Rule rule = described({
    .name = "relative-workdir",
    .severity = Severity::low,
    .category = Category::reliability,
    .preset = Preset::strict,
    .summary = "WORKDIR is relative",
    .why = "A relative `WORKDIR` continues from the one before, which may stand in the base image: "
           "if that changes, every\n"
           "later path does.",
    .remedy = "State the whole path: `WORKDIR /srv/app`.",
    .source = "Docker, Building best practices, \"WORKDIR\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::relative_workdir
