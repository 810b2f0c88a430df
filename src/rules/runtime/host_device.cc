// host-device: a disk, the kernel's log or another device that gives the host away is handed in.
#include <algorithm>
#include <optional>

#include "base/concat.h"
#include "data/host.h"
#include "facts/container.h"
#include "rules/rule.h"

namespace plimsoll::rules::runtime::host_device {

static constexpr Alias kAliases[] = {
    {"compose-lint", "CL-0016"},
    {"cis", "5.18"},
};

static std::string_view what_it_is(data::DeviceKind kind) {
  switch (kind) {
    case data::DeviceKind::disk:
      return "a disk of the host, past all permissions of its files";
    case data::DeviceKind::control:
      return "what makes disks or machines on the host";
    case data::DeviceKind::kernel:
      return "the host's kernel";
    case data::DeviceKind::mount:
      return "a device that serves to get out with one capability more";
  }
  return {};
}

// Compose-lint leaves out those that need a capability besides.
static bool compose_lint_speaks(std::string_view path, data::DeviceKind kind) {
  return kind == data::DeviceKind::disk || path.starts_with("/dev/loop") || path == "/dev/zfs" ||
         path == "/dev/kmsg" || path == "/dev/char/1:11";
}

static Severity severity_of(data::DeviceKind kind, std::string_view permissions) {
  const bool writes = permissions.find_first_of("wW") != std::string_view::npos;
  if (kind == data::DeviceKind::disk) return writes ? Severity::critical : Severity::high;
  if (kind == data::DeviceKind::mount) return Severity::low;
  return Severity::medium;
}

static void check_device(const facts::Fact<facts::Device>& device, Findings& out) {
  if (!device.known()) return;
  const data::HostDevice* known = data::find_host_device(device.value.source);
  if (known == nullptr) return;
  const std::string_view permissions =
      device.value.permissions.empty() ? "rwm" : device.value.permissions;
  if (permissions.find_first_of("rwW") == std::string_view::npos) return;  // `m` opens nothing
  const std::string path = data::clean_path(device.value.source);
  out.push_back(
      {.where = device.where,
       .message = concat({path, " is handed in, ", what_it_is(known->kind)}),
       .severity = severity_of(known->kind, permissions),
       .aliases = compose_lint_speaks(path, known->kind) ? ~0U : only(kAliases, {"5.18"})});
}

// `b 8:* rwm`: which devices it opens. Source: cgroup-v1/devices.rst of the kernel.
struct DeviceRule {
  char type = 'a';  // all, block, character
  std::string_view major{}, minor{}, access{};
};

static std::optional<DeviceRule> read_rule(std::string_view text) {
  const std::size_t number = text.find_first_of("*0123456789");
  const std::size_t colon = text.find(':');
  const std::size_t access = text.find_last_of(" \t");
  if (text.empty() || number == std::string_view::npos || colon == std::string_view::npos ||
      access == std::string_view::npos || colon < number || access < colon)
    return std::nullopt;
  std::string_view minor = text.substr(colon + 1, access - colon - 1);
  minor = minor.substr(0, minor.find_first_of(" \t"));
  return DeviceRule{text[0], text.substr(number, colon - number), minor, text.substr(access + 1)};
}

// Any disk, or all devices. The kernel's log is 1:11, the maker of loop devices 10:237.
static bool opens_host(const DeviceRule& rule) {
  if (rule.access.find_first_of("rw") == std::string_view::npos) return false;
  const auto covers = [&](std::string_view major, std::string_view minor) {
    return (rule.major == "*" || rule.major == major) && (rule.minor == "*" || rule.minor == minor);
  };
  return rule.type == 'a' || rule.type == 'b' ||
         (rule.type == 'c' && (covers("1", "11") || covers("10", "237")));
}

static void check(const facts::Container& c, Findings& out) {
  for (const facts::Fact<facts::Device>& device : c.devices.items) check_device(device, out);
  for (const facts::Fact<std::string_view>& item : c.device_rules.items) {
    if (!item.known()) continue;
    const std::optional<DeviceRule> rule = read_rule(item.value);
    if (!rule || !opens_host(*rule)) continue;
    out.push_back({.where = item.where,
                   .message = concat({"the device rule \"", item.value,
                                      "\" opens devices of the host to whoever makes a node"}),
                   .severity = rule->type == 'c' ? Severity::medium : Severity::high});
  }
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  disk:\n    image: acme/disk:1\n    devices: [/dev/sda:/dev/sda]\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  disk:\n    image: acme/disk:1\n    device_cgroup_rules: [\"b 8:* "
             "rwm\"]\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run --device /dev/nvme0n1 acme/disk:1\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  zigbee:\n    image: acme/zigbee:1\n    devices: "
             "[/dev/ttyUSB0:/dev/ttyUSB0]\n    device_cgroup_rules: [\"c 189:* rwm\"]\n"},
    {.input = Input::run_line, .text = "docker run --device /dev/snd acme/radio:1\n"},
};

extern constinit const Rule rule = described({
    .name = "host-device",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "Device that gives the host away is handed in",
    .why = "A disk read as a device knows no permissions: every file of the host can be read, and "
           "with write access changed.\n"
           "The kernel's log and its controls tell of, or reach, what is outside of the container.",
    .remedy = "Hand in the one device that the service works with, such as `/dev/ttyUSB0`; mount a "
              "file system on the host\n"
              "and give its folder instead of the disk.",
    .source = "CIS Docker Benchmark 1.6, 5.18",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::runtime::host_device
