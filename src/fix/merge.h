// The verdict on a result without asking the engine once more: its rounds have judged all of it.
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "engine/check.h"
#include "engine/verdict.h"
#include "fix/overlay.h"

namespace plimsoll::fix {

using Rounds = std::vector<std::unique_ptr<engine::Verdict>>;

// Of each changed file what the last of `rounds` that judged it says, of all others what `before`
// says: exactly the verdict of engine::check on all of them with these texts. None where a changed
// file may have a say in what is found elsewhere, or a round has judged another text: projects,
// ignore files, new files, sizes of contexts, scanners in CI, entries of the configuration. Takes
// what it needs out of `rounds`.
std::optional<engine::Verdict> merge(const engine::CheckSettings& settings,
                                     const engine::Selection& selection,
                                     const engine::Verdict& before, const Texts& texts,
                                     Rounds& rounds);

}  // namespace plimsoll::fix
