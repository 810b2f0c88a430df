// What one container lacks in hardening, put together: a reader adds it at once, not finding by
// finding.
#pragma once
#include <map>
#include <span>
#include <string>
#include <vector>

#include "engine/verdict.h"

namespace plimsoll::report {

using Block = std::vector<const engine::Judged*>;

// Which findings of one file are told together: those about hardening that one subject lacks at one
// place. The first finding of a block has it whole, the others an empty one; a finding that is in
// none stands for itself. What was accepted is in no block.
std::map<const engine::Judged*, Block> hardening_blocks(
    std::span<const engine::Judged* const> group);

// "no-new-privileges, dropped capabilities and a memory limit".
std::string lacked(const Block& block);

// The lines of a Compose service that add all of it; of a `docker run` one line of options. A key
// that several want stands once, with what each wants beneath it.
std::vector<std::string> remedy_of(const Block& block);

}  // namespace plimsoll::report
