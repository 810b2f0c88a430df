// Source: Docker Engine API v1.41, "ContainerCreate"; compose-spec, "05-services.md".
#include "engineapi/service.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>

#include "base/ascii.h"
#include "base/concat.h"
#include "base/json_writer.h"
#include "data/names.h"
#include "engineapi/engine.h"

namespace plimsoll::engineapi {
namespace {

using parse::compose::Member;
using parse::compose::NodeKind;

constexpr std::int64_t kSecond = 1'000'000'000;

std::string_view text(const Node* node) {
  return node != nullptr && !node->is(NodeKind::list) && !node->is(NodeKind::map)
             ? std::string_view(node->text)
             : std::string_view();
}
bool truth(const Node* node) {
  return node != nullptr && node->is(NodeKind::boolean) && node->boolean;
}
std::int64_t integer(const Node* node) {
  if (node == nullptr) return 0;
  if (node->is(NodeKind::integer) || node->integer != 0) return node->integer;
  if (node->is(NodeKind::real)) return static_cast<std::int64_t>(node->real);
  std::int64_t number = 0;
  std::from_chars(node->text.data(), node->text.data() + node->text.size(), number);
  return number;
}
double real(const Node* node) {
  if (node == nullptr) return 0;
  if (node->is(NodeKind::integer)) return static_cast<double>(node->integer);
  if (node->is(NodeKind::real)) return node->real;
  return std::strtod(node->text.c_str(), nullptr);
}
const Node* find(const Node* node, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys)
    if (node != nullptr) node = node->find(key);
  return node;
}
std::vector<std::string_view> texts(const Node* node) {
  std::vector<std::string_view> result;
  if (node == nullptr) return result;
  if (node->is(NodeKind::list))
    for (const Node* item : node->items) result.push_back(text(item));
  else if (node->is(NodeKind::text))
    result.push_back(node->text);
  return result;
}
bool has_items(const Node* node) {
  return node != nullptr && (!node->items.empty() || !node->members.empty());
}

// --- what is never started -----------------------------------------------------------------------

bool is_harmless_capability(std::string_view name) {
  std::string upper;
  for (const char c : name) upper += ::plimsoll::upper(c);
  if (upper.starts_with("CAP_")) upper.erase(0, 4);
  // Of those that an engine leaves out these two give nothing of the host away.
  if (upper == "IPC_LOCK" || upper == "SYS_NICE") return true;
  return std::ranges::find(data::default_capabilities(), upper) !=
         data::default_capabilities().end();
}

std::string unsafe_namespace(const Node& service) {
  for (const std::string_view key :
       {"network_mode", "pid", "ipc", "uts", "userns_mode", "cgroup"}) {
    const std::string_view mode = text(service.find(key));
    const bool is_own = mode.empty() || mode == "none" || mode == "private" || mode == "bridge" ||
                        mode == "default" || mode == "shareable";
    if (!is_own) return concat({"`", key, ": ", mode, "` shares what is another's"});
  }
  return {};
}

std::string unsafe_right(const Node& service) {
  if (truth(service.find("privileged"))) return "it is privileged";
  for (const std::string_view name : texts(service.find("cap_add")))
    if (!is_harmless_capability(name)) return concat({"it gets the capability ", name});
  for (const std::string_view option : texts(service.find("security_opt")))
    if (!option.starts_with("no-new-privileges"))
      return concat({"it has the security option ", option});
  for (const std::string_view key :
       {"devices", "device_cgroup_rules", "gpus", "volumes_from", "use_api_socket", "cgroup_parent",
        "runtime", "provider", "credential_spec", "isolation"}) {
    const Node* node = service.find(key);
    if (has_items(node) || truth(node) || !text(node).empty())
      return concat({"it has `", key, "`"});
  }
  return {};
}

std::string unsafe_volume(const MountOrder& mount, const Node& model) {
  if (mount.kind != MountOrder::Kind::named) return {};
  const Node* volume = find(&model, {"volumes", mount.source});
  if (find(volume, {"external"}) != nullptr)
    return concat({"its volume ", mount.source, " is not the project's own"});
  const std::string_view driver = text(find(volume, {"driver"}));
  if ((!driver.empty() && driver != "local") || has_items(find(volume, {"driver_opts"})))
    return concat({"its volume ", mount.source, " has a driver or options"});
  return {};
}

// --- reading -------------------------------------------------------------------------------------

// Of `volumes`; false: such a mount can't be given to it.
bool read_mount(const Node& entry, MountOrder& mount) {
  const std::string_view type = text(entry.find("type"));
  mount.target = text(entry.find("target"));
  mount.source = text(entry.find("source"));
  mount.read_only = truth(entry.find("read_only"));
  if (type == "bind") {
    mount.kind = MountOrder::Kind::host;
    mount.may_be_missing = true;
  } else if (type == "volume") {
    mount.kind = mount.source.empty() ? MountOrder::Kind::anonymous : MountOrder::Kind::named;
  } else if (type == "tmpfs") {
    mount.kind = MountOrder::Kind::memory;
    mount.size = integer(find(&entry, {"tmpfs", "size"}));
    mount.memory_mode = integer(find(&entry, {"tmpfs", "mode"}));
  } else {
    return false;
  }
  return mount.target.starts_with('/');
}

std::uint32_t octal(const Node* node) {
  if (node == nullptr) return 0444;
  if (node->is(NodeKind::integer)) return static_cast<std::uint32_t>(node->integer) & 0777U;
  std::uint32_t mode = 0;
  const auto [end, error] =
      std::from_chars(node->text.data(), node->text.data() + node->text.size(), mode, 8);
  return error == std::errc() && end != node->text.data() ? mode & 0777U : 0444U;
}

// Of `secrets` or `configs`; gives why it can't be given.
std::string read_given(std::string_view kind, const Node& entry, const Node& model,
                       MountOrder& mount) {
  const std::string_view name = text(entry.find("source"));
  const Node* given = find(&model, {kind, name});
  const std::string_view target = text(entry.find("target"));
  const std::string_view folder = kind == "secrets" ? "/run/secrets/" : "/";
  mount.target = target.starts_with('/') ? std::string(target)
                                         : concat({folder, target.empty() ? name : target});
  mount.read_only = true;
  mount.mode = octal(entry.find("mode"));
  const std::string_view file = text(find(given, {"file"}));
  if (!file.empty()) {
    mount.kind = MountOrder::Kind::host;
    mount.source = file;
    return {};
  }
  mount.kind = MountOrder::Kind::text;
  for (const std::string_view key : {"content", "x-#value"})
    if (const Node* bytes = find(given, {key})) {
      mount.source = text(bytes);
      return {};
    }
  return concat({"the value of ", name, " is not in the project"});
}

void read_mounts(const Node& service, const Node& model, ServiceOrder& order) {
  if (const Node* volumes = service.find("volumes"))
    for (const Node* entry : volumes->items) {
      MountOrder mount;
      if (!read_mount(*entry, mount)) order.unsafe = "it mounts what is no volume and no file";
      if (order.unsafe.empty()) order.unsafe = unsafe_volume(mount, model);
      order.mounts.push_back(std::move(mount));
    }
  for (const std::string_view kind : {"secrets", "configs"})
    if (const Node* given = service.find(kind))
      for (const Node* entry : given->items) {
        MountOrder mount;
        const std::string why = read_given(kind, *entry, model, mount);
        if (order.unsafe.empty()) order.unsafe = why;
        order.mounts.push_back(std::move(mount));
      }
}

void read_health(const Node& service, ServiceOrder& order) {
  const Node* check = service.find("healthcheck");
  if (check == nullptr) return;
  const std::vector<std::string_view> test = texts(check->find("test"));
  order.health_off = truth(check->find("disable")) || (!test.empty() && test.front() == "NONE");
  order.health = {.set = !test.empty() && !order.health_off,
                  .interval = integer(check->find("interval")),
                  .timeout = integer(check->find("timeout")),
                  .start_period = integer(check->find("start_period")),
                  .retries = integer(check->find("retries"))};
}

const Node* limit(const Node& service, std::string_view key, std::string_view in_deploy) {
  if (const Node* own = service.find(key)) return own;
  return find(&service, {"deploy", "resources", "limits", in_deploy});
}

// --- writing -------------------------------------------------------------------------------------

class Body {
 public:
  Body(const ServiceOrder& order, const Node& service, const Preparation& with)
      : order_(order), service_(service), with_(with) {}

