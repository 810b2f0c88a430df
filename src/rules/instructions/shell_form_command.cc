// shell-form-command: CMD, ENTRYPOINT or a health check goes through a shell, which keeps signals
// from the program.
#include <optional>
#include <string>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::shell_form_command {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3025"},
    {"buildkit", "JSONArgsRecommended"},
    {"tally", "buildkit/JSONArgsRecommended"},
    {"kics", "b86987e1-6397-4619-81d5-8807f2387c79"},
    {"semgrep", "dockerfile.best-practice.prefer-json-notation.prefer-json-notation"},
};

// Characters that mean nothing to a shell, nor to JSON.
static bool plain(std::string_view text) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 \t_-./:=@%+,";
  return text.find_first_not_of(kPlain) == std::string_view::npos;
}

// Only a shell knows them. POSIX, XCU 2.14, and those of 1.7 that change the shell itself.
static bool needs_shell(std::string_view program) {
  constexpr std::string_view kBuiltins[] = {".",    "cd",     "command", "eval",
                                            "exec", "exit",   "export",  "read",
                                            "set",  "source", "trap",    "ulimit"};
  return program.find('=') != std::string_view::npos ||
         std::ranges::find(kBuiltins, program) != std::end(kBuiltins);
}

static std::optional<std::string> as_json(std::string_view text) {
  if (!plain(text)) return std::nullopt;
  std::string json = "[";
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    if (text.empty()) break;
    const std::string_view word = text.substr(0, text.find_first_of(" \t"));
    if (json.size() == 1 && needs_shell(word)) return std::nullopt;
    json += concat({json.size() == 1 ? "\"" : ", \"", word, "\""});
    text.remove_prefix(word.size());
  }
  return json + "]";
}

// An ENTRYPOINT in exec form begins to take CMD as its arguments, and an ENTRYPOINT sees CMD's
// words instead of a shell's.
static Safety safety_of(const Instruction& instruction, const facts::Stage& stage) {
  const bool entrypoint = instruction.keyword == Keyword::entrypoint ||
                          (instruction.keyword == Keyword::cmd && stage.entrypoint.known());
  return entrypoint ? Safety::changes_behaviour : Safety::safe;
}

// As a container's first process these want another signal than the engine sends: another finding,
// unless someone has said which.
static bool wants_signal(const facts::Stage& stage, std::string_view text) {
  constexpr std::string_view kPrograms[] = {"init", "nginx", "openresty", "systemd"};
  const std::string_view program = text.substr(0, text.find_first_of(" \t"));
  const std::string_view name = program.substr(program.rfind('/') + 1);
  return !stage.stop_signal.known() && std::ranges::find(kPrograms, name) != std::end(kPrograms);
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    for (const Instruction* instruction : stage.instructions) {
      const parse::dockerfile::Word* word = shell_form(*instruction);
      if (instruction->keyword == Keyword::run || word == nullptr) continue;
      if (looks_like_exec_form(word->text)) continue;  // invalid-exec-form
      const text::Place where = build.place(word->span);
      Finding finding{.where = where,
                      .message = concat({instruction->keyword_text,
                                         " runs in a shell, which doesn't pass signals on"})};
      if (instruction->keyword == Keyword::healthcheck) {
        finding.message = "the health check starts a shell for each probe";
        finding.aliases = without(kAliases, "buildkit");
      } else if (stage.shell.set_by != nullptr) {
        finding.aliases = without(kAliases, "buildkit");  // a SHELL says that a shell is meant
      }
      if (std::optional<std::string> json = as_json(word->text);
          json && !wants_signal(stage, word->text) && stage.shell.kind == facts::ShellKind::posix &&
          stage.shell.set_by == nullptr)
        finding.fix = Fix{.safety = safety_of(*instruction, stage),
                          .title = "write it as a JSON array",
                          .edits = {{where, *json}}};
      out.push_back(std::move(finding));
    }
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nCMD /app --serve\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nCMD [\"/app\", \"--serve\"]\n"},
    {.text = "FROM alpine:3.22\nENTRYPOINT exec /app --port $PORT\n", .flagged = true},
    {.text = "FROM alpine:3.22\nHEALTHCHECK --interval=5s CMD /app --probe\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nHEALTHCHECK --interval=5s CMD [\"/app\", \"--probe\"]\n"},
    {.text = "FROM alpine:3.22\nCMD [\"/app\", \"--serve\"]\n"},
    {.text = "FROM alpine:3.22\nHEALTHCHECK NONE\n"},
};

extern constinit const Rule rule = described({
    .name = "shell-form-command",
    .severity = Severity::low,
    .category = Category::reliability,
    .preset = Preset::strict,
    .summary = "Command in shell form",
    .why = "In shell form the first process is `/bin/sh -c`. It doesn't hand `SIGTERM` to the "
           "program, so `docker stop`\n"
           "waits ten seconds and kills it. Images without a shell can't start it at all.",
    .remedy = "Write a JSON array: `CMD [\"program\", \"argument\"]`. If a shell is needed, let it "
              "end in `exec program`.",
    .source = "Dockerfile reference, \"Shell and exec form\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::shell_form_command
