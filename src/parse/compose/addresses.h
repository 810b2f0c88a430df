// Tells addresses from names.
#pragma once
#include <string_view>

namespace plimsoll::parse::compose {

// IPv4 in four parts without leading zeros, or IPv6 without a zone.
bool is_ip_address(std::string_view text);

}  // namespace plimsoll::parse::compose
