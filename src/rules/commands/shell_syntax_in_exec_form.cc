// shell-syntax-in-exec-form: a word that only a shell understands, in a form that no shell reads.
#include <algorithm>

#include "base/ascii.h"
#include "base/concat.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::commands::shell_syntax_in_exec_form {

using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;
using parse::dockerfile::Word;

static constexpr Alias kAliases[] = {{"kics", "efbf148a-67e9-42d2-ac47-02fa1c0d0b22"}};

static std::string_view program_name(std::string_view path) {
  std::string_view name = path.substr(path.find_last_of("/\\") + 1);
  if (name.ends_with(".exe")) name.remove_suffix(4);
  return name;
}

template <std::size_t n>
static bool any(const std::string_view (&names)[n], std::string_view name) {
  return std::ranges::find(names, name) != std::end(names);
}

static std::string_view text_of(const Word& word) {
  return word.text;
}
static std::string_view text_of(std::string_view word) {
  return word;
}

// Behind -c stands a script, of this program or of one that it starts: `tini -- sh -c …`, `su app
// -c …`. `bash script.sh` hands its words on like any other program.
template <class Words>
static bool reads_script(const Words& words) {
  return std::ranges::any_of(words, [](const auto& word) {
    const std::string_view text = text_of(word);
    return text == "/c" || text == "/C" || text == "-Command" || text == "-command" ||
           (text.size() > 1 && text[0] == '-' && text[1] != '-' && text.ends_with('c'));
  });
}

// It takes such words itself: a script, or a program with a language or with tests of its own.
template <class Words>
static bool understands(const Words& words) {
  constexpr std::string_view kOwnLanguage[] = {
      "[",    "awk",  "dockerize", "envsubst", "eval",    "execlineb", "expr", "jq",
      "node", "perl", "php",       "python",   "python3", "ruby",      "test"};
  return reads_script(words) ||
         (!words.empty() && any(kOwnLanguage, program_name(text_of(words.front()))));
}

// `&&`, `|`, `>` … as a word by itself. `find … -exec … ;` ends with one of its own.
static bool is_operator(const Instruction& instruction, std::string_view word) {
  constexpr std::string_view kOperators[] = {"&", "&&", ";", "<", ">", ">>", "|", "||", "2>&1"};
  if (!any(kOperators, word)) return false;
  return word != ";" || std::ranges::none_of(instruction.words, [](const Word& w) {
           return w.text.starts_with("-exec") || w.text.starts_with("-ok");
         });
}

// The `$NAME` or `${NAME}` in a word; a name of capitals, as `$1` and `$d` may mean anything else.
static std::string_view variable_in(std::string_view word) {
  for (std::size_t at = word.find('$'); at != std::string_view::npos; at = word.find('$', at + 1)) {
    std::size_t end = at + 1;
    const bool braces = end < word.size() && word[end] == '{';
    if (braces) ++end;
    const std::size_t name = end;
    while (end < word.size() && ((word[end] >= 'A' && word[end] <= 'Z') || word[end] == '_' ||
                                 (end > name && is_digit(word[end]))))
      ++end;
    if (end - name < 2) continue;
    if (braces) end = std::min(word.find('}', end), word.size() - 1) + 1;
    // `--server.port=${PORT}`: Spring and others put in the variables of their settings.
    if (braces && word.substr(0, at).find('=') != std::string_view::npos) continue;
    return word.substr(at, end - at);
  }
  return {};
}

// CMD's words go to the entry point, which may be a shell, or not known.
static bool entry_understands(const facts::Stage& stage) {
  const facts::Fact<facts::Program>& entry = stage.entrypoint;
  if (!entry.known()) return entry.unknown() && entry.origin == facts::Origin::written;
  return !entry.value.exec_form || understands(entry.value.words);
}

static void check_words(const facts::Stage& stage, const Instruction& i, Findings& out) {
  if (!i.exec_form || i.words.empty() || understands(i.words)) return;
  if (i.keyword == Keyword::cmd && entry_understands(stage)) return;
  for (const Word& word : i.words.subspan(1)) {
    const bool is_op = is_operator(i, word.text);
    const std::string_view variable = is_op ? std::string_view{} : variable_in(word.text);
    if (!is_op && variable.empty()) continue;
    const std::string_view program = program_name(i.words.front().text);
    out.push_back({.where = stage.build->place(word.span),
                   .message = is_op ? concat({"no shell reads this: ", word.text, " is handed to ",
                                              program, " as a word"})
                                    : concat({"no shell reads this: ", program, " gets ", variable,
                                              " itself, not its value"}),
                   .aliases = i.keyword == Keyword::run && word.text == "|" ? ~0U : 0U});
    return;
  }
}

static void check(const facts::Build& build, Findings& out) {
  constexpr Keyword kPrograms[] = {Keyword::cmd, Keyword::entrypoint, Keyword::healthcheck,
                                   Keyword::run};
  for (const facts::Stage& stage : build.stages)
    for (const Instruction* written : stage.instructions) {
      const Instruction& i = written->trigger != nullptr ? *written->trigger : *written;
      if (std::ranges::find(kPrograms, i.keyword) != std::end(kPrograms))
        check_words(stage, i, out);
    }
}

static constexpr Example kExamples[] = {
    {.text = "FROM node:22\nCMD [\"npm\", \"run\", \"migrate\", \"&&\", \"npm\", \"start\"]\n",
     .flagged = true},
    {.text = "FROM eclipse-temurin:21\nENTRYPOINT [\"java\", \"$JAVA_OPTS\", \"-jar\", "
             "\"/app.jar\"]\n",
     .flagged = true},
    {.text = "FROM node:22\nCMD [\"sh\", \"-c\", \"npm run migrate && exec npm start\"]\n"},
    {.text = "FROM eclipse-temurin:21\nENTRYPOINT exec java $JAVA_OPTS -jar /app.jar\n"},
    {.text = "FROM debian:13\nRUN [\"find\", \"/srv\", \"-exec\", \"touch\", \"{}\", \";\"]\n"},
};

extern constinit const Rule rule = described({
    .name = "shell-syntax-in-exec-form",
    .severity = Severity::high,
    .category = Category::reliability,
    .summary = "Operator or variable in a form that no shell reads",
    .why =
        "The exec form starts the program itself with these words. `&&` and `|` become arguments "
        "that it doesn't expect,\n"
        "and `$NAME` stays as it is written: what stands behind an operator never runs.",
    .remedy = "Write the shell form, or `[\"sh\", \"-c\", \"…\"]`; for one more step before the "
              "program, a script that ends with `exec`.",
    .source = "Dockerfile reference, \"Shell and exec form\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::commands::shell_syntax_in_exec_form
