// Reads ports, ranges of them and their protocols.
// Source: docker/go-connections nat, ParsePortRange, and validateProto.
#include "facts/port.h"

#include <charconv>

#include "facts/stages/lowering.h"

namespace plimsoll::facts {
namespace {

bool read_number(std::string_view text, std::uint16_t& number) {
  const std::from_chars_result read =
      std::from_chars(text.data(), text.data() + text.size(), number);
  return !text.empty() && read.ec == std::errc{} && read.ptr == text.data() + text.size();
}

}  // namespace

bool read_port_range(std::string_view text, std::uint16_t& first, std::uint16_t& last) {
  const std::size_t dash = text.find('-');
  if (!read_number(text.substr(0, dash), first)) return false;
  last = first;
  return dash == std::string_view::npos ||
         (read_number(text.substr(dash + 1), last) && first <= last);
}

bool read_protocol(std::string_view text, Protocol& protocol) {
  if (equal_ignoring_case(text, "udp")) {
    protocol = Protocol::udp;
  } else if (equal_ignoring_case(text, "sctp")) {
    protocol = Protocol::sctp;
  } else if (equal_ignoring_case(text, "tcp")) {
    protocol = Protocol::tcp;
  } else {
    return false;
  }
  return true;
}

bool read_port(std::string_view text, Port& port) {
  if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
    if (!read_protocol(text.substr(slash + 1), port.protocol)) return false;
    text = text.substr(0, slash);
  }
  return read_port_range(text.substr(text.rfind(':') + 1), port.first, port.last);
}

}  // namespace plimsoll::facts
