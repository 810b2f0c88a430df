// Health checks that an image can run with what it has.
#pragma once
#include <optional>

#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::health {

// A HEALTHCHECK that asks the one port which the Dockerfile exposes, by a program that the image
// surely has. None if there are several ports or none, or no such program is known.
std::optional<Fix> probing_port(const facts::Container& c);

// `healthcheck` at a service whose image has a program that tells whether its server answers.
std::optional<Fix> asking_image(const facts::Container& c);

}  // namespace plimsoll::rules::health
