// Options about the process itself: user, rights, namespaces, environment, health check, restarts.
// Source: docker/cli cli/command/container/opts.go.
#include <algorithm>
#include <string>

#include "base/concat.h"
#include "data/names.h"
#include "facts/health.h"
#include "facts/runline/reading.h"

namespace plimsoll::facts {
namespace {

template <auto Member>
void switch_option(RunReading& in, const Option& option) {
  in.container.*Member = stated(in, option, read_truth(option.value.text).value_or(false));
}

template <auto Member>
void capability_option(RunReading& in, const Option& option) {
  Capability name = option.value.text;
  if (option.value.known()) {
    name = read_capability(name, in.arena);
    if (name != "ALL" && !std::ranges::binary_search(data::capabilities(), name))
      return in.refuse(option, "names no capability");
  }
  (in.lists.*Member).push_back(stated(in, option, name));
}

// NAME=VALUE; of `-e NAME` the value is the client's own.
template <auto Member>
void variable_option(RunReading& in, const Option& option) {
  const KeyValue pair = split_key(option.value, in.arena);
  Variable variable{.name = pair.key.text, .text = pair.value.text, .has_text = pair.has_value};
  variable.value = {in.line.source, pair.value.where};
  (in.lists.*Member).push_back(stated(in, option, variable));
}

// A label without `=` is empty.
template <auto Member>
void label_option(RunReading& in, const Option& option) {
  const KeyValue pair = split_key(option.value, in.arena);
  Variable variable{.name = pair.key.text, .text = pair.value.text};
  variable.value = {in.line.source, pair.value.where};
  (in.lists.*Member).push_back(stated(in, option, variable));
}

// One word; an empty one takes the image's away.
void read_entrypoint(RunReading& in, const Option& option) {
  const std::vector<std::string_view> words = {option.value.text};
  const std::vector<text::Place> places = {{in.line.source, option.value.where}};
  Program program{.exec_form = true, .words = in.arena.copy(words)};
  program.written = program.words;
  program.places = in.arena.copy(places);
  Fact<Program> fact = stated(in, option, program);
  if (fact.known() && option.value.text.empty()) fact.presence = Presence::removed;
  in.container.entrypoint = fact;
}

void read_user(RunReading& in, const Option& option) {
  if (option.value.text.empty()) return;  // the image's counts
  text_option<&Container::user>(in, option);
}

void read_restart_option(RunReading& in, const Option& option) {
  if (!option.value.known()) {
    in.container.restart = stated(in, option, Restart{});
    return;
  }
  const std::optional<Restart> restart = read_restart(option.value.text);
  if (!restart) return in.refuse(option, "is no restart policy");
  in.container.restart = stated(in, option, *restart);
}

void read_log_option(RunReading& in, const Option& option) {
  const KeyValue pair = split_key(option.value, in.arena);
  if (!pair.has_value && option.value.known()) return in.refuse(option, "is not name=value");
  in.lists.log_options.push_back({.name = pair.key.text, .text = pair.value.text});
  if (in.log_option == nullptr) in.log_option = &option;
}

void read_no_health_check(RunReading& in, const Option& option) {
  in.no_health_check = read_truth(option.value.text).value_or(true) ? &option : nullptr;
}

void note_health_detail(RunReading& in, const Option& option) {
  in.health_detail = &option;
}

constexpr OptionReader kProcessOptions[] = {
    {"annotation", label_option<&RunLists::annotations>},
    {"cap-add", capability_option<&RunLists::added>},
    {"cap-drop", capability_option<&RunLists::dropped>},
    {"cgroup-parent", text_option<&Container::cgroup_parent>},
    {"cgroupns", text_option<&Container::cgroup_namespace>},
    {"entrypoint", read_entrypoint},
    {"env", variable_option<&RunLists::environment>},
    {"env-file", list_option<&RunLists::env_files>},
    {"gpus", text_option<&Container::gpus>},
    {"group-add", list_option<&RunLists::groups>},
    {"health-cmd", [](RunReading& in, const Option& o) { in.health_command = &o; }},
    {"health-interval", note_health_detail},
    {"health-retries", note_health_detail},
    {"health-start-interval", note_health_detail},
    {"health-start-period", note_health_detail},
    {"health-timeout", note_health_detail},
    {"init", switch_option<&Container::init>},
    {"interactive", switch_option<&Container::open_input>},
    {"ipc", text_option<&Container::ipc_mode>},
    {"isolation", text_option<&Container::isolation>},
    {"label", label_option<&RunLists::labels>},
    {"label-file", [](RunReading& in, const Option&) { in.container.labels.complete = false; }},
    {"log-driver", [](RunReading& in, const Option& o) { in.log_driver = &o; }},
    {"log-opt", read_log_option},
    {"name", text_option<&Container::container_name>},
    {"no-healthcheck", read_no_health_check},
    {"oom-kill-disable", switch_option<&Container::oom_kill_disable>},
    {"pid", text_option<&Container::pid_mode>},
    {"platform", text_option<&Container::platform>},
    {"privileged", switch_option<&Container::privileged>},
    {"pull", text_option<&Container::pull_policy>},
    {"read-only", switch_option<&Container::read_only>},
    {"restart", read_restart_option},
    {"rm", switch_option<&Container::removed_at_end>},
    {"runtime", text_option<&Container::runtime>},
    {"security-opt", list_option<&RunLists::security_options>},
    {"stop-signal", text_option<&Container::stop_signal>},
    {"sysctl", label_option<&RunLists::sysctls>},
    {"tty", switch_option<&Container::terminal>},
    {"use-api-socket", switch_option<&Container::engine_socket>},
    {"user", read_user},
    {"userns", text_option<&Container::user_namespace>},
    {"uts", text_option<&Container::uts_mode>},
    {"workdir", text_option<&Container::workdir>},
};

}  // namespace

// Its details without a command leave the image's check as it is.
void finish_health_check(RunReading& in) {
  const Option* command = in.health_command;
  if (in.no_health_check != nullptr) {
    const Option* other = command != nullptr ? command : in.health_detail;
    if (other != nullptr)
      in.refuse(*in.no_health_check, concat({"and --", other->name, " exclude each other"}));
    in.container.health_check = {.presence = Presence::removed,
                                 .where = in.place(*in.no_health_check)};
    return;
  }
  if (command == nullptr || command->value.text.empty()) return;
  const std::vector<Written> words = {
      {.text = command->value.text, .where = {in.line.source, command->value.where}}};
  in.container.health_check =
      stated(in, *command, health_check_of(HealthTest::shell, words, in.arena));
  in.container.health_check.value.command = in.arena.copy(std::vector{command->value.text});
  in.container.health_check.value.written = in.container.health_check.value.command;
}

void finish_logging(RunReading& in) {
  const Option* option = in.log_driver != nullptr ? in.log_driver : in.log_option;
  if (option == nullptr) return;
  Logging logging{.options = in.arena.copy(in.lists.log_options)};
  if (in.log_driver != nullptr) logging.driver = in.log_driver->value.text;
  if (logging.driver == "none" && in.log_option != nullptr)
    in.refuse(*in.log_option, "can't be given with --log-driver none");
  in.container.logging =
      stated(in, *option, logging, in.log_driver == nullptr || in.log_driver->value.known());
}

std::span<const OptionReader> process_options() {
  return kProcessOptions;
}

}  // namespace plimsoll::facts
