// Tells addresses from names, by the C library's reader of addresses.
#include "parse/compose/addresses.h"

#include <arpa/inet.h>

#include <array>
#include <string>

namespace plimsoll::parse::compose {

bool is_ip_address(std::string_view text) {
  const std::string terminated(text);
  if (terminated.find('\0') != std::string::npos) return false;
  std::array<unsigned char, 16> bytes{};
  return inet_pton(AF_INET, terminated.c_str(), bytes.data()) == 1 ||
         inet_pton(AF_INET6, terminated.c_str(), bytes.data()) == 1;
}

}  // namespace plimsoll::parse::compose
