// Sets what Compose takes where a file says nothing.
// Source: compose-go v2.16.2, transform/defaults.go (behaviour).
#include "base/concat.h"
#include "parse/compose/parts.h"

namespace plimsoll::parse::compose {
namespace {

void set_text(const Loading& in, Node& map, std::string_view key, std::string text) {
  if (map.is(NodeKind::map) && map.find(key) == nullptr)
    put(map, key, default_text(in, map, std::move(text)));
}

template <class Action>
void each_item(Node* list, Action action) {
  if (list == nullptr) return;
  for (Node* item : list->items) action(*item);
}

// All devices, unless they are counted or named.
void complete_request(const Loading& in, Node& request) {
  if (request.find("device_ids") == nullptr) set_text(in, request, "count", "all");
}

void complete_mount(const Loading& in, Node& mount) {
  Node* bind = map_at(mount, "bind");
  if (bind != nullptr && bind->find("create_host_path") == nullptr)
    put(*bind, "create_host_path", default_boolean(in, *bind, true));
}

void complete_deploy(const Loading& in, Node& deploy) {
  const Node* resources = map_at(deploy, "resources");
  const Node* reservations = resources == nullptr ? nullptr : map_at(*resources, "reservations");
  if (reservations == nullptr) return;
  each_item(list_at(*reservations, "devices"), [&](Node& item) { complete_request(in, item); });
}

}  // namespace

void set_defaults(const Loading& in, Node& model) {
  each_workload(model, [&](Node& workload, const std::string& path) {
    if (Node* build = map_at(workload, "build")) set_text(in, *build, "context", ".");
    each_item(list_at(workload, "secrets"), [&](Node& secret) {
      set_text(in, secret, "target", concat({"/run/secrets/", text_at(secret, "source")}));
    });
    each_item(list_at(workload, "ports"), [&](Node& port) {
      set_text(in, port, "protocol", "tcp");
      set_text(in, port, "mode", "ingress");
    });
    each_item(list_at(workload, "gpus"), [&](Node& item) { complete_request(in, item); });
    each_item(list_at(workload, "volumes"), [&](Node& mount) { complete_mount(in, mount); });
    Node* deploy = path.starts_with("services.") ? map_at(workload, "deploy") : nullptr;
    if (deploy != nullptr) complete_deploy(in, *deploy);
  });
}

}  // namespace plimsoll::parse::compose
