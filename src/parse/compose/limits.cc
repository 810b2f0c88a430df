// Refuses limits that a service says in two ways which do not agree. If `deploy` has limits, what
// it leaves out counts as 0, so a service's own limit beside them is refused, too.
#include <optional>

#include "base/concat.h"
#include "parse/compose/consistency.h"
#include "parse/compose/parts.h"

namespace plimsoll::parse::compose {
namespace {

double number(const Node* node) {
  if (node == nullptr) return 0;
  // Limits of processors have 32 bits in Compose.
  return node->is(NodeKind::real) ? static_cast<double>(static_cast<float>(node->real))
                                  : static_cast<double>(node->integer);
}

struct Pair {
  std::string_view own, section, other;
};

void check_pair(const Loading& in, const std::string& name, const Node& service, const Pair& pair) {
  const Node* own = service.find(pair.own);
  const Node* deploy = map_at(service, "deploy");
  const Node* resources = deploy == nullptr ? nullptr : map_at(*deploy, "resources");
  const Node* section = resources == nullptr ? nullptr : map_at(*resources, pair.section);
  if (own == nullptr || section == nullptr || number(own) == 0) return;
  if (number(own) == number(section->find(pair.other))) return;
  in.refuse(*own, concat({"services.", name, ": can't set distinct values on '", pair.own,
                          "' and 'deploy.resources.", pair.section, ".", pair.other, "'"}));
}

// A number that is there, be it 0.
std::optional<std::int64_t> count(const Node* node) {
  if (node == nullptr || !node->is(NodeKind::integer)) return std::nullopt;
  return node->integer;
}

void check_scale(const Loading& in, const std::string& name, Node* scale, Node* replicas) {
  const std::optional<std::int64_t> own = count(scale), other = count(replicas);
  if (own && other && *own != *other) {
    in.refuse(*scale, concat({"services.", name,
                              ": can't set distinct values on 'scale' and 'deploy.replicas'"}));
  }
  if (own && *own < 0) {
    in.refuse(*scale, concat({"services.", name, ".scale: must be greater than or equal to 0"}));
  } else if (other && *other < 0) {
    in.refuse(*replicas,
              concat({"services.", name, ".deploy.replicas: must be greater than or equal to 0"}));
  }
}

}  // namespace

void check_limits(const Loading& in, const std::string& name, const Node& service) {
  Node* deploy = map_at(service, "deploy");
  Node* scale = service.find("scale");
  Node* replicas = deploy == nullptr ? nullptr : deploy->find("replicas");
  check_scale(in, name, scale, replicas);
  // From here on they are the same: `scale` says it for both.
  if (count(scale) && deploy != nullptr) put(*deploy, "replicas", scale);
  check_pair(in, name, service, {"cpus", "limits", "cpus"});
  check_pair(in, name, service, {"mem_limit", "limits", "memory"});
  check_pair(in, name, service, {"mem_reservation", "reservations", "memory"});
  check_pair(in, name, service, {"pids_limit", "limits", "pids"});
  const std::int64_t copies = count(scale).value_or(count(replicas).value_or(1));
  if (copies > 1 && !text_at(service, "container_name").empty()) {
    in.refuse(
        *service.find("container_name"),
        concat({"services.", name, ": can't set container_name and ",
                count(scale) ? "scale" : "deploy.replicas", " as container name must be unique"}));
  }
}

}  // namespace plimsoll::parse::compose
