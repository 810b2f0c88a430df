// Programs that run another program named by their own words, and shells and interpreters that run
// text.
#include "facts/commands/arguments.h"
#include "facts/runs/runs.h"

namespace plimsoll::facts {
namespace {

using ShellWord = parse::shell::Word;

// Options by the manual pages of sudo, coreutils, util-linux, findutils and busybox.
constexpr std::string_view kEnvWords[] = {"chdir", "unset"};
constexpr std::string_view kSudoWords[] = {"chdir", "chroot", "close-from", "command-timeout",
                                           "group", "host",   "other-user", "prompt",
                                           "role",  "type",   "user"};
constexpr std::string_view kNiceWords[] = {"adjustment"};
constexpr std::string_view kIoniceWords[] = {"class", "classdata"};
constexpr std::string_view kTimeoutWords[] = {"kill-after", "signal"};
constexpr std::string_view kStdbufWords[] = {"error", "input", "output"};
constexpr std::string_view kXargsWords[] = {"arg-file",  "delimiter", "max-args",
                                            "max-chars", "max-procs", "process-slot-var"};
constexpr std::string_view kTimeWords[] = {"format", "output"};

struct Wrapper {
  std::string_view name;
  Options options{};
  std::size_t operands = 0;  // before the command: the duration of `timeout`
  bool assignments = false;  // `env A=b command`
};
constexpr Wrapper kWrappers[] = {
    {.name = "builtin"},
    {.name = "busybox"},
    {.name = "chronic"},
    {.name = "command"},
    {.name = "doas", .options = {.letters = "Cu"}},
    {.name = "eatmydata"},
    {.name = "env", .options = {.letters = "uC", .words = kEnvWords}, .assignments = true},
    {.name = "exec", .options = {.letters = "a"}},
    {.name = "fakeroot"},
    {.name = "gosu", .operands = 1},
    {.name = "ionice", .options = {.letters = "cn", .words = kIoniceWords}},
    {.name = "linux32"},
    {.name = "linux64"},
    {.name = "nice", .options = {.letters = "n", .words = kNiceWords}},
    {.name = "nohup"},
    {.name = "setarch", .operands = 1},
    {.name = "setsid"},
    {.name = "stdbuf", .options = {.letters = "ieo", .words = kStdbufWords}},
    {.name = "su-exec", .operands = 1},
    {.name = "sudo",
     .options = {.letters = "CDghpRrTtUu", .words = kSudoWords},
     .assignments = true},
    {.name = "time", .options = {.letters = "fo", .words = kTimeWords}},
    {.name = "timeout", .options = {.letters = "ks", .words = kTimeoutWords}, .operands = 1},
    {.name = "xargs", .options = {.letters = "aEdILnPs", .words = kXargsWords}},
};
static_assert(std::ranges::is_sorted(kWrappers, {}, &Wrapper::name));

const Wrapper* find_wrapper(std::string_view name) {
  const auto found = std::ranges::lower_bound(kWrappers, name, {}, &Wrapper::name);
  return found != std::end(kWrappers) && found->name == name ? &*found : nullptr;
}

// `command -v x` only asks where x is.
bool asks_only(std::string_view name, std::span<const ShellWord> words) {
  return name == "command" && words.size() > 1 && words[1].known &&
         (words[1].value == "-v" || words[1].value == "-V");
}

std::size_t behind_find_exec(std::span<const ShellWord> words) {
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    const std::string_view text = words[i].value;
    if (words[i].known &&
        (text == "-exec" || text == "-execdir" || text == "-ok" || text == "-okdir"))
      return i + 1;
  }
  return 0;
}

struct Interpreter {
  std::string_view name;
  std::string_view script_letters;  // options that bring the program with them: -c, -e
  bool posix = false;
};
constexpr Interpreter kInterpreters[] = {
    {"ash", "c", true}, {"bash", "c", true}, {"dash", "c", true}, {"ksh", "c", true},
    {"node", "eprc"},   {"perl", "eEnp"},    {"php", "rfBF"},     {"pwsh", "cf"},
    {"pypy", "cm"},     {"python", "cm"},    {"ruby", "enp"},     {"sh", "c", true},
    {"zsh", "c", true},
};
static_assert(std::ranges::is_sorted(kInterpreters, {}, &Interpreter::name));

const Interpreter* find_interpreter(std::string_view name) {
  name = without_version(name);
  const auto found = std::ranges::lower_bound(kInterpreters, name, {}, &Interpreter::name);
  return found != std::end(kInterpreters) && found->name == name ? &*found : nullptr;
}

bool is_option(std::string_view text) {
  return text.size() > 1 && (text[0] == '-' || text[0] == '+');
}

// The first word behind a shell's options; words.size(): there is none.
std::size_t first_operand(std::span<const ShellWord> words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string_view text = text_of(words[i]);
    if (!is_option(text)) return i;
    if (text == "--") return i + 1;
    if (text[1] != '-' && (text.back() == 'o' || text.back() == 'O')) ++i;  // -eo pipefail
    if (text == "--rcfile" || text == "--init-file") ++i;
  }
  return words.size();
}

