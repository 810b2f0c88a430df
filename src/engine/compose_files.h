// How Compose's loader reads: through the sources of a run.
#pragma once
#include "base/fs.h"
#include "engine/sources.h"
#include "parse/compose/load.h"

namespace plimsoll::engine {

// Both must outlive it.
parse::compose::Files compose_files(Sources& sources, const Fs& fs);

}  // namespace plimsoll::engine
