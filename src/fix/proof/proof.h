// `plimsoll fix --prove`: only fixes are kept with which everything that ran still runs.
#pragma once
#include <atomic>

#include "base/fs.h"
#include "engineapi/engine.h"
#include "fix/fix.h"
#include "fix/proof/stand.h"

namespace plimsoll::fix::proof {

// `fix`, and then each service and Dockerfile that it concerns is built and started as it was and
// as it would be. What is applied in the outcome is proved; what does harm is withdrawn, and what
// could not be tried is unproved, both with the reason and both not in its texts. Ends early, with
// what it has so far as unproved, when `stop` is set. Cleaning up is the caller's part.
Outcome prove(const Settings& settings, const Fs& fs, Stand& stand, const StandSettings& limits,
              const std::atomic<bool>& stop);

}  // namespace plimsoll::fix::proof
