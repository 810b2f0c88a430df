// How RUN becomes commands. Private to the room.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "facts/stages/lowering.h"
#include "parse/shell/tree.h"

namespace plimsoll::facts {

inline constexpr std::uint32_t kNone = 0xFFFFFFFF;

// What is known of a command while its Run is read, and not by rules: where its output goes.
struct CommandContext {
  std::uint32_t sink = kNone;   // number of the pipeline that its output goes on in, behind it
  std::uint32_t host = kNone;   // the command that it is a substitution in
  std::uint32_t host_word = 0;  // the word of the host that holds it
};

// One RUN, with all that its commands do.
void read_run(StageReading& reading, const Instruction& instruction, bool trigger);

// runs/script_text.cc
// The text that a shell is given for a shell-form RUN, here-documents included.
text::Joined script_text(const StageReading& reading, const Instruction& instruction);
// The body of `RUN <<EOF`, which is the script itself; null: it has not that form.
const parse::dockerfile::Heredoc* lone_heredoc(const Instruction& instruction);
// The words of "#!/bin/bash -e"; empty: there is no shebang.
std::span<const std::string_view> shebang(std::string_view body, Lowering& in);
// A part of a joined text as a joined text of its own.
text::Joined part_of(const text::Joined& joined, std::string_view part, Lowering& in);
// A string of the exec form as a joined text: its JSON escapes are joints.
text::Joined exec_word_text(const parse::dockerfile::Word& word, Lowering& in);

// runs/flatten.cc
// Appends the commands of a script to scratch.commands. Sets run.has_pipe and clears run.understood
// if some part can't be known. `wrapper`: the shell of an exec form.
void flatten(const parse::shell::List& list, Run& run, Lowering& in, std::string_view wrapper = {});
// The same for the words of an exec form.
void flatten_words(std::span<const parse::shell::Word> words, Run& run, Lowering& in);

// runs/wrappers.cc
// How many words of `sudo -u app apt-get install x` stand before the command that is run; 0: it
// wraps none.
std::size_t wrapped_at(std::string_view name, std::span<const parse::shell::Word> words);
// Behind that, how many words belong to the command (`find -exec rm {} +` goes on behind it).
std::size_t wrapped_size(std::string_view name, std::span<const parse::shell::Word> words);
// The index of the word in `bash -ec 'script'` that is a script; 0: there is none.
std::size_t script_word(std::string_view name, std::span<const parse::shell::Word> words);
bool is_posix_shell(std::string_view name);
// True if the command runs what it reads from its standard input: `sh`, `bash -s`, `python3 -`.
bool runs_its_input(const Command& command);
// True if it runs what a substitution in that word gives: `bash -c "$(…)"`, `. <(…)`, `eval
// "$(…)"`.
bool runs_its_word(const Command& command, std::size_t word);

// runs/words.cc
// The last path component of a command's first word, also behind a variable: "$DIR/pip"; empty:
// unknown.
std::string_view program_name(const parse::shell::Word& word);
// A word's text: its value, or as written without the quotes around it.
std::string_view text_of(const parse::shell::Word& word);

}  // namespace plimsoll::facts
