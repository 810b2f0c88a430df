// What the rules about namespaces of the host share.
#pragma once
#include <string_view>

#include "facts/container.h"

namespace plimsoll::rules::runtime {

inline bool is_host(const facts::Fact<std::string_view>& mode) {
  return mode.known() && mode.value == "host";
}

}  // namespace plimsoll::rules::runtime
