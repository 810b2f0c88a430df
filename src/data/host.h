// What of a host gives it away to a container: folders, devices, and ports behind which data or
// control stands.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll::data {

enum class PortKind : std::uint8_t { data, control, engine };
// From data/published_ports.json.
struct ServicePort {
  std::uint16_t port;
  std::string_view service;  // "PostgreSQL"
  PortKind kind;
};
// Null: no such service is known to listen there.
const ServicePort* find_service_port(std::uint16_t port);

// What a container does with a folder in which it may write: it becomes root on the host, or it
// changes what is not its own.
enum class HostReach : std::uint8_t { root, state };
// From data/host_paths.json.
struct HostPath {
  std::string_view path;  // "/etc"; "~/.ssh" in any home folder
  std::string_view what;  // "the host's kernel and boot loader"
  HostReach reach;
  bool below;     // what lies in it counts too
  bool readable;  // reading alone gives away something
};
// The longest of the table's paths that is `path` or that it lies in. `path` is absolute, or begins
// with `~`, `$HOME` or `${HOME}`. Null: nothing is known against it.
const HostPath* find_host_path(std::string_view path);

enum class DeviceKind : std::uint8_t { disk, kernel, control, mount };
// From data/host_devices.json.
struct HostDevice {
  std::string_view pattern;  // "/dev/sd*"
  DeviceKind kind;
};
// Null: it is no device that gives more than its own work needs.
const HostDevice* find_host_device(std::string_view path);

// "//etc/./ssh/" is "/etc/ssh"; `..` takes a part away where one stands.
std::string clean_path(std::string_view path);

}  // namespace plimsoll::data
