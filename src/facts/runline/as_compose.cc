// Option by option, by one table of Compose's keys; what has parts is written out in full, since
// the short forms of the two differ (a device's two parts, an env file's grammar). Source: Compose
// specification, "services"; docker/cli cli/command/container/opts.go.
#include "facts/runline/as_compose.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include "base/ascii.h"
#include "base/concat.h"
#include "facts/runline/hardened.h"
#include "facts/runline/reading.h"
#include "facts/runline/yaml_scalar.h"

namespace plimsoll::facts {
namespace {

enum class Shape : std::uint8_t { text, list, toggle, special };

struct Row {
  std::string_view option, key;
  Shape shape;
};

// In the order of the file. `special` ones are written where their key's turn is.
constexpr Row kRows[] = {
    {"platform", "platform", Shape::text},
    {"pull", "pull_policy", Shape::text},
    {"name", "container_name", Shape::text},
    {"hostname", "hostname", Shape::text},
    {"domainname", "domainname", Shape::text},
    {"user", "user", Shape::text},
    {"workdir", "working_dir", Shape::text},
    {"read-only", "read_only", Shape::toggle},
    {"privileged", "privileged", Shape::toggle},
    {"cap-drop", "cap_drop", Shape::list},
    {"cap-add", "cap_add", Shape::list},
    {"security-opt", "security_opt", Shape::list},
    {"group-add", "group_add", Shape::list},
    {"userns", "userns_mode", Shape::text},
    {"pid", "pid", Shape::text},
    {"ipc", "ipc", Shape::text},
    {"uts", "uts", Shape::text},
    {"cgroupns", "cgroup", Shape::text},
    {"cgroup-parent", "cgroup_parent", Shape::text},
    {"runtime", "runtime", Shape::text},
    {"isolation", "isolation", Shape::text},
    {"use-api-socket", "use_api_socket", Shape::toggle},
    {"init", "init", Shape::toggle},
    {"tty", "tty", Shape::toggle},
    {"interactive", "stdin_open", Shape::toggle},
    {"memory", "mem_limit", Shape::text},
    {"memory-reservation", "mem_reservation", Shape::text},
    {"memory-swap", "memswap_limit", Shape::text},
    {"memory-swappiness", "mem_swappiness", Shape::text},
    {"cpus", "cpus", Shape::special},
    {"cpu-quota", "cpu_quota", Shape::text},
    {"cpu-period", "cpu_period", Shape::text},
    {"cpu-rt-period", "cpu_rt_period", Shape::text},
    {"cpu-rt-runtime", "cpu_rt_runtime", Shape::text},
    {"cpu-shares", "cpu_shares", Shape::text},
    {"cpuset-cpus", "cpuset", Shape::text},
    {"pids-limit", "pids_limit", Shape::text},
    {"shm-size", "shm_size", Shape::text},
    {"gpus", "gpus", Shape::special},
    {"oom-kill-disable", "oom_kill_disable", Shape::toggle},
    {"oom-score-adj", "oom_score_adj", Shape::text},
    {"env-file", "env_file", Shape::special},
    {"env", "environment", Shape::special},
    {"label", "labels", Shape::special},
    {"label-file", "label_file", Shape::list},
    {"annotation", "annotations", Shape::list},
    {"sysctl", "sysctls", Shape::list},
    {"publish", "ports", Shape::special},
    {"expose", "expose", Shape::list},
    {"add-host", "extra_hosts", Shape::list},
    {"dns", "dns", Shape::list},
    {"dns-option", "dns_opt", Shape::list},
    {"dns-search", "dns_search", Shape::list},
    {"mac-address", "mac_address", Shape::text},
    {"device-cgroup-rule", "device_cgroup_rules", Shape::list},
    {"stop-signal", "stop_signal", Shape::text},
    {"restart", "restart", Shape::text},
};

// They say how the program itself behaves, and nothing of the container.
constexpr std::string_view kOfClient[] = {
    "attach", "cidfile", "detach",   "detach-keys", "disable-content-trust",
    "help",   "quiet",   "sig-proxy"};

// Those that are written by themselves, below.
constexpr std::string_view kOwn[] = {"device",
                                     "entrypoint",
                                     "health-cmd",
                                     "health-interval",
                                     "health-retries",
                                     "health-start-interval",
                                     "health-start-period",
                                     "health-timeout",
                                     "log-driver",
                                     "log-opt",
                                     "mount",
                                     "network",
                                     "network-alias",
                                     "no-healthcheck",
                                     "stop-timeout",
                                     "tmpfs",
                                     "ulimit",
                                     "volume",
                                     "volumes-from"};

class Writer {
 public:
  Writer(const RunLine& line, const Container& container) : line_(line), c_(container) {}

