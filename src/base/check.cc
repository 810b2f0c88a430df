// Ends the process when an invariant of ours is broken: such a run must not look like a verdict.
#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace plimsoll {

void check_failed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "plimsoll: a bug: %s does not hold at %s:%d\n", expression, file, line);
  std::_Exit(70);
}

}  // namespace plimsoll
