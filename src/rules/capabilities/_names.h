// How the engine reads a capability's name.
#pragma once
#include <string>
#include <string_view>

#include "base/ascii.h"

namespace plimsoll::rules::capabilities {

// "NET_ADMIN" of "cap_net_admin"; "ALL" only of ALL itself: the engine refuses CAP_ALL, which stays
// as it is. Source: moby daemon/pkg/oci/caps/utils.go, NormalizeLegacyCapabilities.
inline std::string kernel_name(std::string_view written) {
  std::string name(written);
  for (char& c : name) c = upper(c);
  if (name.starts_with("CAP_") && name != "CAP_ALL") name.erase(0, 4);
  return name;
}

}  // namespace plimsoll::rules::capabilities
