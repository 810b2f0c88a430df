// Reads ports as EXPOSE and Compose's `expose` have them.
#pragma once
#include <string_view>

#include "facts/container.h"

namespace plimsoll::facts {

// "8080", "8000-8010": false if it is neither.
bool read_port_range(std::string_view text, std::uint16_t& first, std::uint16_t& last);

// `8080`, `8000-8010/udp`; of `host:container` only the latter counts.
bool read_port(std::string_view text, Port& port);

// "tcp", "UDP", "sctp"; false: none of them.
bool read_protocol(std::string_view text, Protocol& protocol);

}  // namespace plimsoll::facts
