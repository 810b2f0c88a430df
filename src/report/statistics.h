// How often each rule spoke: what to look at first in a project that meets Plimsoll.
#pragma once
#include "report/report.h"

namespace plimsoll::report {

// Stands in the place of the findings: one line a rule, the most frequent first, with the number of
// its findings and of the files that they are in; JSON with `as_json`.
void write_statistics(const engine::Verdict& verdict, const Options& options, bool as_json,
                      Output& output);

}  // namespace plimsoll::report
