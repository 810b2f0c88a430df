// The names of capabilities, for those who work out what a container may do.
#include "data/names.h"
#include "data/tables.h"

namespace plimsoll::data {

std::span<const std::string_view> capabilities() {
  return kCapabilities;
}

std::span<const std::string_view> default_capabilities() {
  return kDefaultCapabilities;
}

}  // namespace plimsoll::data
