// What the package rules share: which packages state no version, and how a list of them is worded.
#pragma once
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "facts/build.h"
#include "rules/rule.h"
#include "text/place.h"

namespace plimsoll::rules::packages {

// The packages of a call for which `stated` is false. `stated` is asked about a word without its
// quotes. A word that is one variable is replaced by the words of its value if the RUN, an ENV or
// an ARG gives it; if nobody does, nothing is known and nothing is said.
struct Unpinned {
  std::vector<std::string_view> names;
  text::Place where;  // from the first to the last of them
};
Unpinned unpinned(const facts::Command& command, bool (*stated)(std::string_view));

// "curl", "curl and git", "curl, git and 7 more".
std::string listed(std::span<const std::string_view> names);

// Names of the packages of a call, variables as written.
std::vector<std::string_view> names_of(const facts::Command& command);

// True if a word that is no option follows the action: `dnf upgrade openssl`, `apt-get purge $X`.
bool has_operands(const facts::Command& command);

// An edit that adds `option` (with its leading blank) behind the word that names the action:
// `install`.
text::Edit behind_action(const facts::Command& command, std::string_view option);

// True if the call changes what is installed, so that its manager asks whether to go on.
bool may_ask(const facts::Command& command);

// `yes | apt-get install git`
bool answered(const facts::Command& command);

// True unless the stage is neither shipped nor started from, and so keeps to itself what it leaves.
bool matters(const facts::Stage& stage);

// True if no FROM follows: KICS looks no further for some of its checks.
bool in_last_stage(const facts::Command& command);

// A fix that adds ` && …` to the end of the RUN, if its script is one list of plain commands.
std::optional<Fix> appended(const facts::Run& run, std::string_view commands, Safety safety,
                            std::string_view title);

// True if a mount of this type keeps `target` out of the image.
bool keeps_out(const facts::Run& run, std::string_view target);

// pip, pip3.12, python -m pip; not pipx and pipenv, which are programs of their own.
bool is_pip_install(const facts::Command& command);

// hadolint knows pip by its bare name only, and doesn't look behind `sudo` and the like.
// (The engine sees to the latter for rules that are called for each command by name.)
bool hadolint_sees(const facts::Command& command);

// A rule's check of commands whose names can't be listed: python3.12.
template <void (*check)(const facts::Command&, Findings&)>
void for_each_command(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const facts::Run& run : stage.runs)
      for (const facts::Command& command : run.commands) check(command, out);
}

}  // namespace plimsoll::rules::packages
