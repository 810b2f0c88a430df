// A text as a value in a YAML file.
#pragma once
#include <string>
#include <string_view>

namespace plimsoll::facts {

// Reads back as the same text, never as a number, a boolean or null.
std::string yaml_scalar(std::string_view text);

}  // namespace plimsoll::facts