  std::string write() {
    image();
    for (const Row& row : kRows) this->row(row);
    devices();
    volumes();
    networks();
    ulimits();
    health();
    logging();
    notes();
    return notes_ + "services:\n  " + service_name() + ":\n" + body_ + top_;
  }

 private:
  void put(std::string_view key, std::string_view value) {
    body_ += concat({"    ", key, ": ", value, "\n"});
  }
  void open(std::string_view key) { body_ += concat({"    ", key, ":\n"}); }
  void item(std::string_view value) { body_ += concat({"      - ", value, "\n"}); }
  void member(std::string_view key, std::string_view value) {
    body_ += concat({"      ", key, ": ", value, "\n"});
  }
  void note(std::string_view text) { notes_ += concat({"# ", text, "\n"}); }

  // A word as Compose reads it: its own `$` doubled, the shell's variables left to Compose.
  std::string value(const Word& word) {
    std::string out;
    std::size_t at = 0;
    const auto literal = [&](std::string_view text) {
      for (const char c : text) out += c == '$' ? std::string("$$") : std::string(1, c);
    };
    for (const parse::runline::Hole hole : word.holes) {
      literal(word.text.substr(at, hole.begin - at));
      const std::string_view text = word.text.substr(hole.begin, hole.end - hole.begin);
      if (hole.begin == 0 &&
          (text == "$PWD" || text == "${PWD}" || text == "$(pwd)" || text == "`pwd`")) {
        out += '.';
      } else if (text.starts_with("$(") || text.starts_with("${{") || text.starts_with('`')) {
        note(concat({text, " is what only a shell can fill in: write what it stands for"}));
        literal(text);
      } else {
        out += text;
      }
      at = hole.end;
    }
    literal(word.text.substr(at));
    return out;
  }
  std::string scalar(const Word& word) { return yaml_scalar(value(word)); }

  template <class Visit>
  void each(std::string_view name, Visit visit) {
    for (const Option& option : line_.options)
      if (option.name == name) visit(option);
  }
  [[nodiscard]] const Option* last(std::string_view name) const {
    const Option* found = nullptr;
    for (const Option& option : line_.options)
      if (option.name == name) found = &option;
    return found;
  }

  std::string service_name() {
    std::string_view text = c_.container_name.known() ? c_.container_name.value : line_.image.text;
    text = text.substr(0, text.find('@'));
    text = text.substr(text.rfind('/') + 1);
    text = text.substr(0, text.find(':'));
    std::string name;
    for (const char c : text)
      if (is_alnum(c) || c == '-' || c == '_') name += c;
    return yaml_scalar(name.empty() ? "app" : name);
  }

  void image() {
    put("image", line_.has_image ? scalar(line_.image) : "IMAGE");
    if (const Option* entrypoint = last("entrypoint"))
      put("entrypoint",
          entrypoint->value.text.empty() ? "[]" : "[" + scalar(entrypoint->value) + "]");
    if (line_.command.empty()) return;
    std::string words;
    for (const Word& word : line_.command) words += (words.empty() ? "" : ", ") + scalar(word);
    put("command", "[" + words + "]");
  }

  void row(const Row& row) {
    const Option* option = last(row.option);
    if (option == nullptr) return;
    switch (row.shape) {
      case Shape::text:
        return put(row.key, scalar(option->value));
      case Shape::toggle:
        return put(row.key, !option->value.known()                   ? scalar(option->value)
                            : read_truth(option->value.text) == true ? "true"
                                                                     : "false");
      case Shape::list:
        open(row.key);
        return each(row.option, [&](const Option& o) { item(scalar(o.value)); });
      case Shape::special:
        return special(row);
    }
  }

  void special(const Row& row) {
    if (row.option == "cpus") {
      const Option& option = *last("cpus");
      const std::optional<double> cpus = read_cpus(option.value.text);
      const bool fraction = option.value.text.find('/') != std::string_view::npos;
      if (fraction && cpus) return put("cpus", concat({"\"", std::to_string(*cpus), "\""}));
      return put("cpus", scalar(option.value));
    }
    if (row.option == "gpus") return gpus(*last("gpus"));
    open(row.key);
    each(row.option, [&](const Option& option) {
      if (row.option == "env-file") {
        item(concat({"path: ", scalar(option.value)}));
        body_ += "        format: raw\n";
      } else if (row.option == "publish") {
        port(option);
      } else if (row.option == "env") {
        environment(option);
      } else {
        const std::string text = value(option.value);
        item(yaml_scalar(text.find('=') == std::string::npos ? text + "=" : text));
      }
    });
  }

