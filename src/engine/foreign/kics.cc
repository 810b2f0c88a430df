// kics.config, in TOML, YAML or JSON: `exclude-queries`, a list or one text with commas.
#include "engine/foreign/foreign.h"

namespace plimsoll::engine::foreign {

void read_kics(const Value& value, const File& file, Foreign& out) {
  if (const Value* queries = value.find("exclude-queries"))
    accept(pragmas::kKics, listed(*queries, "exclude-queries", file, out), file, out);
}

}  // namespace plimsoll::engine::foreign
