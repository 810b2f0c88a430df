// copy-to-relative-path: COPY's destination is relative, and nothing in the file says to what.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/edits.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::copy_to_relative_path {

static constexpr Alias kAliases[] = {{"hadolint", "DL3045"}, {"tally", "hadolint/DL3045"}};

static bool is_workdir(const Instruction* i) {
  return i->keyword == Keyword::workdir;
}

static constexpr std::size_t kNever = std::string_view::npos;

// Where the folder of each stage is stated from on: an offset in the file.
static std::vector<std::size_t> stated_from(const facts::Build& build) {
  std::vector<std::size_t> result;
  for (const facts::Stage& stage : build.stages) {
    const bool by_base = stage.base.stage != nullptr && result[stage.base.stage->index] != kNever;
    const auto first = std::ranges::find_if(stage.instructions, is_workdir);
    const bool never = first == stage.instructions.end();
    result.push_back(by_base ? 0 : never ? kNever : (*first)->span.begin);
  }
  return result;
}

static void check(const facts::Build& build, Findings& out) {
  const std::vector<std::size_t> stated = stated_from(build);
  for (const facts::Stage& stage : build.stages) {
    const std::optional<std::string> start = Workdir(stage).folder();
    for (const facts::Copy& copy : stage.copies) {
      if (copy.add || copy.trigger || copy.instruction->words.size() < 2) continue;
      const parse::dockerfile::Word& to = copy.instruction->words.back();
      if (may_be_absolute(to.text) || stated[stage.index] < copy.instruction->span.begin) continue;
      Finding finding{
          .where = build.place(to.span),
          .message = concat({"COPY to ", to.text,
                             " depends on the base image's folder, as no WORKDIR is stated"})};
      if (start && is_plain_path(to.text))
        finding.fix = Fix{.title = "copy to an absolute path",
                          .edits = {{finding.where, below(*start, to.text)}}};
      out.push_back(std::move(finding));
    }
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nCOPY app ./\nCOPY lib ./lib/\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nCOPY app /\nCOPY lib /lib/\n"},
    {.text = "FROM node:22\nCOPY app ./\n", .flagged = true},
    {.text = "FROM alpine:3.22\nWORKDIR /srv\nCOPY app ./\n"},
    {.text = "FROM alpine:3.22\nCOPY app /srv/\n"},
    {.text = "FROM alpine:3.22 AS base\nWORKDIR /srv\nFROM base\nCOPY app ./\n"},
};

extern constinit const Rule rule = described({
    .name = "copy-to-relative-path",
    .severity = Severity::low,
    .category = Category::reliability,
    .preset = Preset::strict,
    .summary = "COPY to a relative path without WORKDIR",
    .why = "The files land in the base image's working folder, which is `/` unless that image says "
           "otherwise; a new version\n"
           "of it may, and a reader can't see it.",
    .remedy = "State `WORKDIR` first, or copy to an absolute path.",
    .source = "Docker, Building best practices, \"WORKDIR\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::copy_to_relative_path