  void gpus(const Option& option) {
    const std::string_view text = option.value.text;
    if (text == "all") return put("gpus", "all");
    if (!read_integer(text))
      return note(concat({"--gpus ", text, ": write it as a list of devices"}));
    open("gpus");
    item(concat({"count: ", text}));
  }

  // A credential stays where it is read from when the service starts.
  void environment(const Option& option) {
    const KeyValue pair = split_key(option.value, arena_);
    const Variable variable{
        .name = pair.key.text, .text = pair.value.text, .has_text = pair.has_value};
    if (!option.value.known() || !holds_credential(variable)) return item(scalar(option.value));
    item(scalar(pair.key));
    note(concat({variable.name, " is taken from the environment of `docker compose up`"}));
  }

  void port(const Option& option) {
    const std::vector<std::string> pairs = fields(option.value);
    if (option.value.text.find('=') == std::string_view::npos) return item(scalar(option.value));
    std::string_view mark = "      - ";
    for (const std::string& pair : pairs) {
      const std::size_t equals = pair.find('=');
      if (equals == std::string::npos) continue;
      const std::string key = pair.substr(0, equals);
      if (key != "published" && key != "target" && key != "protocol") continue;
      const std::string text = pair.substr(equals + 1);
      body_ += concat({mark, key, ": ", key == "target" ? text : yaml_scalar(text), "\n"});
      mark = "        ";
    }
  }

  // The fields between commas, as Compose reads them.
  std::vector<std::string> fields(const Word& word) {
    const std::optional<std::vector<Word>> parts = split_csv(word, arena_);
    std::vector<std::string> out;
    if (!parts) return out;
    out.reserve(parts->size());
    for (const Word& part : *parts) {
      const KeyValue pair = split_key(part, arena_);
      out.push_back(pair.has_value ? lower(pair.key.text) + "=" + value(pair.value)
                                   : value(pair.key));
    }
    return out;
  }

  // All three parts: of two, Compose takes the second for a path.
  void devices() {
    if (c_.devices.items.empty()) return;
    open("devices");
    for (const Fact<Device>& device : c_.devices.items) {
      const Device& d = device.value;
      const std::string text = d.target.empty()
                                   ? std::string(d.source)
                                   : concat({d.source, ":", d.target, ":", d.permissions});
      item(yaml_scalar(text));
    }
  }

  void volumes() {
    const bool any = last("volume") != nullptr || last("mount") != nullptr;
    if (any) open("volumes");
    each("volume", [&](const Option& option) { item(scalar(option.value)); });
    each("mount", [&](const Option& option) { mount(option); });
    if (last("tmpfs") != nullptr) open("tmpfs");
    each("tmpfs", [&](const Option& option) { item(scalar(option.value)); });
    if (last("volumes-from") != nullptr) open("volumes_from");
    each("volumes-from",
         [&](const Option& option) { item(yaml_scalar("container:" + value(option.value))); });
    named_volumes();
  }

  void mount(const Option& option) {
    std::string type = "volume", source, target, details, tmpfs;
    bool read_only = false;
    for (const std::string& field : fields(option.value)) {
      const std::size_t equals = field.find('=');
      const std::string key = field.substr(0, equals);
      const std::string text = equals == std::string::npos ? "true" : field.substr(equals + 1);
      if (key == "type") {
        type = lower(text);
      } else if (key == "src" || key == "source") {
        source = text;
      } else if (key == "dst" || key == "target" || key == "destination") {
        target = text;
      } else if (key == "ro" || key == "readonly") {
        read_only = read_truth(text).value_or(false);
      } else if (key == "bind-propagation") {
        details += concat({"        bind:\n          propagation: ", yaml_scalar(text), "\n"});
      } else if (key == "volume-nocopy") {
        details += "        volume:\n          nocopy: true\n";
      } else if (key == "tmpfs-size" || key == "tmpfs-mode") {
        tmpfs +=
            concat({"          ", key.substr(6), ": ", key == "tmpfs-mode" ? "0" : "", text, "\n"});
      } else {
        note(concat({"--mount ", field, ": write it below the mount"}));
      }
    }
    body_ += concat({"      - type: ", yaml_scalar(type), "\n"});
    if (!source.empty()) body_ += concat({"        source: ", yaml_scalar(source), "\n"});
    body_ += concat({"        target: ", yaml_scalar(target), "\n"});
    if (read_only) body_ += "        read_only: true\n";
    if (type == "bind") details = bind_details(details);
    if (!tmpfs.empty()) details += "        tmpfs:\n" + tmpfs;
    body_ += details;
  }

