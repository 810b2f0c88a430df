// Applies edits to one source's bytes.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "text/place.h"

namespace plimsoll::text {

// The bytes with all edits made. Places are ranges of `bytes`; their source number is not looked
// at. Edits may come in any order. Fails with ErrorKind::malformed if two overlap or one lies
// outside.
Result<std::string> apply_edits(std::string_view bytes, std::span<const Edit> edits);

}  // namespace plimsoll::text
