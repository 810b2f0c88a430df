// PLIMSOLL_CHECK: an assertion kept in release builds, for parsers of hostile bytes.
#pragma once

namespace plimsoll {

// Prints the broken invariant and where it stands, and ends the process with status 70.
[[noreturn]] void check_failed(const char* expression, const char* file, int line);

}  // namespace plimsoll

#define PLIMSOLL_CHECK(condition) \
  ((condition) ? void(0) : ::plimsoll::check_failed(#condition, __FILE__, __LINE__))
