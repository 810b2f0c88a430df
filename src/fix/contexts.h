// What changed ignore files come to: how much a build is sent, before and after.
#pragma once
#include <vector>

#include "base/fs.h"
#include "fix/fix.h"

namespace plimsoll::fix {

// Of each `.dockerignore` among the outcome's files. `after` has their new texts.
std::vector<ContextEffect> measure_contexts(const Outcome& outcome, const Fs& before,
                                            const Fs& after);

}  // namespace plimsoll::fix
