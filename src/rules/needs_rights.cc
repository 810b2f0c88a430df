// Looks for what a program would gain rights by: `sudo`, `su`, file capabilities.
#include <algorithm>

#include "base/concat.h"
#include "data/base_image.h"
#include "facts/build.h"
#include "rules/needs.h"

namespace plimsoll::rules {

static bool calls(const facts::Fact<facts::Program>& program, std::string_view name) {
  return program.known() && std::ranges::any_of(program.value.words, [&](std::string_view word) {
           return word == name || word.ends_with(concat({"/", name})) ||
                  word.find(concat({name, " "})) != std::string_view::npos;
         });
}

// sudo and doas refuse accounts that no rule speaks of. Distributions' own rules are for groups.
static bool may_be_granted(const facts::Build& build) {
  constexpr std::string_view kRules[] = {"sudoers", "doas.conf", "/etc/doas.d"};
  constexpr std::string_view kGroups[] = {"sudo", "wheel", "admin", "root"};
  const auto speaks = [&](std::string_view text) {
    return std::ranges::any_of(
        kRules, [&](std::string_view rule) { return text.find(rule) != std::string_view::npos; });
  };
  // `usermod -aG sudo app`, `-Gwheel`, `adduser app sudo`
  const auto joins = [&](const facts::Command& command) {
    return command.account != nullptr &&
           std::ranges::any_of(command.words, [&](const parse::shell::Word& word) {
             return !word.known || std::ranges::any_of(kGroups, [&](std::string_view group) {
               return word.value.find(group) != std::string_view::npos;
             });
           });
  };
  for (const parse::dockerfile::Instruction& i : build.tree->instructions) {
    if (speaks(i.rest)) return true;
    for (const auto& heredoc : i.heredocs)
      if (speaks(heredoc.body.text)) return true;
  }
  for (const facts::Stage& stage : build.stages)
    for (const facts::Run& run : stage.runs)
      if (!run.understood || std::ranges::any_of(run.commands, joins)) return true;
  return false;
}

namespace {

struct Gained {
  bool by_files = false;  // file capabilities may be set
  bool by_rules = false;  // sudo or doas is there
};

}  // namespace

// Any stage of the Dockerfile: what one gives a file, another may copy.
static Gained gained(const facts::Build& build) {
  constexpr std::string_view kOfFiles[] = {"libcap", "libcap2-bin"};
  constexpr std::string_view kByRules[] = {"sudo", "doas"};
  Gained result;
  for (const facts::Stage& stage : build.stages)
    for (const facts::Run& run : stage.runs)
      for (const facts::Command& command : run.commands) {
        const auto installs = [&](std::string_view p) { return command.has(p); };
        result.by_files |= command.name == "setcap" ||
                           (command.packages != nullptr && std::ranges::any_of(kOfFiles, installs));
        result.by_rules |= command.name == "sudo" ||
                           (command.packages != nullptr && std::ranges::any_of(kByRules, installs));
      }
  return result;
}

bool may_raise_rights(const facts::Container& c) {
  if (needs_raised_rights(c)) return true;
  if (c.base != nullptr && data::has_tool(*c.base, "sudo") == data::HasTool::yes) return true;
  for (const std::string_view name : {"sudo", "su", "doas"})
    if (calls(c.entrypoint, name) || calls(c.command, name)) return true;
  if (c.build == nullptr) return false;
  const Gained by = gained(*c.build);
  return by.by_files || (by.by_rules && may_be_granted(*c.build));
}

}  // namespace plimsoll::rules