  std::string write() {
    json_.begin_object();
    json_.member("Image", with_.image);
    write_config();
    json_.object("HostConfig");
    write_rights();
    write_limits();
    write_mounts();
    json_.member("NetworkMode", with_.network.empty() ? std::string_view("none") : with_.network);
    json_.end_object();
    if (!with_.network.empty()) write_aliases();
    json_.end_object();
    json_.flush();
    return std::move(text_);
  }

 private:
  void copy_text(std::string_view name, std::string_view key) {
    if (const std::string_view value = text(service_.find(key)); !value.empty())
      json_.member(name, value);
  }
  void copy_truth(std::string_view name, std::string_view key) {
    if (truth(service_.find(key))) json_.key(name), json_.boolean(true);
  }
  void copy_integer(std::string_view name, const Node* node) {
    if (const std::int64_t value = integer(node); value != 0) json_.key(name), json_.integer(value);
  }
  void write_list(std::string_view name, const std::vector<std::string_view>& items) {
    json_.array(name);
    for (const std::string_view item : items) json_.string(item);
    json_.end_array();
  }
  void copy_list(std::string_view name, std::string_view key) {
    const Node* node = service_.find(key);
    if (node != nullptr && !node->is(NodeKind::null)) write_list(name, texts(node));
  }

  void write_config() {
    copy_list("Cmd", "command");
    copy_list("Entrypoint", "entrypoint");
    copy_text("User", "user");
    copy_text("WorkingDir", "working_dir");
    copy_text("Hostname", "hostname");
    copy_text("StopSignal", "stop_signal");
    copy_truth("Tty", "tty");
    copy_truth("OpenStdin", "stdin_open");
    write_environment();
    write_health();
    json_.object("Labels");
    json_.member(kLabel, with_.label);
    json_.end_object();
  }

