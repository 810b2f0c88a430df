// What SARIF says about a rule, apart from where it fired.
#pragma once
#include <string_view>

#include "base/json_writer.h"
#include "rules/rule.h"

namespace plimsoll::report {

// "error", "warning" or "note": SARIF knows fewer severities than we do.
std::string_view sarif_level(rules::Severity severity);

// A reportingDescriptor object (section 3.49).
void write_sarif_rule(JsonWriter& json, const rules::Rule& rule);

}  // namespace plimsoll::report
