// What the values of Compose files and run lines hold by themselves: literals, and the defaults of
// variables, whatever the variables come to in the end.
#pragma once
#include <string>
#include <string_view>

#include "facts/container.h"
#include "rules/rule.h"

namespace plimsoll::rules::secrets {

// The value if no variable is set: "hunter2" of "${PASSWORD:-hunter2}", nothing of "${PASSWORD}".
std::string shipped(std::string_view written);
std::string shipped(const facts::Fact<facts::Variable>& variable);

// The text without its variables and their defaults.
std::string outside_variables(std::string_view written);

// The places of the value's bytes go where reports hide them: where it stands, and, if a variable
// was put in, the line of `.env` that sets it.
void hide(const facts::Fact<facts::Variable>& variable, Finding& finding);
// The same of a text that stands at `place` as a whole.
void hide(text::Place place, Finding& finding);

// Would compose-lint's CL-0020 speak of the name? It looks for parts of it.
bool compose_lint_speaks(std::string_view name);

}  // namespace plimsoll::rules::secrets
