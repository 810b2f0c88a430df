// Lowers a Compose project's model to its containers and to what only Compose says of them.
#pragma once
#include "base/arena.h"
#include "facts/project.h"
#include "parse/compose/load.h"

namespace plimsoll::facts {

// Everything lives in the arena, texts too: the model may go. Never fails: what Compose refuses or
// nobody can know is unknown. Services come first, each with its `pre_start` containers behind it,
// then jobs. A container that uses an image is laid over what is known of that image; what one that
// is built says nothing of is unknown until it is joined with its stage (join.h).
// `unjudged` goes to Project::unjudged. `texts` must live as long as what is returned; null:
// services have no text.
Project* lower_project(const parse::compose::Project& given, Arena& arena,
                       std::string_view unjudged = {},
                       const parse::compose::WrittenFiles* texts = nullptr);

}  // namespace plimsoll::facts
