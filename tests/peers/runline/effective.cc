// Prints for each line of standard input what container that run line comes to, as a line of JSON,
// for a comparison with what an engine says of it.
#include <cstdio>
#include <iostream>
#include <string>

#include "base/arena.h"
#include "base/json_writer.h"
#include "facts/runline/run_line.h"
#include "facts/security.h"
#include "parse/runline/extract/extract.h"

using namespace plimsoll;

namespace {

class Printer {
 public:
  explicit Printer(JsonWriter& json) : json_(json) {}

  void print(const facts::RunFacts& facts) {
    const facts::Container& c = facts.container;
    json_.begin_object();
    settings(c);
    lists(c);
    security(c);
    json_.array("problems");
    for (const auto& problem : facts.problems) json_.string(problem.message);
    json_.end_array();
    json_.end_object();
  }

 private:
  template <class T, class Write>
  void fact(std::string_view name, const facts::Fact<T>& fact, Write write) {
    if (fact.absent() || fact.origin == facts::Origin::base_image) return;
    json_.key(name);
    if (fact.known())
      write(fact.value);
    else
      json_.string(fact.unknown() ? "<unknown>" : "<removed>");
  }
  void say(std::string_view name, const facts::Fact<bool>& value) {
    fact(name, value, [&](bool truth) { json_.boolean(truth); });
  }
  void say(std::string_view name, const facts::Fact<std::string_view>& value) {
    fact(name, value, [&](std::string_view text) { json_.string(text); });
  }
  void say(std::string_view name, const facts::Fact<std::int64_t>& value) {
    fact(name, value, [&](std::int64_t number) { json_.string(std::to_string(number)); });
  }
  void say(std::string_view name, const facts::Fact<facts::Program>& value) {
    fact(name, value, [&](const facts::Program& program) {
      json_.begin_array();
      for (std::string_view word : program.words) json_.string(word);
      json_.end_array();
    });
  }
  void say(std::string_view name, const facts::FactList<std::string_view>& list) {
    json_.array(name);
    for (const auto& item : list.items) json_.string(item.value);
    json_.end_array();
  }
  void say(std::string_view name, const facts::FactList<facts::Variable>& list) {
    json_.array(name);
    for (const auto& item : list.items) {
      std::string text(item.value.name);
      if (item.value.has_text) text += "=" + std::string(item.value.text);
      json_.string(text);
    }
    json_.end_array();
  }
  template <class T, class Write>
  void objects(std::string_view name, const facts::FactList<T>& list, Write write) {
    json_.array(name);
    for (const auto& item : list.items) {
      json_.begin_object();
      write(item.value);
      json_.end_object();
    }
    json_.end_array();
  }

  void settings(const facts::Container& c) {
    say("image", c.image);
    say("user", c.user);
    say("workdir", c.workdir);
    say("entrypoint", c.entrypoint);
    say("command", c.command);
    fact("health", c.health_check, [&](const facts::HealthCheck& check) {
      json_.string(check.command.empty() ? std::string_view() : check.command[0]);
    });
    say("stopSignal", c.stop_signal);
    say("privileged", c.privileged);
    say("readOnly", c.read_only);
    say("init", c.init);
    say("oomKillDisable", c.oom_kill_disable);
    say("terminal", c.terminal);
    say("openInput", c.open_input);
    say("network", c.network_mode);
    say("pid", c.pid_mode);
    say("ipc", c.ipc_mode);
    say("uts", c.uts_mode);
    say("userns", c.user_namespace);
    say("cgroupns", c.cgroup_namespace);
    say("cgroupParent", c.cgroup_parent);
    say("runtime", c.runtime);
    say("isolation", c.isolation);
    say("name", c.container_name);
    say("hostname", c.host_name);
    say("memory", c.memory_bytes);
    say("memorySwap", c.memory_swap_bytes);
    say("pids", c.pids);
    fact("nanoCpus", c.cpus, [&](double cpus) {
      json_.string(std::to_string(static_cast<std::int64_t>(cpus * 1e9 + 0.5)));
    });
    say("oomScoreAdj", c.oom_score_adjustment);
    fact("restart", c.restart, [&](const facts::Restart& restart) {
      constexpr std::string_view kNames[] = {"no", "always", "on-failure", "unless-stopped"};
      json_.begin_object();
      json_.member("name", kNames[static_cast<int>(restart.policy)]);
      json_.member("attempts", std::uint64_t{restart.attempts});
      json_.end_object();
    });
    fact("logging", c.logging, [&](const facts::Logging& logging) {
      json_.begin_object();
      json_.member("driver", logging.driver);
      json_.object("options");
      for (const facts::Variable& option : logging.options) json_.member(option.name, option.text);
      json_.end_object();
      json_.end_object();
    });
    say("autoRemove", c.removed_at_end);
    json_.key("publishAll");
    json_.boolean(c.publishes_all);
  }

