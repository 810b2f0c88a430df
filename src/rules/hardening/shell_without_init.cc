// shell-without-init: the first process is a shell, which passes no signal on.
#include <algorithm>
#include <vector>

#include "rules/hardening/_lack.h"

namespace plimsoll::rules::hardening::shell_without_init {

static bool is_shell(std::string_view program) {
  constexpr std::string_view kShells[] = {"sh", "ash", "bash", "dash", "ksh", "zsh"};
  const std::string_view name = program.substr(program.rfind('/') + 1);
  return std::ranges::find(kShells, name) != std::end(kShells);
}

// The shell's place is taken by the program that is started.
static bool is_replaced(std::string_view script) {
  return script.starts_with("exec ");
}

// What is started: an entrypoint in shell form takes no arguments.
static bool stays_a_shell(const facts::Container& c) {
  std::vector<std::string_view> words;
  for (const facts::Fact<facts::Program>* program : {&c.entrypoint, &c.command}) {
    // What an image brings to start a command with ends in its place, as a rule: exec "$@".
    const bool from_image =
        program == &c.entrypoint && program->origin == facts::Origin::base_image;
    if (program->unknown() && !from_image) return false;
    if (!program->known() || program->value.words.empty()) continue;
    if (!program->value.exec_form && words.empty())
      return !is_replaced(program->value.words.front());
    words.insert(words.end(), program->value.words.begin(), program->value.words.end());
  }
  // A shell without arguments waits for somebody at a terminal.
  if (words.size() < 2 || !is_shell(words.front())) return false;
  const auto script = std::find_if(words.begin() + 1, words.end(),
                                   [](std::string_view word) { return !word.starts_with('-'); });
  return script != words.end() && !is_replaced(*script);
}

static bool is_on(const facts::Fact<bool>& fact) {
  return fact.unknown() || (fact.known() && fact.value);
}

static void check(const facts::Container& c, Findings& out) {
  if (is_on(c.init) || is_on(c.terminal) || !is_told(c, c.init.where)) return;
  if (!stays_a_shell(c)) return;
  out.push_back({.where = c.init.where,
                 .message = "the first process is a shell, which passes no signal on, and no init "
                            "does it instead"});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: alpine:3.22\n    command: [sh, -c, \"sleep 5; "
             "/app/serve\"]\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run -d alpine:3.22 sh -c 'sleep 5; /app/serve'\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: alpine:3.22\n    init: true\n    command: [sh, -c, "
             "\"sleep 5; /app/serve\"]\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: alpine:3.22\n    command: [sh, -c, \"exec "
             "/app/serve\"]\n"},
    {.input = Input::run_line,
     .text = "docker run -d --init alpine:3.22 sh -c 'sleep 5; /app/serve'\n"},
};

extern constinit const Rule rule = described({
    .name = "shell-without-init",
    .severity = Severity::info,
    .category = Category::reliability,
    .preset = Preset::all,
    .summary = "A shell is the first process, without an init",
    .why = "The first process gets the signal by which the engine stops a container, and the "
           "kernel ignores\n"
           "signals that it does not handle. A shell passes none on, so the program is killed ten "
           "seconds later, in\n"
           "the middle of its work. Nor does it collect ended processes that are not its own "
           "children.",
    .remedy = "Begin the script's last command with `exec`, or set `init: true` (`--init`). Docker "
              "installed as a snap\n"
              "can't start containers with an init.",
    .source = "Docker documentation, \"docker container run\", --init",
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::hardening::shell_without_init
