// Tells the checklist: as a table for people, and what stands where its answers come from.
#pragma once
#include <string>

#include "engine/verdict.h"
#include "report/theme.h"

namespace plimsoll::report {

// The first line of the text at the place, without secrets; empty: there is none.
std::string evidence_text(const engine::Verdict& verdict, const text::Place& where);

// One line an entry; with the reason of each item that is not passed if nothing else is told.
// Nothing if there is no entry.
void append_checklist(const engine::Verdict& verdict, const Options& options, const Theme& theme,
                      std::string& out);

}  // namespace plimsoll::report
