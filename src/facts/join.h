// Lays what a service or run line says over what its image says, as the engine does it.
#pragma once
#include "base/arena.h"
#include "facts/container.h"

namespace plimsoll::facts {

// The container of a service over the container of the stage that it builds. What the service says
// itself counts; for the rest the stage, with its places. Of its image nothing else is left.
// Source: DESIGN "The join"; moby daemon/commit.go, merge.
Container join(const Container& service, const Container& stage, Arena& arena);

// For a container that uses `image`: what is known of that image, where nothing is said. Facts
// that an image may state and nobody knows become unknown, with Origin::base_image.
void lay_over_image(Container& container);

// For a container that is built of what was not read: the same with nothing known. `where` is the
// build section's place, `because` what would have to be known.
void lay_over_unknown(Container& container, text::Place where, std::string_view because);

}  // namespace plimsoll::facts
