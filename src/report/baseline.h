// Writes the findings of a run so that later runs can accept them.
#pragma once
#include "report/report.h"

namespace plimsoll::report {

// plimsoll-baseline/1, which engine::Baseline reads: how many findings of each rule, file and
// message there are, sorted, so that two baselines can be compared. Those that a comment or the
// configuration accepts are left out.
void write_baseline(const engine::Verdict& verdict, Output& output);

}  // namespace plimsoll::report
