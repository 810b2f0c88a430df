// `plimsoll show facts` of a Compose file: the containers that would run, each value with what is
// known of it and where. Texts that may hold secrets (variables, commands) are not shown.
#include <unistd.h>

#include <filesystem>
#include <map>
#include <memory>
#include <vector>

#include "base/concat.h"
#include "base/fs.h"
#include "cli/command_line.h"
#include "cli/show.h"
#include "cli/terminal.h"
#include "data/base_image.h"
#include "engine/compose_files.h"
#include "facts/services.h"

namespace plimsoll::cli {
namespace {

namespace compose = parse::compose;

std::string_view name(facts::Presence presence) {
  switch (presence) {
    case facts::Presence::absent:
      return "absent";
    case facts::Presence::removed:
      return "removed";
    case facts::Presence::unknown:
      return "unknown";
    case facts::Presence::known:
      return "known";
  }
  return {};
}

std::string_view name(facts::MountKind kind) {
  constexpr std::string_view kNames[] = {"bind", "volume", "tmpfs", "image", "npipe", "cluster"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view name(facts::Restart::Policy policy) {
  constexpr std::string_view kNames[] = {"no", "always", "on-failure", "unless-stopped"};
  return kNames[static_cast<std::size_t>(policy)];
}

std::string_view name(facts::Protocol protocol) {
  constexpr std::string_view kNames[] = {"tcp", "udp", "sctp"};
  return kNames[static_cast<std::size_t>(protocol)];
}

class ProjectJson {
 public:
  ProjectJson(JsonWriter& json, engine::Sources& sources) : json_(json), sources_(sources) {}

  void write(const facts::Project& project, const std::string& path) {
    json_.begin_object();
    json_.member("schema", "plimsoll-facts/1");
    json_.member("file", path);
    json_.member("project", project.name);
    json_.array("containers");
    for (const facts::Container& c : project.containers) {
      json_.new_line();
      write_container(c);
    }
    json_.new_line();
    json_.end_array();
    problems("problems", project.problems);
    problems("gaps", project.gaps);
    json_.end_object();
  }

 private:
  void place(const text::Place& where) {
    const text::Source* const read = sources_.read(where.source);
    if (read == nullptr) return;
    const text::Source& source = *read;
    json_.member("file", source.path());
    write_span(json_, source, where.span);
  }

  // `write_value` writes the value of a known fact.
  template <class T, class WriteValue>
  void fact(const facts::Fact<T>& fact, WriteValue write_value) {
    json_.begin_object();
    json_.member("is", name(fact.presence));
    if (fact.known()) {
      json_.key("value");
      write_value(fact.value);
    }
    if (fact.unknown()) json_.optional("because", fact.unknown_because);
    if (fact.origin == facts::Origin::base_image) json_.member("from", "base image");
    place(fact.where);
    json_.end_object();
  }

  void texts(
      std::initializer_list<std::pair<std::string_view, const facts::Fact<std::string_view>*>>
          list) {
    for (const auto& [key, value] : list) {
      json_.key(key);
      fact(*value, [&](std::string_view text) { json_.string(text); });
    }
  }

  void switches(std::initializer_list<std::pair<std::string_view, const facts::Fact<bool>*>> list) {
    for (const auto& [key, value] : list) {
      json_.key(key);
      fact(*value, [&](bool on) { json_.boolean(on); });
    }
  }

  void integers(
      std::initializer_list<std::pair<std::string_view, const facts::Fact<std::int64_t>*>> list) {
    for (const auto& [key, value] : list) {
      json_.key(key);
      fact(*value, [&](std::int64_t number) { json_.integer(number); });
    }
  }

  template <class T, class WriteValue>
  void list(std::string_view key, const facts::FactList<T>& items, WriteValue write_value) {
    json_.array(key);
    for (const facts::Fact<T>& item : items.items) fact(item, write_value);
    json_.end_array();
  }

  void text_lists(
      std::initializer_list<std::pair<std::string_view, const facts::FactList<std::string_view>*>>
          lists) {
    for (const auto& [key, items] : lists)
      list(key, *items, [&](std::string_view text) { json_.string(text); });
  }

  void names(std::string_view key, const facts::FactList<facts::Variable>& items) {
    list(key, items, [&](const facts::Variable& v) { json_.string(v.name); });
  }

  void write_container(const facts::Container& c) {
    using enum facts::ContainerKind;
    json_.begin_object();
    json_.member("kind", c.kind == job ? "job" : "service");
    json_.member("name", c.name);
    if (c.service != nullptr) json_.optional("of", c.service->of);
    place(c.where);
    if (c.base != nullptr) json_.member("base", c.base->repository);
    write_image_side(c);
    write_isolation(c);
    write_resources(c);
    write_outside(c);
    json_.end_object();
  }

  void write_image_side(const facts::Container& c) {
    texts({{"image", &c.image},
           {"user", &c.user},
           {"workdir", &c.workdir},
           {"stopSignal", &c.stop_signal}});
    // Commands may hold secrets: what they are is for those who may read the file.
    const auto program = [&](const facts::Program& p) { json_.number(p.words.size()); };
    json_.key("entrypointWords");
    fact(c.entrypoint, program);
    json_.key("commandWords");
    fact(c.command, program);
    json_.key("healthCheckTool");
    fact(c.health_check, [&](const facts::HealthCheck& check) { json_.string(check.tool); });
    names("environment", c.environment);
    names("labels", c.labels);
    text_lists({{"envFiles", &c.env_files}});
  }

  void write_isolation(const facts::Container& c) {
    switches({{"privileged", &c.privileged},
              {"readOnly", &c.read_only},
              {"init", &c.init},
              {"engineSocket", &c.engine_socket}});
    text_lists({{"addedCapabilities", &c.added_capabilities},
                {"droppedCapabilities", &c.dropped_capabilities},
                {"securityOptions", &c.security_options},
                {"groups", &c.groups}});
    texts({{"networkMode", &c.network_mode},
           {"pidMode", &c.pid_mode},
           {"ipcMode", &c.ipc_mode},
           {"utsMode", &c.uts_mode},
           {"userNamespace", &c.user_namespace},
           {"cgroupNamespace", &c.cgroup_namespace},
           {"cgroupParent", &c.cgroup_parent},
           {"runtime", &c.runtime}});
  }

  void write_resources(const facts::Container& c) {
    integers({{"memoryBytes", &c.memory_bytes},
              {"memorySwapBytes", &c.memory_swap_bytes},
              {"pids", &c.pids}});
    json_.key("cpus");
    fact(c.cpus, [&](double cpus) { json_.string(std::to_string(cpus)); });
    json_.key("restart");
    fact(c.restart, [&](const facts::Restart& r) { json_.string(name(r.policy)); });
    list("ulimits", c.ulimits, [&](const facts::Ulimit& u) { json_.string(u.name); });
    texts({{"gpus", &c.gpus}});
  }

  void write_outside(const facts::Container& c) {
    list("publishedPorts", c.published_ports, [&](const facts::PublishedPort& p) {
      json_.begin_object();
      json_.optional("hostIp", p.host_ip);
      json_.optional("published", p.first);
      json_.member("target", p.target_first);
      json_.member("protocol", name(p.protocol));
      json_.end_object();
    });
    list("mounts", c.mounts, [&](const facts::Mount& m) {
      json_.begin_object();
      json_.member("kind", name(m.kind));
      json_.optional("source", m.source);
      json_.member("target", m.target);
      json_.key("readOnly");
      json_.boolean(m.read_only);
      json_.optional("options", m.options);
      json_.end_object();
    });
    list("devices", c.devices, [&](const facts::Device& d) { json_.string(d.source); });
    list("secrets", c.secrets, [&](const facts::SecretUse& s) { json_.string(s.name); });
    text_lists({{"networks", &c.networks}});
  }

  void problems(std::string_view key, std::span<const facts::ProjectProblem> list) {
    if (list.empty()) return;
    json_.array(key);
    for (const facts::ProjectProblem& problem : list) {
      json_.begin_object();
      json_.member("message", problem.message);
      place(problem.where);
      json_.end_object();
    }
    json_.end_array();
  }

  JsonWriter& json_;
  engine::Sources& sources_;
};

}  // namespace

bool is_compose_file(const std::string& path) {
  const std::string_view file = file_name(path);
  return file.ends_with(".yaml") || file.ends_with(".yml");
}

int show_project(const std::string& path) {
  std::error_code error;
  const compose::LoadSettings settings{
      .files = {path},
      .working_directory = std::filesystem::current_path(error).string(),
      .all_services = true};
  const RealFs fs;
  engine::Sources sources(fs, settings.working_directory);
  const std::unique_ptr<compose::Project> loaded =
      load(settings, engine::compose_files(sources, fs));
  if (loaded->sources.empty()) {
    complain(loaded->problems.empty() ? concat({path, " could not be read"})
                                      : loaded->problems.front().message);
    return usage;
  }
  Arena arena;
  const facts::Project& project = *facts::lower_project(*loaded, arena);
  DescriptorOutput out(STDOUT_FILENO);
  {
    JsonWriter json([&out](std::string_view block) { out.write(block); });
    ProjectJson(json, sources).write(project, path);
  }
  out.write("\n");
  return ok;
}

}  // namespace plimsoll::cli
