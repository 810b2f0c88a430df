// Settings of a service that are one value each, and the plain lists.
#include <algorithm>

#include "facts/services/reading.h"

namespace plimsoll::facts {
namespace {

struct TextSetting {
  std::string_view key;
  Fact<std::string_view> Container::*fact;
};
constexpr TextSetting kTexts[] = {
    {"user", &Container::user},
    {"working_dir", &Container::workdir},
    {"stop_signal", &Container::stop_signal},
    {"network_mode", &Container::network_mode},
    {"pid", &Container::pid_mode},
    {"ipc", &Container::ipc_mode},
    {"uts", &Container::uts_mode},
    {"userns_mode", &Container::user_namespace},
    {"cgroup", &Container::cgroup_namespace},
    {"cgroup_parent", &Container::cgroup_parent},
    {"runtime", &Container::runtime},
    {"isolation", &Container::isolation},
    {"platform", &Container::platform},
    {"pull_policy", &Container::pull_policy},
    {"container_name", &Container::container_name},
    {"hostname", &Container::host_name},
};

struct Switch {
  std::string_view key;
  Fact<bool> Container::*fact;
};
constexpr Switch kSwitches[] = {
    {"privileged", &Container::privileged},
    {"read_only", &Container::read_only},
    {"init", &Container::init},
    {"oom_kill_disable", &Container::oom_kill_disable},
    {"tty", &Container::terminal},
    {"stdin_open", &Container::open_input},
    {"use_api_socket", &Container::engine_socket},
};

struct TextList {
  std::string_view key;
  FactList<std::string_view> Container::*list;
};
constexpr TextList kTextLists[] = {
    {"cap_add", &Container::added_capabilities},
    {"cap_drop", &Container::dropped_capabilities},
    {"security_opt", &Container::security_options},
    {"group_add", &Container::groups},
    {"device_cgroup_rules", &Container::device_rules},
    {"links", &Container::links},
    {"volumes_from", &Container::volumes_from},
};

struct VariableList {
  std::string_view key;
  FactList<Variable> Container::*list;
};
constexpr VariableList kVariableLists[] = {
    {"environment", &Container::environment},
    {"labels", &Container::labels},
    {"annotations", &Container::annotations},
    {"sysctls", &Container::sysctls},
};

// Source: Compose specification, "env_file": a path, or {path, required, format}.
std::optional<std::string_view> env_file_of(Arena& arena, const Node& item) {
  return arena.copy(item.is(NodeKind::map) ? text_of(item.find("path")) : text_of(item));
}

// Variables whose text stands in no Compose file.
void note_files(const ServiceReading& reading, FactList<Variable>& list) {
  const std::vector<std::uint32_t>& files = reading.in.given.variable_sources;
  if (files.empty()) return;
  std::vector<Fact<Variable>> items(list.items.begin(), list.items.end());
  for (Fact<Variable>& item : items)
    item.value.from_file = std::ranges::find(files, item.where.source) != files.end();
  list.items = reading.arena().copy(items);
}

}  // namespace

void read_settings(const ServiceReading& reading) {
  Container& c = reading.container;
  Arena& arena = reading.arena();
  for (const TextSetting& setting : kTexts)
    c.*setting.fact = text_fact(reading, reading.find(setting.key));
  for (const Switch& setting : kSwitches)
    c.*setting.fact = boolean_fact(reading, reading.find(setting.key));
  for (const TextList& setting : kTextLists)
    c.*setting.list = texts_of(arena, reading.find(setting.key), reading.missing);
  for (const VariableList& setting : kVariableLists)
    c.*setting.list = variables_of(arena, reading.find(setting.key), reading.missing);
  c.removed_at_end = absent_at<bool>(reading.missing);
  c.volumes.where = reading.missing;

  c.env_files =
      list_of<std::string_view>(arena, reading.find("env_file"), reading.missing,
                                [&](const Node& item) { return env_file_of(arena, item); });
  note_files(reading, c.environment);
  // Files that were not read may set more.
  if (!c.env_files.items.empty()) c.environment.complete = false;
  if (is_stated(reading.find("label_file"))) c.labels.complete = false;
}

}  // namespace plimsoll::facts
