// Lowers a `docker run` line to the container that it would start.
#pragma once
#include <span>

#include "base/arena.h"
#include "facts/container.h"
#include "facts/project.h"
#include "parse/runline/tree.h"

namespace plimsoll::facts {

struct RunFacts {
  Container container{};
  // What the program or the engine refuses, the line's own problem first. A value that is refused
  // makes no fact.
  std::span<const ProjectProblem> problems{};
};

// Never fails. Each fact points at its option with the value, an absent one at the word `run`,
// behind which an option would be added. What a shell would fill in is unknown, and if the line
// hides options, whatever nobody stated is unknown as well. The container is laid over what is
// known of its image. Source: docker/cli cli/command/container/opts.go (28.x).
RunFacts lower_run_line(const parse::runline::RunLine& line, Arena& arena);

}  // namespace plimsoll::facts
