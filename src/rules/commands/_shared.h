// What the rules on commands share.
#pragma once
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::commands {

// A rule's check of commands whose names can't be listed, or that looks at every RUN as a whole.
template <void (*check)(const facts::Command&, Findings&)>
void for_each_command(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const facts::Run& run : stage.runs)
      for (const facts::Command& command : run.commands) check(command, out);
}
template <void (*check)(const facts::Run&, Findings&)>
void for_each_run(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const facts::Run& run : stage.runs) check(run, out);
}

// What stands between the name and the mode: `chmod 777`, `install -m 777`.
inline std::string_view mode_option(const facts::Command& command) {
  return command.name == "chmod" ? " " : " -m ";
}

// The first path whose mode is set; `install SOURCE FILE` leaves the source alone.
inline std::string_view what_changes(const facts::Command& command) {
  const std::span<const std::string_view> paths = command.permission->paths;
  return command.name == "install" && !command.has_short('d') ? paths.back() : paths.front();
}

}  // namespace plimsoll::rules::commands
