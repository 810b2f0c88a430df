// HEALTHCHECK: what it runs, and which program that needs.
#include "facts/runs/runs.h"
#include "parse/shell/parse.h"

namespace plimsoll::facts {
namespace {

using parse::dockerfile::Word;

// What every shell can do itself, and what ends a check: `curl -f http://localhost || exit 1` needs
// curl.
constexpr std::string_view kBuiltins[] = {":",    "[",    "cd",     "command", "echo",   "eval",
                                          "exec", "exit", "export", "false",   "printf", "set",
                                          "test", "time", "true",   "type",    "unset"};
static_assert(std::ranges::is_sorted(kBuiltins));

void read_tool(HealthCheck& check, const Lowering& in) {
  const Command* tool = nullptr;
  for (const Command& command : in.scratch.commands) {
    const bool shell = script_word(command.name, command.words) != 0;
    if (shell || std::ranges::binary_search(kBuiltins, command.name)) continue;
    tool = &command;
    break;
  }
  if (tool == nullptr || tool->name.empty()) return;
  check.tool = tool->name;
  check.tool_where = in.build.place(tool->name_span);
}

void flatten_script(const text::Joined& text, Run& run, Lowering& in) {
  const parse::shell::Script* script = in.arena.make(parse::shell::parse(text, in.arena));
  run.script = script;
  flatten(script->list, run, in);
}

void flatten_exec(std::span<const Word> words, Run& run, Lowering& in) {
  const std::span<parse::shell::Word> read = make_array<parse::shell::Word>(in.arena, words.size());
  for (std::size_t i = 0; i < read.size(); ++i) {
    read[i].raw = read[i].value = words[i].text;
    read[i].known = true;
  }
  flatten_words(read, run, in);
  const std::size_t script = script_word(program_name(read[0]), read);
  if (script != 0 && !read[script].raw.empty())
    flatten_script(exec_word_text(words[script], in), run, in);
}

}  // namespace

void read_health_check(StageReading& reading, const Instruction& instruction) {
  if (instruction.words.empty()) return;
  Lowering& in = reading.in;
  Fact<HealthCheck>& fact = reading.stage.health_check;
  fact = {.presence = Presence::known, .where = in.build.place(instruction.span)};
  if (equal_ignoring_case(instruction.words[0].text, "none")) {
    fact.presence = Presence::removed;
    return;
  }
  const std::span<const Word> words = instruction.words.subspan(1);
  HealthCheck& check = fact.value;
  check.form = instruction.exec_form ? HealthTest::exec : HealthTest::shell;
  in.scratch.texts.clear();
  for (const Word& word : words) in.scratch.texts.push_back(word.text);
  check.command = in.arena.copy(in.scratch.texts);
  if (words.empty()) return;

  // Its commands are read as a RUN's are, and only looked at here.
  Run run{.instruction = &instruction, .stage = &reading.stage, .shell = reading.stage.shell};
  in.scratch.commands.clear();
  in.scratch.contexts.clear();
  if (instruction.exec_form) {
    flatten_exec(words, run, in);
  } else if (run.shell.kind != ShellKind::powershell && run.shell.kind != ShellKind::cmd) {
    flatten_script(part_of(instruction.joined, words[0].text, in), run, in);
  }
  read_tool(check, in);
}

}  // namespace plimsoll::facts