  void write_environment() {
    const Node* variables = service_.find("environment");
    if (variables == nullptr) return;
    json_.array("Env");
    for (const Member& member : variables->members)
      if (!member.value->is(NodeKind::null))
        json_.string(concat({member.key, "=", text(member.value)}));
    json_.end_array();
  }

  // An empty test is the image's.
  void write_health() {
    if (order_.health_off) {
      json_.object("Healthcheck");
      write_list("Test", {"NONE"});
      json_.end_object();
      return;
    }
    if (!with_.has_health) return;
    json_.object("Healthcheck");
    if (order_.health.set) write_list("Test", texts(find(&service_, {"healthcheck", "test"})));
    json_.key("Interval"), json_.integer(kSecond);
    if (order_.health.timeout > 0) json_.key("Timeout"), json_.integer(order_.health.timeout);
    json_.key("Retries"), json_.integer(std::max<std::int64_t>(with_.health_retries, 1));
    json_.end_object();
  }

  void write_rights() {
    copy_truth("ReadonlyRootfs", "read_only");
    copy_truth("Init", "init");
    copy_list("CapAdd", "cap_add");
    copy_list("CapDrop", "cap_drop");
    copy_list("SecurityOpt", "security_opt");
    copy_list("GroupAdd", "group_add");
    if (const Node* sysctls = service_.find("sysctls"); has_items(sysctls)) {
      json_.object("Sysctls");
      for (const Member& member : sysctls->members) json_.member(member.key, text(member.value));
      json_.end_object();
    }
    write_hosts();
  }

  void write_hosts() {
    const Node* hosts = service_.find("extra_hosts");
    if (!has_items(hosts)) return;
    json_.array("ExtraHosts");
    for (const Member& member : hosts->members)
      for (const std::string_view address : texts(member.value))
        json_.string(concat({member.key, ":", address}));
    json_.end_array();
  }

  void write_limits() {
    if (order_.memory > 0) json_.key("Memory"), json_.integer(order_.memory);
    copy_integer("MemorySwap", service_.find("memswap_limit"));
    if (order_.pids != 0) json_.key("PidsLimit"), json_.integer(order_.pids);
    const double cpus = real(limit(service_, "cpus", "cpus"));
    if (cpus > 0) json_.key("NanoCpus"), json_.integer(std::llround(cpus * 1e9));
    copy_integer("ShmSize", service_.find("shm_size"));
    const Node* ulimits = service_.find("ulimits");
    if (!has_items(ulimits)) return;
    json_.array("Ulimits");
    for (const Member& member : ulimits->members) {
      const bool is_pair = member.value->is(NodeKind::map);
      json_.begin_object();
      json_.member("Name", member.key);
      json_.key("Soft"),
          json_.integer(integer(is_pair ? member.value->find("soft") : member.value));
      json_.key("Hard"),
          json_.integer(integer(is_pair ? member.value->find("hard") : member.value));
      json_.end_object();
    }
    json_.end_array();
  }

