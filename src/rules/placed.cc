// Follows WORKDIR from instruction to instruction and `cd` from command to command.
#include "rules/placed.h"

#include <algorithm>

#include "rules/edits.h"

namespace plimsoll::rules {

using parse::dockerfile::Instruction;

static std::string without_slash(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

static std::optional<std::string> resolved(const std::optional<std::string>& folder,
                                           std::string_view path) {
  if (!is_plain_path(path)) return {};
  if (path.starts_with('/')) return without_slash(std::string(path));
  if (!folder) return {};
  return without_slash(below(*folder, path));
}

std::optional<std::string> PlacedCommand::path(std::string_view written) const {
  return resolved(folder, written);
}

// The first stage of the chain comes first.
static std::vector<const facts::Stage*> chain_of(const facts::Stage& stage) {
  std::vector<const facts::Stage*> chain;
  for (const facts::Stage* s = &stage; s != nullptr; s = s->base.stage) chain.push_back(s);
  std::ranges::reverse(chain);
  return chain;
}

static void place(const facts::Run& run, std::optional<std::string> folder,
                  std::vector<PlacedCommand>& all) {
  for (const facts::Command& command : run.commands) {
    all.push_back({&command, folder});
    if (command.name != "cd" && command.name != "pushd" && command.name != "popd") continue;
    const bool plain = command.name == "cd" && command.depth == 0 && command.words.size() == 2 &&
                       command.words[1].known && !command.piped_in && !command.piped_out;
    folder = plain ? resolved(folder, command.words[1].value) : std::nullopt;
  }
}

std::vector<PlacedCommand> placed_commands(const facts::Stage& stage) {
  std::vector<PlacedCommand> all;
  for (const facts::Stage* s : chain_of(stage)) {
    Workdir workdir(*s);
    auto run = s->runs.begin();
    for (const Instruction* i : s->instructions) {
      workdir.pass(*i);
      for (; run != s->runs.end() && run->instruction->span.begin <= i->span.begin; ++run)
        if (run->instruction == i && !run->trigger) place(*run, workdir.folder(), all);
    }
  }
  return all;
}

std::vector<std::optional<std::string>> copied_paths(const facts::Stage& stage) {
  std::vector<std::optional<std::string>> all;
  for (const facts::Stage* s : chain_of(stage)) {
    Workdir workdir(*s);
    auto copy = s->copies.begin();
    for (const Instruction* i : s->instructions) {
      workdir.pass(*i);
      for (; copy != s->copies.end() && copy->instruction->span.begin <= i->span.begin; ++copy)
        if (copy->instruction == i && !copy->trigger)
          all.push_back(copy->destination.known()
                            ? resolved(workdir.folder(), copy->destination.value)
                            : std::nullopt);
    }
  }
  return all;
}

}  // namespace plimsoll::rules