  // --mount never makes a missing source, Compose does unless told otherwise.
  static std::string bind_details(const std::string& details) {
    return (details.empty() ? std::string("        bind:\n") : details) +
           "          create_host_path: false\n";
  }

  // Their names hold outside of the project too.
  void named_volumes() {
    std::vector<std::string_view> names;
    for (const Fact<Mount>& mount : c_.mounts.items) {
      const Mount& m = mount.value;
      if (m.kind != MountKind::volume || m.source.empty() || !mount.known()) continue;
      if (std::ranges::find(names, m.source) == names.end()) names.push_back(m.source);
    }
    if (names.empty()) return;
    top_ += "volumes:\n";
    for (const std::string_view name : names)
      top_ += concat({"  ", yaml_scalar(name), ":\n    name: ", yaml_scalar(name), "\n"});
  }

  void networks() {
    if (c_.networks.items.empty()) {
      if (const Option* network = last("network")) put("network_mode", scalar(network->value));
      return;
    }
    open("networks");
    std::string names;
    bool first = true;
    for (const Fact<std::string_view>& network : c_.networks.items) {
      const std::string name = yaml_scalar(network.value);
      body_ += concat({"      ", name, ":\n"});
      if (first && last("network-alias") != nullptr) {
        body_ += "        aliases:\n";
        each("network-alias", [&](const Option& o) {
          body_ += concat({"          - ", scalar(o.value), "\n"});
        });
      }
      first = false;
      names += concat({"  ", name, ":\n    external: true\n"});
    }
    top_ += "networks:\n" + names;
  }

  void ulimits() {
    if (c_.ulimits.items.empty()) return;
    open("ulimits");
    for (const Fact<Ulimit>& limit : c_.ulimits.items) {
      if (!limit.known()) continue;
      body_ +=
          concat({"      ", limit.value.name, ":\n        soft: ", std::to_string(limit.value.soft),
                  "\n        hard: ", std::to_string(limit.value.hard), "\n"});
    }
  }

  void health() {
    if (last("no-healthcheck") != nullptr) {
      open("healthcheck");
      return member("disable", "true");
    }
    constexpr std::array<std::array<std::string_view, 2>, 5> kKeys = {{
        {"health-interval", "interval"},
        {"health-timeout", "timeout"},
        {"health-retries", "retries"},
        {"health-start-period", "start_period"},
        {"health-start-interval", "start_interval"},
    }};
    const Option* command = last("health-cmd");
    const bool any = command != nullptr || std::ranges::any_of(kKeys, [&](const auto& key) {
                       return last(key[0]) != nullptr;
                     });
    if (!any) return;
    open("healthcheck");
    if (command != nullptr) member("test", "[CMD-SHELL, " + scalar(command->value) + "]");
    for (const auto& key : kKeys) {
      const Option* option = last(key[0]);
      if (option != nullptr)
        member(key[1], key[1] == "retries" ? value(option->value) : scalar(option->value));
    }
  }

  void logging() {
    if (const Option* timeout = last("stop-timeout"))
      put("stop_grace_period", yaml_scalar(value(timeout->value) + "s"));
    const Option* driver = last("log-driver");
    if (driver == nullptr && last("log-opt") == nullptr) return;
    open("logging");
    if (driver != nullptr) member("driver", scalar(driver->value));
    if (last("log-opt") == nullptr) return;
    body_ += "      options:\n";
    each("log-opt", [&](const Option& option) {
      const KeyValue pair = split_key(option.value, arena_);
      body_ += concat({"        ", yaml_scalar(pair.key.text), ": ", scalar(pair.value), "\n"});
    });
  }

  // What has no key.
  void notes() {
    for (const Option& option : line_.options) {
      const bool has_key = std::ranges::find(kRows, option.name, &Row::option) != std::end(kRows);
      if (has_key || std::ranges::find(kOwn, option.name) != std::end(kOwn) ||
          std::ranges::find(kOfClient, option.name) != std::end(kOfClient))
        continue;
      note(concat({"--", option.name, " has no place here"}));
    }
    if (!line_.complete)
      note("the line holds options that only a shell can fill in, or was refused");
  }

  const RunLine& line_;
  const Container& c_;
  Arena arena_;
  std::string body_, top_, notes_;
};

}  // namespace

std::string as_compose(const RunLine& line, const Container& container) {
  return Writer(line, container).write();
}

}  // namespace plimsoll::facts
