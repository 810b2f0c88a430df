// What each known program's command line says: one function a kind, found by the program's name.
#pragma once
#include <span>
#include <string_view>

#include "base/arena.h"
#include "facts/command.h"
#include "facts/commands/arguments.h"

namespace plimsoll::facts {

struct Scratch;
struct Ecosystem;

// Where the kinds put what they find.
struct Describing {
  Arena& arena;
  Scratch& scratch;
};

// Fills in what is known of the command by its kind; nothing for programs that have none.
void describe(Command& command, Arena& arena, Scratch& scratch);

// The shell or interpreter that runs what the command downloads.
void set_piped_to(Command& command, const Command* runner, Arena& arena);

void describe_curl(Command& command, Describing& to);
void describe_wget(Command& command, Describing& to);
void describe_account(Command& command, Describing& to);
void describe_chmod(Command& command, Describing& to);
void describe_chown(Command& command, Describing& to);
void describe_install(Command& command, Describing& to);  // also mkdir
void describe_extraction(Command& command, Describing& to);
void describe_tar(Command& command, Describing& to);
void describe_removal(Command& command, Describing& to);
void describe_python(Command& command, Describing& to);  // python -m pip

// The words behind the program's name, of a package manager.
void describe_packages(Command& command, const Ecosystem& ecosystem,
                       std::span<const parse::shell::Word> words, Describing& to);
// Null: the program is no package manager.
const Ecosystem* find_ecosystem(std::string_view program);

}  // namespace plimsoll::facts
