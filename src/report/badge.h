// A small image that shows the checklist's worst grade, for a project's front page.
#pragma once
#include "engine/verdict.h"
#include "report/report.h"

namespace plimsoll::report {

// An SVG image of fixed size, without scripts, links or fonts of its own.
void write_badge(const engine::Verdict& verdict, Output& output);

}  // namespace plimsoll::report
