// Pages and tables that are generated from the rules.
#pragma once
#include <string>

#include "report/report.h"
#include "rules/rule.h"

namespace plimsoll::cli {

// docs/rules/<name>.md of one rule, and the index of all.
std::string rule_page(const rules::Rule& rule);
std::string rule_index();

// plimsoll.schema.json: what plimsoll.toml may say.
void write_config_schema(report::Output& out);
// `plimsoll rules --format json`: one object a rule.
void write_rules_json(report::Output& out);

}  // namespace plimsoll::cli
