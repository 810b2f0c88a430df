// What the rules about published ports share: who reaches one, and how it is told.
#pragma once
#include <string>
#include <string_view>

#include "base/concat.h"
#include "facts/container.h"

namespace plimsoll::rules::exposure {

// All interfaces of a family, however the address is written.
inline bool is_any_address(std::string_view ip) {
  if (ip.starts_with('[') && ip.ends_with(']')) ip = ip.substr(1, ip.size() - 2);
  if (ip.empty() || ip == "*" || ip == "0.0.0.0") return true;
  if (ip.starts_with("::ffff:")) return ip == "::ffff:0.0.0.0" || ip == "::ffff:0:0";
  return ip.find_first_not_of("0:") == std::string_view::npos &&
         ip.find(':') != std::string_view::npos;
}

inline bool is_loopback(std::string_view ip) {
  if (ip.starts_with('[') && ip.ends_with(']')) ip = ip.substr(1, ip.size() - 2);
  return ip.starts_with("127.") || ip == "::1" || ip == "localhost";
}

// "8080", "8000-8010".
inline std::string range_text(std::uint16_t first, std::uint16_t last) {
  std::string text = std::to_string(first);
  if (last > first) text += concat({"-", std::to_string(last)});
  return text;
}

}  // namespace plimsoll::rules::exposure
