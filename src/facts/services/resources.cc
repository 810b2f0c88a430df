// Limits, devices and restarts of a service, as `docker compose up` works them out of the
// service's own keys and those of `deploy`.
// Source: docker/compose pkg/compose/create.go, getDeployResources and getRestartPolicy.
#include <charconv>

#include "facts/services/reading.h"

namespace plimsoll::facts {
namespace {

// A limit of `deploy` that is not 0 beats the service's own.
template <class T>
Fact<T> limit(const ServiceReading& reading, const Node* deployed, const Node* own,
              std::optional<T> (*read)(const Node&)) {
  const auto counts = [&](const Node* node) {
    return is_stated(node) && (node->unknown() || read(*node) != T{});
  };
  const Node* const node = counts(deployed) ? deployed : own;
  if (!is_stated(node)) return absent_at<T>(reading.missing);
  return fact_of<T>(reading.arena(), *node, read(*node));
}

// Source: Docker's documentation, "docker run --cpu-quota": the period is 100 ms unless set.
Fact<double> quota(const ServiceReading& reading, const Node& node) {
  constexpr double kDefaultPeriod = 100000;
  const Node* const period_node = reading.find("cpu_period");
  const bool has_period = is_stated(period_node);
  const double period = has_period ? number_of(*period_node).value_or(0) : kDefaultPeriod;
  std::optional<double> cpus = number_of(node);
  if (cpus && period > 0) *cpus /= period;
  Fact<double> fact = fact_of<double>(reading.arena(), node, cpus);
  if (fact.known() && has_period && period_node->unknown()) {
    fact.presence = Presence::unknown;
    fact.unknown_because = reading.arena().copy(period_node->unknown_because);
  }
  return fact;
}

void read_limits(const ServiceReading& reading) {
  Container& c = reading.container;
  const Node* const limits = find_path(reading.node, {"deploy", "resources", "limits"});
  reading.service.limits_in_deploy = is_stated(limits);
  reading.service.reserves_memory =
      is_stated(reading.find("mem_reservation")) || is_stated(reading.find("memswap_limit")) ||
      is_stated(find_path(reading.node, {"deploy", "resources", "reservations", "memory"}));
  for (const std::string_view key : {"cpu_count", "cpu_percent", "cpu_period", "cpu_quota"})
    reading.service.divides_processors |= is_stated(reading.find(key));
  const auto deployed = [&](std::string_view key) {
    return limits != nullptr ? limits->find(key) : nullptr;
  };
  c.memory_bytes =
      limit<std::int64_t>(reading, deployed("memory"), reading.find("mem_limit"), bytes_of);
  c.memory_swap_bytes = bytes_fact(reading, reading.find("memswap_limit"));
  c.pids = limit<std::int64_t>(reading, deployed("pids"), reading.find("pids_limit"), integer_of);
  c.cpus = limit<double>(reading, deployed("cpus"), reading.find("cpus"), number_of);
  const Node* const cpu_quota = reading.find("cpu_quota");
  if (c.cpus.absent() && is_stated(cpu_quota)) c.cpus = quota(reading, *cpu_quota);
}

struct LimitPair {
  std::string_view own, section, other, in_deploy;
  bool bytes = false;
};
constexpr LimitPair kLimitPairs[] = {
    {"cpus", "limits", "cpus", "limits.cpus"},
    {"mem_limit", "limits", "memory", "limits.memory", true},
    {"mem_reservation", "reservations", "memory", "reservations.memory", true},
    {"pids_limit", "limits", "pids", "limits.pids"},
};

// Processors have 32 bits in Compose; a size is compared in bytes.
double amount(const Node* node, const LimitPair& pair) {
  if (!is_stated(node)) return 0;
  if (pair.bytes) return static_cast<double>(bytes_of(*node).value_or(0));
  return static_cast<double>(static_cast<float>(number_of(*node).value_or(0)));
}

// What `deploy` leaves out counts as 0 once it has the section.
// Source: compose-go v2.16.2, loader/validate.go.
void read_limit_conflicts(const ServiceReading& reading) {
  FactList<LimitConflict>& list = reading.service.limit_conflicts;
  list.where = reading.missing;
  std::vector<Fact<LimitConflict>> items;
  for (const LimitPair& pair : kLimitPairs) {
    const Node* const own = reading.find(pair.own);
    const Node* const section = find_path(reading.node, {"deploy", "resources", pair.section});
    if (!is_stated(own) || !is_stated(section) || amount(own, pair) == 0) continue;
    const Node* const other = section->find(pair.other);
    if (own->unknown() || section->unknown() || (other != nullptr && other->unknown())) continue;
    if (amount(own, pair) == amount(other, pair)) continue;
    const LimitConflict conflict{.key = pair.own,
                                 .in_deploy = pair.in_deploy,
                                 .other = is_stated(other) ? other->where : section->where};
    items.push_back(fact_of(reading.arena(), *own, conflict));
  }
  list.items = reading.arena().copy(items);
}

// "on-failure:5".
std::optional<Restart> restart_of(std::string_view text) {
  Restart restart;
  const std::size_t colon = text.find(':');
  const std::string_view name = text.substr(0, colon);
  if (name == "no" || name.empty()) {
    restart.policy = Restart::Policy::no;
  } else if (name == "always") {
    restart.policy = Restart::Policy::always;
  } else if (name == "unless-stopped") {
    restart.policy = Restart::Policy::unless_stopped;
  } else if (name == "on-failure") {
    restart.policy = Restart::Policy::on_failure;
  } else {
    return std::nullopt;
  }
  if (colon == std::string_view::npos) return restart;
  const std::string_view count = text.substr(colon + 1);
  const std::from_chars_result read =
      std::from_chars(count.data(), count.data() + count.size(), restart.attempts);
  if (read.ec != std::errc{} || read.ptr != count.data() + count.size()) return std::nullopt;
  return restart;
}

// `deploy.restart_policy`, which beats `restart`.
std::optional<Restart> restart_of_policy(const Node& node) {
  Restart restart{.policy = Restart::Policy::always};
  const std::string_view condition = text_of(node.find("condition"));
  if (condition == "none") restart.policy = Restart::Policy::no;
  if (condition == "on-failure") restart.policy = Restart::Policy::on_failure;
  if (condition == "unless-stopped") restart.policy = Restart::Policy::unless_stopped;
  if (const Node* attempts = node.find("max_attempts"); is_stated(attempts)) {
    const std::optional<std::int64_t> count = integer_of(*attempts);
    if (!count || *count < 0 || *count > UINT32_MAX) return std::nullopt;
    restart.attempts = static_cast<std::uint32_t>(*count);
  }
  return restart;
}

Fact<Restart> restart_fact(const ServiceReading& reading) {
  const Node* const policy = find_path(reading.node, {"deploy", "restart_policy"});
  if (is_stated(policy))
    return fact_of<Restart>(reading.arena(), *policy, restart_of_policy(*policy));
  const Node* const own = reading.find("restart");
  if (!is_stated(own)) return absent_at<Restart>(reading.missing);
  // `restart: no` without quotes may have become a Boolean.
  const std::string_view text = own->is(NodeKind::boolean) ? "no" : text_of(*own);
  return fact_of<Restart>(reading.arena(), *own, restart_of(text));
}

std::optional<Ulimit> ulimit_of(const Node& node) {
  Ulimit ulimit;
  if (!node.is(NodeKind::map)) {
    const std::optional<std::int64_t> both = integer_of(node);
    if (!both) return std::nullopt;
    ulimit.soft = ulimit.hard = *both;
    return ulimit;
  }
  const Node* const single = node.find("single");
  const Node* const soft = is_stated(single) ? single : node.find("soft");
  const Node* const hard = is_stated(single) ? single : node.find("hard");
  if (is_stated(soft)) ulimit.soft = integer_of(*soft).value_or(0);
  if (is_stated(hard)) ulimit.hard = integer_of(*hard).value_or(0);
  return ulimit;
}

void read_ulimits(const ServiceReading& reading) {
  FactList<Ulimit>& list = reading.container.ulimits;
  list.where = reading.missing;
  const Node* const node = reading.find("ulimits");
  if (!is_stated(node)) return;
  list.where = node->where;
  std::vector<Fact<Ulimit>> items;
  items.reserve(node->members.size());
  for (const parse::compose::Member& member : node->members) {
    Fact<Ulimit> fact = fact_of<Ulimit>(reading.arena(), *member.value, ulimit_of(*member.value));
    fact.value.name = reading.arena().copy(member.key);
    items.push_back(fact);
  }
  list.items = reading.arena().copy(items);
}

std::optional<Device> device_of(Arena& arena, const Node& item) {
  Device device{.source = {}, .target = {}, .permissions = "rwm"};
  if (item.is(NodeKind::map)) {
    device.source = arena.copy(text_of(item.find("source")));
    device.target = arena.copy(text_of(item.find("target")));
    const std::string_view permissions = text_of(item.find("permissions"));
    if (!permissions.empty()) device.permissions = arena.copy(permissions);
  } else {
    device.source = arena.copy(text_of(item));
  }
  if (device.target.empty()) device.target = device.source;
  return device.source.empty() ? std::nullopt : std::optional(device);
}

// How many of a request's devices there are: "all", "2", or their ids.
std::string_view device_count(Arena& arena, const Node& request) {
  if (const Node* ids = request.find("device_ids"); is_stated(ids) && !ids->items.empty()) {
    std::string text;
    for (const Node* id : ids->items) {
      if (!text.empty()) text += ',';
      text += text_of(*id);
    }
    return arena.copy(text);
  }
  const Node* const count = request.find("count");
  if (!is_stated(count) || text_of(*count) == "all" || integer_of(*count) == -1) return "all";
  return arena.copy(std::to_string(integer_of(*count).value_or(0)));
}

bool asks_for_gpu(const Node& request) {
  const Node* const capabilities = request.find("capabilities");
  if (capabilities == nullptr) return false;
  for (const Node* capability : capabilities->items)
    if (text_of(*capability) == "gpu") return true;
  return false;
}

Fact<std::string_view> gpus_fact(const ServiceReading& reading) {
  Arena& arena = reading.arena();
  const Node* const gpus = reading.find("gpus");
  if (is_stated(gpus) && gpus->is(NodeKind::list) && !gpus->items.empty())
    return fact_of<std::string_view>(arena, *gpus, device_count(arena, *gpus->items.front()));
  if (is_stated(gpus) && gpus->is(NodeKind::text)) return text_fact(reading, gpus);
  const Node* const reserved =
      find_path(reading.node, {"deploy", "resources", "reservations", "devices"});
  if (is_stated(reserved))
    for (const Node* request : reserved->items)
      if (asks_for_gpu(*request))
        return fact_of<std::string_view>(arena, *request, device_count(arena, *request));
  return absent_at<std::string_view>(reading.missing);
}

}  // namespace

void read_resources(const ServiceReading& reading) {
  Container& c = reading.container;
  read_limits(reading);
  read_limit_conflicts(reading);
  c.oom_score_adjustment = integer_fact(reading, reading.find("oom_score_adj"));
  c.restart = restart_fact(reading);
  read_ulimits(reading);
  c.devices = list_of<Device>(reading.arena(), reading.find("devices"), reading.missing,
                              [&](const Node& item) { return device_of(reading.arena(), item); });
  c.gpus = gpus_fact(reading);
}

}  // namespace plimsoll::facts
