// system-folder: WORKDIR or VOLUME is a folder that belongs to the system.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"
#include "rules/system_folders.h"

namespace plimsoll::rules::instructions::system_folder {

static constexpr Alias kAliases[] = {{"trivy", "DS-0030"}, {"dockle", "DKL-DI-0002"}};

static void check_instruction(const facts::Build& build, const Instruction& i, Findings& out) {
  const bool volume = i.keyword == Keyword::volume;
  if (!volume && i.keyword != Keyword::workdir) return;
  for (const parse::dockerfile::Word& word : i.words) {
    if (!is_system_folder(unquoted(word.text), volume)) continue;
    out.push_back(
        {.where = build.place(word.span),
         .message = concat({volume ? "VOLUME " : "WORKDIR ", word.text, " belongs to the system"}),
         .aliases = only(kAliases, {volume ? "DKL-DI-0002" : "DS-0030"})});
  }
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const Instruction* i : stage.instructions) check_instruction(build, *i, out);
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nWORKDIR /usr/bin\n", .flagged = true},
    {.text = "FROM alpine:3.22\nVOLUME [\"/data\", \"/proc\"]\n", .flagged = true},
    {.text = "FROM alpine:3.22\nWORKDIR /usr/src/app\nVOLUME /var/lib/app\n"},
};

extern constinit const Rule rule = described({
    .name = "system-folder",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "WORKDIR or VOLUME is a folder of the system",
    .why =
        "What is copied or written to a relative path lands among the system's own files, and may "
        "replace one. `/proc`,\n"
        "`/sys` and `/dev` are the kernel's: nothing that an image puts there is seen when it "
        "runs. A "
        "volume over a folder\n"
        "of the system keeps its old programs when the image brings new ones.",
    .remedy = "Give the application a folder of its own: `/app`, `/srv/app`, `/usr/src/app`.",
    .source = "CIS Docker Benchmark 1.6, 5.6",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::system_folder
