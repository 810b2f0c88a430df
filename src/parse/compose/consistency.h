// Parts of the consistency check. Private to the room.
#pragma once
#include <string>

#include "parse/compose/loading.h"

namespace plimsoll::parse::compose {

// limits.cc: two ways to say one limit that do not say the same; scales.
void check_limits(const Loading& in, const std::string& name, const Node& service);
// mounts.cc: one target, two mounts.
void check_mounts(const Loading& in, const std::string& name, const Node& service);
// cycles.cc: services that wait for each other.
void check_cycles(const Loading& in, const Node& model);

}  // namespace plimsoll::parse::compose
