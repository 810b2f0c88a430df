// mode-set-after-copy: RUN chmod changes what COPY has just brought.
#include <algorithm>
#include <string>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/instructions/_after_copy.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::mode_set_after_copy {

static constexpr Alias kAliases[] = {{"tally", "tally/prefer-copy-chmod"}};

static bool is_octal(std::string_view mode) {
  return mode.size() >= 3 && mode.size() <= 4 &&
         std::ranges::all_of(mode, [](char c) { return c >= '0' && c <= '7'; });
}

static void check_copy(const facts::Copy& copy, Findings& out) {
  const std::string file = copy.chmod.absent() ? file_in_image(copy) : std::string{};
  const facts::Command* command = file.empty() ? nullptr : only_call_behind(copy, "chmod");
  if (command == nullptr || command->permission->recursive ||
      command->permission->paths.front() != file)
    return;
  const std::string_view mode = command->permission->text;
  Finding finding{.where = command->place(),
                  .message = concat({copy.add ? "ADD" : "COPY", " --chmod would give ", file,
                                     " this mode without another layer"})};
  // What +x makes of an ordinary file; one that only its owner may read would change.
  const bool executable = mode == "+x" || mode == "a+x" || mode == "ugo+x";
  if (is_octal(mode) || executable)
    finding.fix = with_flag(copy, concat({"--chmod=", executable ? "755" : mode}));
  if (finding.fix && executable) finding.fix->safety = Safety::changes_behaviour;
  out.push_back(std::move(finding));
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const facts::Copy& copy : stage.copies) check_copy(copy, out);
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nCOPY start.sh /usr/local/bin/\nRUN chmod 755 "
             "/usr/local/bin/start.sh\nCMD [\"start.sh\"]\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nCOPY --chmod=755 start.sh /usr/local/bin/\nCMD [\"start.sh\"]\n"},
    {.text = "FROM alpine:3.22\nCOPY start.sh /start.sh\nRUN chmod +x /start.sh\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nCOPY --chmod=755 start.sh /start.sh\n"},
    {.text = "FROM alpine:3.22\nCOPY --chmod=755 start.sh /usr/local/bin/\n"},
    {.text = "FROM alpine:3.22\nCOPY app /app\nRUN chmod -R a+rX /app\n"},
};

extern constinit const Rule rule = described({
    .name = "mode-set-after-copy",
    .severity = Severity::info,
    .category = Category::size,
    .preset = Preset::all,
    .summary = "chmod behind COPY, which has a flag for that",
    .why = "A layer holds whole files: one whose mode changes is stored a second time.",
    .remedy = "Write `COPY --chmod=755 …`.",
    .source = "Dockerfile reference, \"COPY --chown --chmod\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::mode_set_after_copy
