// mode-set-after-copy: RUN chmod changes what COPY has just brought.
#include <algorithm>
#include <string>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::mode_set_after_copy {

static constexpr Alias kAliases[] = {{"tally", "tally/prefer-copy-chmod"}};

// The one file that the copy brings, as the path that it has in the image; empty: there are
// several, or it can't be known.
static std::string file_in_image(const facts::Copy& copy) {
  if (copy.trigger || copy.sources.size() != 1 || !copy.destination.known() || !copy.chmod.absent())
    return {};
  const facts::Copy::Source& source = copy.sources.front();
  if (!source.path.known() || source.git || (copy.add && source.archive)) return {};
  const std::string_view path = source.path.value;
  const std::string_view destination = copy.destination.value;
  if (!destination.ends_with('/')) return std::string(destination);
  if (path.ends_with('/') || path.find_first_of("*?[") != std::string_view::npos) return {};
  return concat({destination, path.substr(path.find_last_of('/') + 1)});
}

static bool is_octal(std::string_view mode) {
  return mode.size() >= 3 && mode.size() <= 4 &&
         std::ranges::all_of(mode, [](char c) { return c >= '0' && c <= '7'; });
}

// The RUN that follows at once, if all it does is `chmod MODE path`.
static const facts::Command* chmod_behind(const facts::Copy& copy, const Instruction* next) {
  if (next == nullptr || next->keyword != Keyword::run || !next->mounts.empty()) return nullptr;
  const auto run = std::ranges::find(copy.stage->runs, next, &facts::Run::instruction);
  if (run == copy.stage->runs.end() || !run->understood || run->commands.size() != 1)
    return nullptr;
  const facts::Command& command = run->commands.front();
  if (command.name != "chmod" || command.permission == nullptr || !command.wrapper.empty() ||
      command.depth != 0 || !command.redirects.empty())
    return nullptr;
  const facts::Permission& permission = *command.permission;
  return permission.paths.size() == 1 && !permission.text.empty() && !permission.recursive
             ? &command
             : nullptr;
}

// Adds the flag and takes the RUN away, with its line.
static Fix fix(const facts::Build& build, const Instruction& copy, const Instruction& run,
               std::string_view mode) {
  std::uint32_t begin = run.span.begin;
  const std::string_view bytes = build.source->bytes();
  while (begin > 0 && bytes[begin - 1] != '\n') --begin;
  std::uint32_t end = run.span.end;
  if (end < bytes.size() && bytes[end] == '\r') ++end;
  if (end < bytes.size() && bytes[end] == '\n') ++end;
  const std::uint32_t at = copy.keyword_span.end;
  return {.title = concat({"write --chmod=", mode}),
          .edits = {{build.place({at, at}), concat({" --chmod=", mode})},
                    {build.place({begin, end}), ""}}};
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const facts::Copy& copy : stage.copies) {
      const auto at = std::ranges::find(stage.instructions, copy.instruction);
      if (at == stage.instructions.end() || at + 1 == stage.instructions.end()) continue;
      const std::string file = file_in_image(copy);
      const facts::Command* command = file.empty() ? nullptr : chmod_behind(copy, at[1]);
      if (command == nullptr || command->permission->paths.front() != file) continue;
      const std::string_view mode = command->permission->text;
      Finding finding{.where = command->place(),
                      .message = concat({copy.add ? "ADD" : "COPY", " --chmod would give ", file,
                                         " this mode without another layer"})};
      // What +x makes of an ordinary file; one that only its owner may read would change.
      const bool executable = mode == "+x" || mode == "a+x" || mode == "ugo+x";
      if ((is_octal(mode) || executable) && at[1]->comments.empty()) {
        finding.fix = fix(build, *copy.instruction, *at[1], executable ? "755" : mode);
        if (executable) finding.fix->safety = Safety::changes_behaviour;
      }
      out.push_back(std::move(finding));
    }
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
