// The type of a scalar, as the YAML library of Compose finds it. Private to the room.
#pragma once
#include <string>

#include "parse/compose/tree.h"
#include "parse/yaml/tree.h"

namespace plimsoll::parse::compose {

// Sets kind, value and text of `node` and leaves all else. Returns why the scalar is refused; empty
// if it is not: a tag of YAML that the text does not fit ("!!int x").
std::string resolve_scalar(const yaml::Node& scalar, Node& node);

// A date as Go's time.Time prints itself ("2020-01-01 00:00:00 +0000 UTC"); empty if it is none.
std::string timestamp_text(std::string_view text);

}  // namespace plimsoll::parse::compose
