// Finds the program that a health check needs, for checks that stand in no Dockerfile.
#pragma once
#include <span>
#include <string_view>

#include "base/arena.h"
#include "facts/container.h"

namespace plimsoll::facts {

// A text and the place where it is written.
struct Written {
  std::string_view text{};
  text::Place where{};
};

// `words`: of the exec form, or one text for the shell. Their texts must live as long as the arena.
// The tool's place is exact where every text stands as it is, without escapes.
HealthCheck health_check_of(HealthTest form, std::span<const Written> words, Arena& arena);

}  // namespace plimsoll::facts
