// copied-then-unpacked: an archive is copied into the image, and unpacked there.
#include <algorithm>

#include "base/concat.h"
#include "base/fs.h"
#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::copied_then_unpacked {

static constexpr Alias kAliases[] = {{"hadolint", "DL3010"}, {"tally", "hadolint/DL3010"}};

// The name that the archive has in the image: its own, or the destination's if that is a file.
static std::string_view name_in_image(const facts::Copy& copy, const facts::Copy::Source& source) {
  const std::string_view own = base_name(source.path.value);
  if (!copy.destination.known() || copy.sources.size() != 1) return own;
  const std::string_view destination = copy.destination.value;
  return destination.find(".t") != std::string_view::npos && !destination.ends_with('/')
             ? base_name(destination)
             : own;
}

static const facts::Command* unpacker(const facts::Stage& stage, const facts::Copy& copy,
                                      std::string_view archive) {
  for (const facts::Run& run : stage.runs) {
    if (run.trigger || run.instruction->span.begin < copy.instruction->span.begin) continue;
    for (const facts::Command& command : run.commands)
      if (command.extraction != nullptr && base_name(command.extraction->archive) == archive)
        return &command;
  }
  return nullptr;
}

static void check_copy(const facts::Copy& copy, Findings& out) {
  if (copy.add || copy.trigger || !copy.from.absent()) return;
  for (const facts::Copy::Source& source : copy.sources) {
    // ADD unpacks tar archives only; a .zip has to be copied.
    if (!source.archive || !source.path.known() || source.heredoc) continue;
    const facts::Command* command = unpacker(*copy.stage, copy, name_in_image(copy, source));
    if (command == nullptr) continue;
    Finding finding{.where = source.path.where,
                    .message = concat({source.path.value,
                                       " is copied and then unpacked, so that the image holds it "
                                       "twice"})};
    finding.related = {{command->place(), "here it is unpacked"}};
    return out.push_back(std::move(finding));
  }
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const facts::Copy& copy : stage.copies) check_copy(copy, out);
}

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nCOPY app.tar.gz /tmp/\nRUN tar -xzf /tmp/app.tar.gz -C /srv\n",
     .flagged = true},
    {.text = "FROM debian:13\nADD app.tar.gz /srv/\n"},
    {.text = "FROM debian:13\nCOPY app.tar.gz /tmp/\nRUN sha256sum -c /tmp/app.tar.gz.sha256\n"},
    {.text = "FROM debian:13\nCOPY app.zip /tmp/\nRUN unzip /tmp/app.zip -d /srv\n"},
};

extern constinit const Rule rule = described({
    .name = "copied-then-unpacked",
    .severity = Severity::low,
    .category = Category::size,
    .summary = "Archive is copied, then unpacked",
    .why = "The layer of `COPY` keeps the archive for good, also if the `RUN` deletes it: the "
           "image holds "
           "its files packed and\n"
           "unpacked.",
    .remedy = "Let `ADD app.tar.gz /srv/` unpack it, or unpack it from a bind mount: `RUN "
              "--mount=type=bind,source=app.tar.gz,target=/tmp/app.tar.gz tar …`.",
    .source = "Docker, Building best practices, \"ADD or COPY\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::copied_then_unpacked