bool has_letter(const ShellWord& word, std::string_view letters) {
  const std::string_view text = text_of(word);
  return is_option(text) && text[1] != '-' &&
         text.find_first_of(letters, 1) != std::string_view::npos;
}

}  // namespace

std::size_t wrapped_at(std::string_view name, std::span<const ShellWord> words) {
  if (name == "find") return behind_find_exec(words);
  const Wrapper* wrapper = find_wrapper(name);
  if (wrapper == nullptr || asks_only(name, words)) return 0;
  Arguments arguments(words.subspan(1), wrapper->options);
  std::size_t operands = wrapper->operands;
  Argument argument;
  while (arguments.next(argument)) {
    if (argument.kind != Argument::Kind::operand) continue;
    if (wrapper->assignments && text_of(*argument.at).find('=') != std::string_view::npos) continue;
    if (operands-- > 0) continue;
    return static_cast<std::size_t>(argument.at - words.data());
  }
  return 0;
}

std::size_t wrapped_size(std::string_view name, std::span<const ShellWord> words) {
  if (name != "find") return words.size();
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i].known && (words[i].value == ";" || words[i].value == "+")) return i;
  }
  return words.size();
}

bool is_posix_shell(std::string_view name) {
  const Interpreter* interpreter = find_interpreter(name);
  return interpreter != nullptr && interpreter->posix;
}

std::size_t script_word(std::string_view name, std::span<const ShellWord> words) {
  if (!is_posix_shell(name)) return 0;
  const std::size_t at = first_operand(words);
  if (at >= words.size()) return 0;
  for (std::size_t i = 1; i < at; ++i) {
    if (has_letter(words[i], "c")) return at;
  }
  return 0;
}

bool runs_its_input(const Command& command) {
  const Interpreter* interpreter = find_interpreter(command.name);
  if (interpreter == nullptr || command.wrapper == "xargs" || command.wrapper == "find")
    return false;
  const std::size_t operand = first_operand(command.words);
  for (std::size_t i = 1; i < std::min(operand, command.words.size()); ++i) {
    if (has_letter(command.words[i], interpreter->script_letters)) return false;
    if (interpreter->posix && has_letter(command.words[i], "s")) return true;
  }
  if (operand >= command.words.size()) return true;
  if (command.name == "php" && text_of(command.words[operand - 1]) == "--") return true;  // php(1)
  const std::string_view text = text_of(command.words[operand]);
  return text == "-" || text == "/dev/stdin";
}

bool runs_its_word(const Command& command, std::size_t word) {
  std::string_view raw = command.words[word].raw;
  if (raw.starts_with('"')) raw.remove_prefix(1);
  const bool process = raw.starts_with("<(");
  if (!process && !raw.starts_with("$(") && !raw.starts_with('`')) return false;
  if (command.name == "eval") return !process;
  if (command.name == "." || command.name == "source") return process && word == 1;
  const Interpreter* interpreter = find_interpreter(command.name);
  if (interpreter == nullptr) return false;
  if (process) return word == first_operand(command.words);
  return word > 1 && has_letter(command.words[word - 1], interpreter->script_letters);
}

}  // namespace plimsoll::facts
