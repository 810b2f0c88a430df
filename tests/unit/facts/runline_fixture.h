// Lowers a run line for a test, and states its container in a line: what is said, in a fixed order.
#pragma once
#include <string>
#include <string_view>

#include "base/arena.h"
#include "facts/runline/run_line.h"
#include "parse/runline/extract/extract.h"

namespace plimsoll::test {

class RunLineFacts {
 public:
  explicit RunLineFacts(std::string_view text) : source("line", std::string(text)) {
    const auto found =
        parse::runline::extract(source, 3, parse::runline::Carrier::command_line, arena);
    if (!found.lines.empty()) {
      line = found.lines[0];
      result = facts::lower_run_line(line, arena);
    }
  }
  RunLineFacts(const RunLineFacts&) = delete;
  RunLineFacts& operator=(const RunLineFacts&) = delete;

  const facts::Container& c() const { return result.container; }
  std::string_view at(text::Place place) const { return source.at(place.span); }

  // "memory=1024 cap-add=SYS_ADMIN"; "?" for what is unknown, "removed"; " ! …" for problems.
  std::string print() {
    out_.clear();
    settings();
    lists();
    for (const auto& problem : result.problems) {
      out_ += out_.empty() ? "! " : " ! ";
      out_ += problem.message;
    }
    return out_;
  }

  text::Source source;
  Arena arena;
  parse::runline::RunLine line;
  facts::RunFacts result;

 private:
  static std::string text(std::string_view value) { return std::string(value); }
  static std::string text(bool value) { return value ? "true" : "false"; }
  static std::string text(std::int64_t value) { return std::to_string(value); }
  static std::string text(double value) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%g", value);
    return buffer;
  }
  static std::string text(const facts::Program& program) {
    std::string out;
    for (std::string_view word : program.words) out += (out.empty() ? "" : ",") + text(word);
    return out;
  }
  static std::string text(const facts::HealthCheck& check) {
    return text(check.command.empty() ? std::string_view() : check.command[0]) + "(" +
           text(check.tool) + ")";
  }
  static std::string text(const facts::Restart& restart) {
    constexpr std::string_view kNames[] = {"no", "always", "on-failure", "unless-stopped"};
    return text(kNames[static_cast<int>(restart.policy)]) +
           (restart.attempts > 0 ? ":" + std::to_string(restart.attempts) : "");
  }
  static std::string text(const facts::Logging& logging) {
    std::string out = text(logging.driver);
    for (const auto& option : logging.options) out += "," + text(option);
    return out;
  }
  static std::string text(const facts::Variable& variable) {
    return text(variable.name) + (variable.has_text ? "=" + text(variable.text) : "");
  }
  static std::string range(unsigned first, unsigned last) {
    return std::to_string(first) + (last != first ? "-" + std::to_string(last) : "");
  }
  static std::string text(facts::Protocol protocol) {
    constexpr std::string_view kNames[] = {"tcp", "udp", "sctp"};
    return text(kNames[static_cast<int>(protocol)]);
  }
  static std::string text(const facts::Port& port) {
    return range(port.first, port.last) + "/" + text(port.protocol);
  }
  static std::string text(const facts::PublishedPort& port) {
    return "[" + text(port.host_ip) + "]" + range(port.first, port.last) + ":" +
           range(port.target_first, port.target_last) + "/" + text(port.protocol);
  }
  static std::string text(const facts::Mount& mount) {
    constexpr std::string_view kKinds[] = {"bind", "volume", "tmpfs", "image", "npipe", "cluster"};
    std::string out = text(kKinds[static_cast<int>(mount.kind)]) + "(" + text(mount.source) + ":" +
                      text(mount.target);
    if (mount.read_only) out += ",ro";
    if (mount.create_host_path) out += ",create";
    if (!mount.propagation.empty()) out += "," + text(mount.propagation);
    if (!mount.options.empty()) out += "," + text(mount.options);
    return out + ")";
  }
  static std::string text(const facts::Device& device) {
    return text(device.source) + ":" + text(device.target) + ":" + text(device.permissions);
  }
  static std::string text(const facts::Ulimit& limit) {
    return text(limit.name) + "=" + std::to_string(limit.soft) + ":" + std::to_string(limit.hard);
  }

  void say(std::string_view name, const std::string& value) {
    out_ += (out_.empty() ? "" : " ") + std::string(name) + "=" + value;
  }
  template <class T>
  void say(std::string_view name, const facts::Fact<T>& fact) {
    if (fact.absent() || fact.origin == facts::Origin::base_image) return;
    if (fact.unknown() && fact.where.span == line.verb_word.where) return;  // the line hides it
    say(name, fact.known()     ? text(fact.value)
              : fact.unknown() ? std::string("?")
                               : std::string("removed"));
  }
  template <class T>
  void say(std::string_view name, const facts::FactList<T>& list) {
    for (const auto& item : list.items)
      say(name, item.known() ? text(item.value) : "?" + text(item.value));
  }

  void settings() {
    say("user", c().user);
    say("workdir", c().workdir);
    say("entrypoint", c().entrypoint);
    say("command", c().command);
    say("health", c().health_check);
    say("stop-signal", c().stop_signal);
    say("privileged", c().privileged);
    say("read-only", c().read_only);
    say("init", c().init);
    say("oom-kill-disable", c().oom_kill_disable);
    say("tty", c().terminal);
    say("interactive", c().open_input);
    say("gpus", c().gpus);
    say("network", c().network_mode);
    say("pid", c().pid_mode);
    say("ipc", c().ipc_mode);
    say("uts", c().uts_mode);
    say("userns", c().user_namespace);
    say("cgroupns", c().cgroup_namespace);
    say("cgroup-parent", c().cgroup_parent);
    say("runtime", c().runtime);
    say("isolation", c().isolation);
    say("platform", c().platform);
    say("pull", c().pull_policy);
    say("name", c().container_name);
    say("hostname", c().host_name);
    say("memory", c().memory_bytes);
    say("swap", c().memory_swap_bytes);
    say("pids", c().pids);
    say("cpus", c().cpus);
    say("oom-score", c().oom_score_adjustment);
    say("restart", c().restart);
    say("logging", c().logging);
    say("rm", c().removed_at_end);
    say("api-socket", c().engine_socket);
    if (c().publishes_all) say("publish-all", std::string("true"));
  }

  void lists() {
    say("env", c().environment);
    say("label", c().labels);
    say("sysctl", c().sysctls);
    say("annotation", c().annotations);
    say("cap-add", c().added_capabilities);
    say("cap-drop", c().dropped_capabilities);
    say("security-opt", c().security_options);
    say("group", c().groups);
    say("device-rule", c().device_rules);
    say("env-file", c().env_files);
    say("net", c().networks);
    say("link", c().links);
    say("host", c().extra_hosts);
    say("volumes-from", c().volumes_from);
    say("expose", c().ports);
    say("publish", c().published_ports);
    say("mount", c().mounts);
    say("device", c().devices);
    say("ulimit", c().ulimits);
  }

  std::string out_;
};

// `docker run OPTIONS img`, in a line.
inline std::string print_options(std::string_view options) {
  return RunLineFacts("docker run " + std::string(options) + " img").print();
}

}  // namespace plimsoll::test
