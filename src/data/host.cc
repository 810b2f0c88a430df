// Looks up what of a host gives it away to a container.
#include "data/host.h"

#include "data/lookup.h"
#include "data/tables.h"

namespace plimsoll::data {
namespace {

// "~/.ssh" of "/home/anna/.ssh", "$HOME/.ssh"; empty: it lies in no home folder.
std::string in_home(std::string_view path) {
  for (const std::string_view home : {"~", "$HOME", "${HOME}"})
    if (path.starts_with(home) && (path.size() == home.size() || path[home.size()] == '/'))
      return "~" + std::string(path.substr(home.size()));
  constexpr std::string_view kHomes = "/home/";
  if (!path.starts_with(kHomes) || path.size() == kHomes.size()) return {};
  const std::size_t slash = path.find('/', kHomes.size());
  return slash == std::string_view::npos ? "~" : "~" + std::string(path.substr(slash));
}

bool lies_in(std::string_view path, const HostPath& folder) {
  if (path == folder.path) return true;
  return folder.below && path.starts_with(folder.path) && path[folder.path.size()] == '/';
}

// One `*` a pattern, or none.
bool matches(std::string_view pattern, std::string_view path) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return path == pattern;
  return path.size() > star && path.starts_with(pattern.substr(0, star));
}

}  // namespace

std::string clean_path(std::string_view path) {
  std::string result;
  const bool absolute = path.starts_with('/');
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (part.empty() || part == ".") continue;
    const std::size_t last = result.rfind('/');
    if (part == ".." && last != std::string::npos) {
      result.resize(last);
    } else if (part != ".." || !absolute) {
      if (absolute || !result.empty()) result += '/';
      result += part;
    }
  }
  return result.empty() && absolute ? "/" : result;
}

const ServicePort* find_service_port(std::uint16_t port) {
  const auto found = std::ranges::lower_bound(kServicePorts, port, {}, &ServicePort::port);
  return found != kServicePorts.end() && found->port == port ? &*found : nullptr;
}

const HostPath* find_host_path(std::string_view path) {
  const std::string clean = clean_path(path);
  if (contains(kHarmlessPaths, clean)) return nullptr;
  const std::string home = in_home(clean);
  const HostPath* best = nullptr;
  for (const HostPath& entry : kHostPaths) {
    if (!lies_in(clean, entry) && !lies_in(home, entry)) continue;
    if (best == nullptr || entry.path.size() > best->path.size()) best = &entry;
  }
  return best;
}

const HostDevice* find_host_device(std::string_view path) {
  const std::string clean = clean_path(path);
  const auto found = std::ranges::find_if(
      kHostDevices, [&](const HostDevice& device) { return matches(device.pattern, clean); });
  return found == kHostDevices.end() ? nullptr : &*found;
}

}  // namespace plimsoll::data
