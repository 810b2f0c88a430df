// Reads one RUN: which shell runs it, what that shell is given, and which commands come of it.
#include "facts/commands/kinds.h"
#include "facts/runs/runs.h"
#include "parse/shell/parse.h"

namespace plimsoll::facts {
namespace {

bool reads_posix(ShellKind kind) {
  return kind == ShellKind::posix || kind == ShellKind::bash || kind == ShellKind::other_posix;
}

void read_script(Run& run, const text::Joined& text, Lowering& in, std::string_view wrapper = {}) {
  const parse::shell::Script* script = in.arena.make(parse::shell::parse(text, in.arena));
  run.script = script;
  run.understood = script->problems.empty();
  flatten(script->list, run, in, wrapper);
}

void read_shell_form(StageReading& reading, const Instruction& instruction, Run& run) {
  if (const parse::dockerfile::Heredoc* heredoc = lone_heredoc(instruction)) {
    const std::span<const std::string_view> words = shebang(heredoc->body.text, reading.in);
    if (!words.empty()) run.shell = shell_of(words, &instruction);
  }
  if (instruction.rest.empty() || !reads_posix(run.shell.kind)) return;
  const text::Joined text = script_text(reading, instruction);
  if (text.pieces.empty()) return;  // a here-document without lines
  read_script(run, text, reading.in);
}

// `["bash", "-c", "script"]` is a shell form with a shell of its own.
void read_exec_form(StageReading& reading, const Instruction& instruction, Run& run) {
  Lowering& in = reading.in;
  const std::span<parse::shell::Word> words =
      make_array<parse::shell::Word>(in.arena, instruction.words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view text = instruction.words[i].text;
    words[i].raw = words[i].value = text;
    words[i].known = true;
  }
  if (words.empty()) return;
  run.understood = true;
  flatten_words(words, run, in);
  const std::string_view name = program_name(words[0]);
  const std::size_t script = script_word(name, words);
  if (script == 0 || words[script].raw.empty()) return;
  in.scratch.texts.clear();
  for (const parse::shell::Word& word : words.first(script)) in.scratch.texts.push_back(word.value);
  run.shell = shell_of(in.arena.copy(in.scratch.texts), &instruction);
  read_script(run, exec_word_text(instruction.words[script], in), in, name);
}

// Follows a command's output to the shell that runs it, if one does.
const Command* runs_output_of(std::span<const Command> commands,
                              std::span<const CommandContext> contexts, std::uint32_t index) {
  while (contexts[index].sink != kNone) {
    std::uint32_t last = index;
    for (std::uint32_t i = index + 1; i < commands.size(); ++i) {
      if (commands[i].pipeline == contexts[index].sink) last = i;
    }
    if (last == index) return nullptr;  // a compound command that can't be seen through
    if (runs_its_input(commands[last])) return &commands[last];
    index = last;
  }
  const std::uint32_t host = contexts[index].host;
  if (host == kNone) return nullptr;
  // `sudo bash -c "$(…)"`: the word belongs to bash as well.
  const std::string_view word = commands[host].words[contexts[index].host_word].raw;
  for (std::uint32_t i = host; i < commands.size() && commands[i].node == commands[host].node;
       ++i) {
    for (std::size_t at = 1; at < commands[i].words.size(); ++at) {
      if (commands[i].words[at].raw.data() == word.data() && runs_its_word(commands[i], at))
        return &commands[i];
    }
  }
  return nullptr;
}

}  // namespace

void read_run(StageReading& reading, const Instruction& instruction, bool trigger) {
  Lowering& in = reading.in;
  Run& run = reading.runs[reading.run_count++];
  run = {.instruction = &instruction,
         .stage = &reading.stage,
         .trigger = trigger,
         .shell = reading.stage.shell};
  in.scratch.commands.clear();
  in.scratch.contexts.clear();

  if (instruction.exec_form) {
    read_exec_form(reading, instruction, run);
  } else {
    read_shell_form(reading, instruction, run);
  }

  const std::span<Command> commands = in.arena.copy(in.scratch.commands);
  run.commands = commands;
  for (Command& command : commands) describe(command, in.arena, in.scratch);
  for (Command& command : commands) {
    if (command.download == nullptr) continue;
    set_piped_to(command, runs_output_of(commands, in.scratch.contexts, command.index), in.arena);
  }
}

}  // namespace plimsoll::facts