  void lists(const facts::Container& c) {
    say("environment", c.environment);
    say("labels", c.labels);
    say("sysctls", c.sysctls);
    say("capAdd", c.added_capabilities);
    say("capDrop", c.dropped_capabilities);
    say("securityOpt", c.security_options);
    say("groups", c.groups);
    say("deviceRules", c.device_rules);
    say("links", c.links);
    say("extraHosts", c.extra_hosts);
    say("volumesFrom", c.volumes_from);
    constexpr std::string_view kProtocols[] = {"tcp", "udp", "sctp"};
    objects("exposed", c.ports, [&](const facts::Port& port) {
      json_.member("first", std::uint64_t{port.first});
      json_.member("last", std::uint64_t{port.last});
      json_.member("protocol", kProtocols[static_cast<int>(port.protocol)]);
    });
    objects("published", c.published_ports, [&](const facts::PublishedPort& port) {
      json_.member("ip", port.host_ip);
      json_.member("first", std::uint64_t{port.first});
      json_.member("last", std::uint64_t{port.last});
      json_.member("targetFirst", std::uint64_t{port.target_first});
      json_.member("targetLast", std::uint64_t{port.target_last});
      json_.member("protocol", kProtocols[static_cast<int>(port.protocol)]);
    });
    constexpr std::string_view kKinds[] = {"bind", "volume", "tmpfs", "image", "npipe", "cluster"};
    objects("mounts", c.mounts, [&](const facts::Mount& mount) {
      json_.member("kind", kKinds[static_cast<int>(mount.kind)]);
      json_.member("source", mount.source);
      json_.member("target", mount.target);
      json_.key("readOnly");
      json_.boolean(mount.read_only);
      json_.member("propagation", mount.propagation);
      json_.member("options", mount.options);
      json_.key("short");
      json_.boolean(mount.short_form);
    });
    objects("devices", c.devices, [&](const facts::Device& device) {
      json_.member("source", device.source);
      json_.member("target", device.target);
      json_.member("permissions", device.permissions);
    });
    objects("ulimits", c.ulimits, [&](const facts::Ulimit& limit) {
      json_.member("name", limit.name);
      json_.member("soft", std::to_string(limit.soft));
      json_.member("hard", std::to_string(limit.hard));
    });
  }

  void security(const facts::Container& c) {
    json_.array("capabilities");
    for (const facts::Capability name : facts::all_capabilities()) {
      const facts::Fact<bool> has = facts::has_capability(c, name);
      if (has.known() && has.value) json_.string(name);
    }
    json_.end_array();
    say("noNewPrivileges", facts::no_new_privileges(c));
    say("seccomp", facts::seccomp_profile(c));
    say("systemPathsUnconfined", facts::system_paths_unconfined(c));
  }

  JsonWriter& json_;
};

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const text::Source source("line", line);
    Arena arena;
    const auto found =
        parse::runline::extract(source, 0, parse::runline::Carrier::command_line, arena);
    {
      JsonWriter json(
          [](std::string_view block) { std::fwrite(block.data(), 1, block.size(), stdout); });
      if (found.lines.empty())
        json.null();
      else
        Printer(json).print(facts::lower_run_line(found.lines[0], arena));
    }
    std::fputc('\n', stdout);
  }
  return 0;
}
