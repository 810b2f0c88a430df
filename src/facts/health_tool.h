// Tells whether the image has the program that a health check calls.
#pragma once
#include <string_view>

#include "facts/container.h"

namespace plimsoll::facts {

// The program that the check needs and the image surely lacks; empty: none, or it can't be known.
// In doubt a program is taken to be there: a RUN, a COPY, a mount or the command may bring it. A
// check that wants a shell of an image without one lacks "a shell".
std::string_view lacking_health_tool(const Container& container);

}  // namespace plimsoll::facts
