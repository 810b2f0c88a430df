// rm: what it removes.
#include "facts/commands/kinds.h"
#include "facts/runs/runs.h"

namespace plimsoll::facts {

void describe_removal(Command& command, Describing& to) {
  Removal removal;
  constexpr Options kNoValues;
  to.scratch.texts.clear();
  Arguments arguments(command.words.subspan(1), kNoValues);
  Argument argument;
  while (arguments.next(argument)) {
    removal.recursive |= argument.is("r", "recursive") || argument.is("R", "");
    if (argument.kind == Argument::Kind::operand && argument.at->known)
      to.scratch.texts.push_back(argument.name);
  }
  removal.paths = to.arena.copy(to.scratch.texts);
  command.removal = to.arena.make(removal);
}

}  // namespace plimsoll::facts
