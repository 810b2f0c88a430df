// Health checks that an image can run with what it has.
#pragma once
#include <optional>

#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::health {

// A HEALTHCHECK that asks the port which the Dockerfile exposes, by a program that the image surely
// has. None if it can't be told which of several ports is the service's, or no such program is
// known.
std::optional<Fix> probing_port(const facts::Container& c);

// The same question as the Dockerfile's HEALTHCHECK, by a program that the image has.
std::optional<Fix> asking_otherwise(const facts::Container& c);

// `healthcheck` at a service whose image has a program that tells whether its server answers.
std::optional<Fix> asking_image(const facts::Container& c);

}  // namespace plimsoll::rules::health
