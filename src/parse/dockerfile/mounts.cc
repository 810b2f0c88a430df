// Options are kept as written, since their values may hold variables.
// Source: BuildKit frontend/dockerfile/instructions (commands_runmount.go, commands_rundevice.go).
#include "parse/dockerfile/mounts.h"

#include <algorithm>
#include <array>

#include "parse/dockerfile/characters.h"
#include "parse/dockerfile/csv.h"

namespace plimsoll::parse::dockerfile {
namespace {

// Fields that are views of the source's own text know their place; decoded ones are given the whole
// value's.
text::Span place_of(const text::Joined& joined, std::string_view part, text::Span otherwise) {
  const bool inside = part.data() >= joined.text.data() &&
                      part.data() + part.size() <= joined.text.data() + joined.text.size();
  return inside && part.data() != nullptr ? joined.where(part) : otherwise;
}

MountOption make_option(const text::Joined& joined, const Flag& flag, std::string_view field) {
  const std::size_t equals = field.find('=');
  const std::string_view value =
      equals == std::string_view::npos ? std::string_view() : field.substr(equals + 1);
  MountOption option{field.substr(0, equals), value, place_of(joined, field, flag.value_span), {}};
  option.value_span = equals == std::string_view::npos
                          ? text::Span{option.span.end, option.span.end}
                          : place_of(joined, value, flag.value_span);
  return option;
}

std::string_view mount_type(Reading& reading, std::string_view written) {
  constexpr std::array<std::string_view, 5> kTypes{"bind", "cache", "tmpfs", "secret", "ssh"};
  for (const std::string_view type : kTypes)
    if (lowers_to(written, type)) return type;
  return written.empty() ? kTypes[0] : reading.arena.copy(written);
}

bool is_boolean(std::string_view text) {
  constexpr std::array<std::string_view, 12> kBooleans{"1", "t", "T", "TRUE",  "true",  "True",
                                                       "0", "f", "F", "FALSE", "false", "False"};
  return std::ranges::find(kBooleans, text) != kBooleans.end();
}

}  // namespace

void read_mounts(Reading& reading, Instruction& instruction) {
  reading.mounts.clear();
  for (const Flag& flag : instruction.flags) {
    if (flag.name != "mount" || !flag.has_value) continue;
    reading.options.clear();
    for (const std::string_view field : split_csv(flag.value, reading.arena).fields)
      reading.options.push_back(make_option(instruction.joined, flag, field));
    Mount mount{flag.span, {}, reading.arena.copy(reading.options)};
    mount.type = mount_type(reading, mount.option("type"));
    reading.mounts.push_back(mount);
  }
  instruction.mounts = reading.arena.copy(reading.mounts);
}

void check_mount(Reading& reading, const Flag& flag) {
  const CsvFields fields = split_csv(flag.value, reading.arena);
  if (!fields.error.empty())
    return reading.problem(flag.value_span,
                           {"the value of --mount cannot be read: ", fields.error});
  for (const std::string_view field : fields.fields) {
    const std::size_t equals = field.find('=');
    if (equals == std::string_view::npos || !lowers_to(field.substr(0, equals), "from")) continue;
    const std::size_t dollar = field.find('$', equals);
    if (dollar != std::string_view::npos && dollar + 1 != field.size())
      return reading.problem(
          flag.value_span,
          {"from= of a mount takes no variables; define a stage with that base instead"});
  }
}

void check_device(Reading& reading, const Flag& flag) {
  const CsvFields fields = split_csv(flag.value, reading.arena);
  if (!fields.error.empty())
    return reading.problem(flag.value_span,
                           {"the value of --device cannot be read: ", fields.error});
  std::string_view device;
  for (const std::string_view field : fields.fields) {
    const std::size_t equals = field.find('=');
    const std::string_view key = field.substr(0, equals);
    const bool has_value = equals != std::string_view::npos;
    const std::string_view value = has_value ? field.substr(equals + 1) : std::string_view();
    if (lowers_to(key, "required")) {
      if (!has_value || is_boolean(value)) continue;
      return reading.problem(
          flag.value_span, {"\"", value, "\" is neither true nor false for required= of a device"});
    }
    if (has_value && lowers_to(key, "name")) {
      if (!device.empty())
        return reading.problem(flag.value_span, {"the device already has the name ", device});
      device = value;
    } else if (device.empty()) {
      device = field;
    } else {
      return reading.problem(flag.value_span,
                             {"unexpected \"", field, "\" in the value of --device"});
    }
  }
}

}  // namespace plimsoll::parse::dockerfile
