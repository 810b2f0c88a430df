// invalid-exec-form: a command is meant as a JSON array but isn't one, so a shell gets the
// brackets.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::invalid_exec_form {

static constexpr Alias kAliases[] = {{"hadolint", "DL3025"}, {"tally", "tally/invalid-json-form"}};

static std::string_view cause(std::string_view text) {
  if (!text.ends_with(']')) return "it doesn't end with ]";
  if (text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos)
    return "JSON wants double quotes";
  if (text.find('"') == std::string_view::npos) return "its words have no quotes";
  const std::size_t last = text.find_last_not_of(" \t]");
  if (last != std::string_view::npos && text[last] == ',') return "a comma follows the last word";
  if (text.find("\" \"") != std::string_view::npos) return "a comma is missing between two words";
  return "it is no valid JSON array of strings";
}

static void check_instruction(const facts::Build& build, const Instruction& instruction,
                              bool in_trigger, Findings& out) {
  const parse::dockerfile::Word* word = shell_form(instruction);
  if (word == nullptr || !looks_like_exec_form(word->text)) return;
  const bool theirs = instruction.keyword != Keyword::run && !in_trigger;
  out.push_back(
      {.where = build.place(word->span),
       .message = concat({instruction.keyword_text,
                          " looks like the exec form but runs in a shell: ", cause(word->text)}),
       .aliases = theirs ? ~0U : without(kAliases, "hadolint")});
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const Instruction* i : stage.instructions)
      check_instruction(build, i->trigger != nullptr ? *i->trigger : *i, i->trigger != nullptr,
                        out);
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nCMD ['/app', '--serve']\n", .flagged = true},
    {.text = "FROM alpine:3.22\nENTRYPOINT [\"/app\" \"--serve\"]\n", .flagged = true},
    {.text = "FROM alpine:3.22\nCMD [\"/app\", \"--serve\"]\n"},
    {.text = "FROM alpine:3.22\nRUN [ -f /etc/passwd ] && true\n"},
};

extern constinit const Rule rule = described({
    .name = "invalid-exec-form",
    .severity = Severity::high,
    .category = Category::reliability,
    .summary = "Exec form that is no valid JSON",
    .why = "What is not an array of double-quoted strings is no error: Docker hands the whole "
           "text, brackets included, to\n"
           "a shell, which looks for a program named `[/app,`. The build succeeds and the "
           "container does not start.",
    .remedy = "Write a JSON array: double quotes around each word, commas between them, a bracket "
              "at both ends.",
    .source = "Dockerfile reference, \"Shell and exec form\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::invalid_exec_form
