// Fixes of findings on `docker run` lines: options that are added, changed or taken away where they
// stand, with the line's quotes and continuations kept.
#pragma once
#include <optional>

#include "parse/runline/tree.h"
#include "rules/rule.h"
#include "text/source.h"

namespace plimsoll::engine {

// What the rule says would be written (rules::Hardening), or what becomes of the option that the
// finding points at. None: nothing is known to do, or the line's form is not understood well
// enough. Rules know containers, not texts, so this is made where both are known.
std::optional<rules::Fix> run_line_fix(const parse::runline::RunLine& line,
                                       const text::Source& source, const rules::Rule& rule,
                                       const rules::Finding& finding);

}  // namespace plimsoll::engine