  void write_mounts() {
    json_.array("Mounts");
    for (const PreparedMount& mount : with_.mounts) write_mount(mount);
    json_.end_array();
    const Node* tmpfs = service_.find("tmpfs");
    if (!has_items(tmpfs) && text(tmpfs).empty()) return;
    json_.object("Tmpfs");
    for (const std::string_view one : texts(tmpfs)) {
      const std::size_t colon = one.find(':');
      json_.member(one.substr(0, colon),
                   colon == std::string_view::npos ? std::string_view() : one.substr(colon + 1));
    }
    json_.end_object();
  }

  void write_mount(const PreparedMount& mount) {
    const bool is_memory = mount.order->kind == MountOrder::Kind::memory;
    json_.begin_object();
    json_.member("Type", is_memory ? "tmpfs" : !mount.path.empty() ? "bind" : "volume");
    json_.member("Target", mount.order->target);
    if (!is_memory) json_.optional("Source", mount.path.empty() ? mount.volume : mount.path);
    if (mount.order->read_only) json_.key("ReadOnly"), json_.boolean(true);
    if (mount.fresh) {
      json_.object("VolumeOptions");
      json_.key("NoCopy"), json_.boolean(true);
      json_.end_object();
    }
    if (is_memory) {
      json_.object("TmpfsOptions");
      if (mount.order->size > 0) json_.key("SizeBytes"), json_.integer(mount.order->size);
      if (mount.order->memory_mode > 0) json_.key("Mode"), json_.integer(mount.order->memory_mode);
      json_.end_object();
    }
    json_.end_object();
  }

  void write_aliases() {
    std::vector<std::string_view> aliases{order_.name};
    if (const std::string_view name = text(service_.find("container_name")); !name.empty())
      aliases.push_back(name);
    if (const Node* networks = service_.find("networks"))
      for (const Member& member : networks->members)
        for (const std::string_view alias : texts(find(member.value, {"aliases"})))
          aliases.push_back(alias);
    json_.object("NetworkingConfig");
    json_.object("EndpointsConfig");
    json_.object(with_.network);
    write_list("Aliases", aliases);
    json_.end_object();
    json_.end_object();
    json_.end_object();
  }

  const ServiceOrder& order_;
  const Node& service_;
  const Preparation& with_;
  std::string text_;
  JsonWriter json_{[this](std::string_view block) { text_ += block; }};
};

}  // namespace

ServiceOrder order_of(std::string_view name, const Node& service, const Node& model) {
  ServiceOrder order{.name = std::string(name), .build = service.find("build")};
  if (order.build == nullptr) order.image = text(service.find("image"));
  order.user = text(service.find("user"));
  order.unsafe = unsafe_right(service);
  if (order.unsafe.empty()) order.unsafe = unsafe_namespace(service);
  read_mounts(service, model, order);
  read_health(service, order);
  order.memory = integer(limit(service, "mem_limit", "memory"));
  order.pids = integer(limit(service, "pids_limit", "pids"));
  if (const Node* needs = service.find("depends_on"))
    for (const Member& need : needs->members) {
      const Node* required = need.value->find("required");
      order.needs.push_back({.service = need.key,
                             .condition = std::string(text(need.value->find("condition"))),
                             .required = required == nullptr || truth(required)});
    }
  return order;
}

std::string create_body(const ServiceOrder& order, const Node& service, const Preparation& with) {
  return Body(order, service, with).write();
}

std::string fill_body(std::string_view image, std::string_view volume, std::string_view label) {
  const MountOrder mount{.kind = MountOrder::Kind::named, .target = std::string(kFillTarget)};
  const Preparation with{
      .image = std::string(image),
      .mounts = {{.order = &mount, .volume = std::string(volume), .fresh = true}},
      .label = label};
  parse::compose::Pool pool;
  Node service{.kind = NodeKind::map};
  Node* word = pool.make({.kind = NodeKind::text, .text = "/nothing"});
  Node* words = pool.make({.kind = NodeKind::list, .items = {word}});
  service.members.push_back({.key = "entrypoint", .value = words});
  return Body({}, service, with).write();
}

std::string image_body(const Preparation& with) {
  const Node nothing{.kind = NodeKind::map};
  return Body({}, nothing, with).write();
}

}  // namespace plimsoll::engineapi
