// pipe-without-pipefail: a RUN goes on although the first command of a pipe failed.
#include <algorithm>

#include "base/concat.h"
#include "data/base_image.h"
#include "facts/build.h"
#include "rules/edits.h"
#include "rules/rule.h"
#include "text/source.h"

namespace plimsoll::rules::commands::pipe_without_pipefail {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL4006"},
    {"tally", "hadolint/DL4006"},
    {"kics", "efbf148a-67e9-42d2-ac47-02fa1c0d0b22"},
    {"semgrep", "dockerfile.best-practice.set-pipefail.set-pipefail"},
};

// `set -o pipefail` in the script itself, before the pipe. A shell without the option stops there
// with an error.
static bool set_before(const facts::Run& run, const facts::Command& pipe) {
  return std::ranges::any_of(run.commands, [&](const facts::Command& c) {
    return c.name == "set" && c.index < pipe.index &&
           std::ranges::any_of(
               c.words, [](const parse::shell::Word& word) { return word.value == "pipefail"; });
  });
}

// What only hands on its own words can't fail, and `yes` always does: it is killed when the next
// command has read enough, so with pipefail the RUN would break.
static bool never_fails(const facts::Command& command) {
  const bool prints = command.name == "echo" || command.name == "printf" || command.name == "yes";
  const auto is_document = [](const parse::shell::Redirect& r) { return r.op.starts_with("<<"); };
  const bool shows_document = command.name == "cat" && command.words.size() == 1 &&
                              std::ranges::any_of(command.redirects, is_document);
  return prints || shows_document;
}

// The first command whose failure a pipe hides. A pipe in a quoted script, `bash -c 'a | b'`, is
// the business of that shell's options.
static const facts::Command* first_lost(const facts::Run& run) {
  const auto here = [&](const facts::Command& c) {
    return c.wrapper.empty() || run.instruction->exec_form;
  };
  const auto begins = [&](const facts::Command& c) { return c.piped_out && here(c); };
  const std::span<const facts::Command> all = run.commands;
  auto found = std::ranges::find_if(
      all, [&](const facts::Command& c) { return begins(c) && !never_fails(c); });
  // Without a name before the pipe, as in `[[ … ]] | a`, the command behind it stands for it.
  if (found == all.end() && std::ranges::none_of(all, begins))
    found =
        std::ranges::find_if(all, [&](const facts::Command& c) { return c.piped_in && here(c); });
  return found == all.end() ? nullptr : &*found;
}

// SHELL as it would have to be written; empty: it isn't known which shells the image has.
static std::string_view shell_line(const facts::Stage& stage) {
  using enum data::Family;
  switch (family_of(stage)) {
    case alpine:
      return R"(SHELL ["/bin/ash", "-o", "pipefail", "-c"])";
    case debian:
    case ubuntu:
    case fedora:
    case rhel:
    case suse:
    case amazon:
    case arch:
      return R"(SHELL ["/bin/bash", "-o", "pipefail", "-c"])";
    default:
      return {};
  }
}

// The option in a SHELL that names bash without it.
static std::optional<Fix> shell_with_option(const facts::Run& run) {
  const parse::dockerfile::Instruction& shell = *run.shell.set_by;
  const bool here = instruction_at(*run.stage, shell.span.begin) == &shell;
  if (!here || run.shell.kind != facts::ShellKind::bash || run.shell.words.size() < 2 ||
      shell.words.empty() || !shell.words[0].text.ends_with("bash"))
    return {};
  const std::uint32_t end = shell.words[0].span.end;  // before the closing quote
  return Fix{.safety = Safety::changes_behaviour,
             .title = "run shell commands with pipefail",
             .edits = {inserted(*run.stage->build, end, R"(", "-o", "pipefail)")}};
}

// `&>` is one thing for sh and another for bash, so a SHELL in front would change what it does.
static bool means_other_in_bash(const facts::Run& run) {
  return std::ranges::any_of(run.stage->runs, [&](const facts::Run& later) {
    return later.instruction->span.begin >= run.instruction->span.begin && has_ambiguous_job(later);
  });
}

static std::optional<Fix> shell_before(const facts::Run& run) {
  if (run.shell.set_by != nullptr && !run.trigger) return shell_with_option(run);
  const std::string_view line = shell_line(*run.stage);
  if (line.empty() || run.trigger || run.shell.set_by != nullptr || means_other_in_bash(run))
    return {};
  return Fix{.safety = Safety::changes_behaviour,
             .title = "run shell commands with pipefail",
             .edits = {line_before(*run.stage->build, *run.instruction, line)}};
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    bool first = true;  // a SHELL serves all that follow
    for (const facts::Run& run : stage.runs) {
      using enum facts::ShellKind;
      if (!run.has_pipe || run.shell.pipefail || run.shell.kind == powershell ||
          run.shell.kind == cmd)
        continue;
      const facts::Command* lost = first_lost(run);
      if (lost == nullptr || set_before(run, *lost)) continue;
      const std::string_view name = lost->name.empty() ? "the first command" : lost->name;
      out.push_back(
          {.where = lost->place(),
           .message = concat({"if ", name, " fails, the pipe hides it and the build goes on"}),
           .aliases = name == "pwsh" ? without(kAliases, "kics") : ~0U,
           .fix = first ? shell_before(run) : std::nullopt});
      first = false;
    }
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN curl -fsSL https://example.com/a.tar.gz | tar xz\n",
     .flagged = true,
     .fixed = "FROM debian:13\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\n"
              "RUN curl -fsSL https://example.com/a.tar.gz | tar xz\n"},
    {.text = "FROM debian:13\nSHELL [\"/bin/bash\", \"-c\"]\n"
             "RUN curl -fsSL https://example.com/a.tar.gz | tar xz\n",
     .flagged = true,
     .fixed = "FROM debian:13\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\n"
              "RUN curl -fsSL https://example.com/a.tar.gz | tar xz\n"},
    {.text = "FROM debian:13\nSHELL [\"/bin/bash\", \"-eo\", \"pipefail\", \"-c\"]\nRUN curl "
             "https://example.com | tar xz\n"},
    {.text = "FROM alpine:3.22\nRUN set -eo pipefail; wget -qO- https://example.com/a.tar.gz | tar "
             "xz\n"},
    {.text = "FROM debian:13\nRUN echo 'a | b' || true\n"},
    {.text = "FROM debian:13\nRUN echo \"$SUM  /a.tar.gz\" | sha256sum -c -\n"},
};

extern constinit const Rule rule = described({
    .name = "pipe-without-pipefail",
    .severity = Severity::low,
    .category = Category::reliability,
    .preset = Preset::strict,
    .summary = "Failure of a command in a pipe goes unnoticed",
    .why = "A pipe succeeds if its last command does. A download that breaks off in `curl … | tar "
           "x` may leave half\n"
           "an archive, or nothing at all, in an image whose build was green.",
    .remedy = "Write `SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]` before the `RUN` "
              "(`/bin/ash` on Alpine),\n"
              "or start the script with `set -o pipefail` where its shell has it.",
    .source = "Docker, Building best practices, \"Using pipes\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::commands::pipe_without_pipefail
