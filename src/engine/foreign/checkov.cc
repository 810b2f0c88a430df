// .checkov.yaml: `skip-check`, ids and globs. Severities, which it may also hold, are of its
// platform alone and match nothing.
#include "engine/foreign/foreign.h"

namespace plimsoll::engine::foreign {

void read_checkov(const Value& value, const File& file, Foreign& out) {
  if (const Value* skip = value.find("skip-check"))
    accept(pragmas::kCheckov, listed(*skip, "skip-check", file, out), file, out);
}

}  // namespace plimsoll::engine::foreign
