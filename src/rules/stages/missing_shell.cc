// missing-shell: an instruction in shell form, in a stage whose image has no shell.
#include <algorithm>

#include "base/concat.h"
#include "data/base_image.h"
#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::stages::missing_shell {

using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;

static constexpr Alias kAliases[] = {{"tally", "tally/shell-run-in-scratch"}};

static constexpr std::string_view kShell = "/bin/sh";

// Does the image that the stage really starts from surely lack /bin/sh?
static bool starts_without_shell(const facts::Stage& stage) {
  const facts::Base& root = *stage.root;
  if (root.scratch) return true;
  return root.facts != nullptr && root.facts->family != data::Family::windows &&
         !root.facts->shell.starts_with("/bin/") && root.facts->package_manager.empty();
}

// May something that is put at `destination` be /bin/sh, or a folder that holds it?
static bool may_hold_shell(std::string_view destination) {
  while (destination.size() > 1 && destination.ends_with('/')) destination.remove_suffix(1);
  if (!destination.starts_with('/')) return true;  // relative: it depends on the folder in force
  return destination == "/" || destination == "/bin" || destination == kShell ||
         destination.starts_with("/usr");  // where /bin may point
}

static std::string_view last_component(std::string_view path) {
  return path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
}

// `program` is what the instruction runs first: a source of that name is a file, no folder.
static bool may_bring_shell(const facts::Copy& copy, std::string_view program) {
  if (!copy.destination.known()) return true;
  if (!may_hold_shell(copy.destination.value)) return false;
  if (copy.destination.value != "/") return true;
  return !std::ranges::all_of(copy.sources, [&](const facts::Copy::Source& source) {
    return source.heredoc ||
           (source.path.known() && !source.archive && last_component(source.path.value) == program);
  });
}

// Does anything that stands before the instruction bring a shell, or another one by SHELL?
static bool may_have_shell(const facts::Stage& stage, const Instruction& until,
                           std::string_view program) {
  for (const facts::Stage* at = &stage; at != nullptr; at = at->base.stage) {
    const auto before = [&](const Instruction* i) {
      return i != nullptr && (at != &stage || i->span.begin < until.span.begin);
    };
    for (const Instruction* instruction : at->instructions)
      if (instruction->keyword == Keyword::shell && before(instruction)) return true;
    for (const facts::Copy& copy : at->copies)
      if (!copy.trigger && before(copy.instruction) && may_bring_shell(copy, program)) return true;
    // What runs a program of its own may install one.
    for (const facts::Run& run : at->runs)
      if (!run.trigger && before(run.instruction) && run.instruction->exec_form) return true;
    if (at->base.stage == nullptr) continue;
    for (const facts::Copy& copy : at->base.stage->copies)
      if (copy.trigger) return true;
  }
  return false;
}

// The programs of the image that is shipped: the last of each kind.
static bool is_in_force(const facts::Stage& stage, const Instruction& instruction) {
  if (stage.build->target != &stage) return false;
  for (const Instruction* other : stage.instructions) {
    if (other->keyword == instruction.keyword && other->span.begin > instruction.span.begin)
      return false;
    if (instruction.keyword == Keyword::cmd && other->keyword == Keyword::entrypoint) return false;
  }
  return instruction.keyword != Keyword::cmd || !stage.entrypoint.known();
}

static bool has_mount(const Instruction& run) {
  return std::ranges::any_of(run.mounts, [](const parse::dockerfile::Mount& mount) {
    return mount.type == "bind" || mount.type == "cache";
  });
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    if (!starts_without_shell(stage)) continue;
    for (const Instruction* instruction : stage.instructions) {
      const bool run = instruction->keyword == Keyword::run;
      const parse::dockerfile::Word* text = instructions::shell_form(*instruction);
      if (text == nullptr) continue;
      if (run ? has_mount(*instruction) : !is_in_force(stage, *instruction)) continue;
      // A here-document with a shebang names its interpreter.
      if (run && !instruction->heredocs.empty()) continue;
      const std::string_view program =
          last_component(text->text.substr(0, text->text.find_first_of(" \t")));
      if (may_have_shell(stage, *instruction, program)) continue;
      out.push_back({.where = build.place(instruction->keyword_span),
                     .message = concat({instruction->keyword_text, " needs /bin/sh, which ",
                                        stage.root->reference.value, " does not have"}),
                     .aliases = run && stage.root->scratch ? ~0U : 0U});
    }
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM scratch\nRUN echo hello\n", .flagged = true},
    {.text = "FROM gcr.io/distroless/static-debian12\nCOPY app /opt/app\nENTRYPOINT /opt/app\n",
     .flagged = true},
    {.text = "FROM gcr.io/distroless/static-debian12\nCOPY app /opt/app\n"
             "ENTRYPOINT [\"/opt/app\"]\n"},
    {.text = "FROM scratch\nCOPY hello /\nCMD /hello\n", .flagged = true},
    {.text = "FROM scratch\nADD rootfs.tar.xz /\nRUN echo hello\n"},
    {.text = "FROM alpine:3.22\nRUN echo hello\n"},
};

extern constinit const Rule rule = described({
    .name = "missing-shell",
    .severity = Severity::high,
    .category = Category::reliability,
    .summary = "Shell form in an image without a shell",
    .why = "Shell form means `/bin/sh -c`. `scratch` and distroless images have no shell: RUN "
           "fails while building, CMD and\n"
           "ENTRYPOINT when the container starts.",
    .remedy = "Write a JSON array: `ENTRYPOINT [\"/app\"]`. Prepare files in another stage, and "
              "copy them.",
    .source = "Dockerfile reference, \"Shell and exec form\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::stages::missing_shell
