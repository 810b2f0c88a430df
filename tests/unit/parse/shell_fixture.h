// Parses a script for a test, keeps what the tree points to, and prints a tree so that a test can
// state it in a line.
#pragma once
#include <string>
#include <string_view>

#include "base/arena.h"
#include "parse/shell/parse.h"

namespace plimsoll::test {

namespace shell = parse::shell;

class Shell {
 public:
  explicit Shell(std::string_view text) : bytes_(text) {
    script = shell::parse({.text = bytes_, .pieces = kOnePiece}, arena_);
  }
  Shell(const Shell&) = delete;
  Shell& operator=(const Shell&) = delete;

  // The command numbered so in the first level of the script.
  const shell::Command& command(std::size_t item = 0, std::size_t in_pipeline = 0) const {
    return script.list.items[item].pipeline.commands[in_pipeline];
  }
  const shell::Word& word(std::size_t index) const { return command().words[index]; }
  std::size_t offset(std::string_view part) const {
    return static_cast<std::size_t>(part.data() - bytes_.data());
  }

  // All simple commands' words between [ ], compound ones as kind(lists…); `!` and operators as
  // written.
  std::string print() const { return print(script.list); }

  static std::string print(const shell::List& list) {
    constexpr std::string_view kJoins[] = {"", " && ", " || ", "; ", " & "};
    std::string out;
    for (const shell::Item& item : list.items) {
      out += kJoins[static_cast<std::size_t>(item.join)];
      if (item.pipeline.negated) out += "! ";
      for (std::size_t i = 0; i < item.pipeline.commands.size(); ++i) {
        if (i > 0) out += " " + std::string(item.pipeline.operators[i - 1]) + " ";
        out += print(item.pipeline.commands[i]);
      }
    }
    return out + (list.background ? " &" : "");
  }

  static std::string print(const shell::Command& command) {
    constexpr std::string_view kKinds[] = {
        "",     "subshell", "group",    "if",   "while",      "until", "for",   "for_arithmetic",
        "case", "select",   "function", "test", "arithmetic", "time",  "coproc"};
    std::string out(kKinds[static_cast<std::size_t>(command.kind)]);
    if (!command.name.empty()) out += " " + std::string(command.name);
    out += '[';
    for (const shell::Assignment& a : command.assignments) out += std::string(a.raw) + " ";
    for (const shell::Word& w : command.words) out += std::string(w.raw) + " ";
    for (const shell::Redirect& r : command.redirects) out += std::string(r.raw) + " ";
    if (out.back() == ' ') out.pop_back();
    out += ']';
    for (const shell::List& l : command.lists) out += "(" + print(l) + ")";
    return out;
  }

  shell::Script script;

 private:
  static constexpr text::Piece kOnePiece[] = {{0, 0}};
  std::string bytes_;
  Arena arena_;
};

// The tree in one line; with the first problem in front if there is one.
inline std::string print_shell(std::string_view text) {
  const Shell parsed(text);
  if (parsed.script.problems.empty()) return parsed.print();
  const shell::Problem& problem = parsed.script.problems[0];
  return std::string(problem.where) + ": " + std::string(problem.message) + " | " + parsed.print();
}

}  // namespace plimsoll::test
