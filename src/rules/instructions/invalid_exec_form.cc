// invalid-exec-form: a command is meant as a JSON array but isn't one, so a shell gets the
// brackets.
#include <algorithm>
#include <optional>
#include <string>

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

// The array that was meant: words in quotes of either kind, with or without commas. Empty: a word
// holds something that the two forms read in different ways.
static std::string meant_array(std::string_view text) {
  if (text.size() < 2 || !text.ends_with(']')) return {};
  text = text.substr(1, text.size() - 2);
  std::string result;
  while (true) {
    const std::size_t begin = text.find_first_not_of(" \t,");
    if (begin == std::string_view::npos) break;
    const char quote = text[begin];
    const std::size_t end = text.find(quote, begin + 1);
    if ((quote != '"' && quote != '\'') || end == std::string_view::npos) return {};
    const std::string_view word = text.substr(begin + 1, end - begin - 1);
    if (word.find_first_of("\"'\\$`\n\r") != std::string_view::npos) return {};
    result += concat({result.empty() ? "[\"" : ", \"", word, "\""});
    text.remove_prefix(end + 1);
    if (!text.empty() && std::string_view(" \t,").find(text.front()) == std::string_view::npos)
      return {};
  }
  return result.empty() ? result : result + "]";
}

static std::optional<Fix> repaired(const facts::Build& build, text::Span span) {
  std::string array = meant_array(build.source->at(span));
  if (array.empty()) return {};
  return Fix{.safety = Safety::changes_behaviour,
             .title = "write the array as JSON",
             .edits = {{build.place(span), std::move(array)}}};
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
       .aliases = theirs ? ~0U : without(kAliases, "hadolint"),
       .fix = repaired(build, word->span)});
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const Instruction* i : stage.instructions)
      check_instruction(build, i->trigger != nullptr ? *i->trigger : *i, i->trigger != nullptr,
                        out);
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nCMD ['/app', '--serve']\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nCMD [\"/app\", \"--serve\"]\n"},
    {.text = "FROM alpine:3.22\nCMD [/app, --serve]\n", .flagged = true},
    {.text = "FROM alpine:3.22\nENTRYPOINT [\"/app\" \"--serve\"]\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nENTRYPOINT [\"/app\", \"--serve\"]\n"},
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
