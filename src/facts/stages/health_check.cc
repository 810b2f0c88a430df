// HEALTHCHECK: what it runs, and which program that needs; the same for checks that stand in no
// Dockerfile.
#include "facts/health.h"
#include "facts/runs/runs.h"
#include "parse/shell/parse.h"

namespace plimsoll::facts {
namespace {

using FileWord = parse::dockerfile::Word;

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

text::Joined plain_text(std::string_view text, std::uint32_t begin, Arena& arena) {
  return {text, std::span(arena.make(text::Piece{0, begin}), 1)};
}

// Outside of Dockerfiles nothing is known of the escapes within a word.
text::Joined exec_script(const FileWord& word, Lowering& in) {
  return in.build.source != nullptr ? exec_word_text(word, in)
                                    : plain_text(word.text, word.span.begin, in.arena);
}

void flatten_exec(std::span<const FileWord> words, Run& run, Lowering& in) {
  const std::span<parse::shell::Word> read = make_array<parse::shell::Word>(in.arena, words.size());
  for (std::size_t i = 0; i < read.size(); ++i) {
    read[i].raw = read[i].value = words[i].text;
    read[i].known = true;
  }
  flatten_words(read, run, in);
  const std::size_t script = script_word(program_name(read[0]), read);
  if (script != 0 && !read[script].raw.empty())
    flatten_script(exec_script(words[script], in), run, in);
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
  const std::span<const FileWord> words = instruction.words.subspan(1);
  HealthCheck& check = fact.value;
  check.form = instruction.exec_form ? HealthTest::exec : HealthTest::shell;
  in.scratch.texts.clear();
  for (const FileWord& word : words) in.scratch.texts.push_back(word.text);
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

HealthCheck health_check_of(HealthTest form, std::span<const Written> words, Arena& arena) {
  HealthCheck check{.form = form};
  const std::span<std::string_view> texts = make_array<std::string_view>(arena, words.size());
  const std::span<FileWord> read = make_array<FileWord>(arena, words.size());
  const std::span<text::Place> places = make_array<text::Place>(arena, words.size());
  bool plain = true;
  for (std::size_t i = 0; i < words.size(); ++i) {
    texts[i] = words[i].text;
    places[i] = words[i].where;
    read[i] = {words[i].text, words[i].where.span};
    plain &= words[i].where.span.size() == words[i].text.size();
  }
  check.command = texts;
  check.places = places;
  if (words.empty()) return check;

  // Lowering knows only Dockerfiles: this is one of a single instruction.
  const parse::dockerfile::Tree tree;
  const BuildSettings settings;
  Build& build = *arena.make(Build{.source_number = words[0].where.source});
  const Stage& stage = *arena.make(Stage{.build = &build});
  const Instruction& instruction = *arena.make(Instruction{.words = read, .exec_form = true});
  Scratch scratch;
  Lowering in{
      .tree = tree, .settings = settings, .arena = arena, .build = build, .scratch = scratch};
  Run& run = *arena.make(Run{.instruction = &instruction, .stage = &stage});
  if (form == HealthTest::exec) {
    flatten_exec(read, run, in);
  } else {
    flatten_script(plain_text(words[0].text, read[0].span.begin, arena), run, in);
  }
  read_tool(check, in);
  // Where quotes, escapes or variables moved the text, the whole of it has to do.
  if (!plain && !check.tool.empty())
    check.tool_where = {words.front().where.source,
                        {words.front().where.span.begin, words.back().where.span.end}};
  return check;
}

}  // namespace plimsoll::facts
