// Refuses what no schema can say: attributes that exclude each other, addresses that are none.
// Source: compose-go v2.16.2, validation/ (behaviour).
#include <array>
#include <span>

#include "base/concat.h"
#include "parse/compose/addresses.h"
#include "parse/compose/parts.h"

namespace plimsoll::parse::compose {
namespace {

// A volume that exists elsewhere is only named.
void check_volume(const Loading& in, const Node& volume, const std::string& path) {
  const Node* external = volume.find("external");
  if (external == nullptr || !external->is(NodeKind::boolean) || !external->boolean) return;
  for (const Member& member : volume.members) {
    if (member.key == "name" || member.key == "external" || member.key.starts_with("x-")) continue;
    in.refuse(*member.value, concat({path, R"(: conflicting parameters "external" and ")",
                                     member.key, "\" specified"}));
  }
}

// Secrets and configs come from one source.
void check_sources(const Loading& in, const Node& file, const std::string& path,
                   std::span<const std::string_view> keys) {
  std::string names;
  const Node* last = nullptr;
  unsigned count = 0;
  for (const std::string_view key : keys) {
    if (!names.empty()) names += '|';
    names += key;
    const Node* value = file.find(key);
    if (value == nullptr) continue;
    last = value;
    ++count;
  }
  if (count > 1) {
    in.refuse(*last, concat({path, ": ", names, " attributes are mutually exclusive"}));
  } else if (count == 0 && file.find("driver") == nullptr && file.find("external") == nullptr) {
    in.refuse(file, concat({path, ": one of ", names, " must be set"}));
  }
}

void check_address(const Loading& in, const Node& port, const std::string& path) {
  const Node* address = port.find("host_ip");
  if (address == nullptr || !address->is(NodeKind::text) || is_ip_address(address->text)) return;
  in.refuse(*address, concat({path, ".ports: invalid ip address: ", address->text}));
}

void check_request(const Loading& in, const Node& request, const std::string& path) {
  const Node* ids = request.find("device_ids");
  if (ids == nullptr || request.find("count") == nullptr) return;
  in.refuse(*ids, concat({path, R"(: "count" and "device_ids" attributes are exclusive)"}));
}

template <class Check>
void each_item(const Node* list, Check check) {
  if (list == nullptr) return;
  for (const Node* item : list->items) check(*item);
}

void check_service(const Loading& in, const Node& service, const std::string& path) {
  each_item(list_at(service, "ports"), [&](const Node& port) { check_address(in, port, path); });
  each_item(list_at(service, "gpus"),
            [&](const Node& request) { check_request(in, request, path + ".gpus"); });
  if (const Node* develop = map_at(service, "develop")) {
    each_item(list_at(*develop, "watch"), [&](const Node& rule) {
      const Node* watched = rule.find("path");
      if (watched != nullptr && watched->is(NodeKind::text) && watched->text.empty())
        in.refuse(*watched, concat({path, ".develop.watch.path: value can't be blank"}));
    });
  }
  const Node* node = &service;
  for (const std::string_view key : {"deploy", "resources", "reservations"}) {
    node = map_at(*node, key);
    if (node == nullptr) return;
  }
  each_item(list_at(*node, "devices"), [&](const Node& request) {
    check_request(in, request, path + ".deploy.resources.reservations.devices");
  });
}

template <class Check>
void each_resource(const Node& model, std::string_view section, Check check) {
  const Node* resources = map_at(model, section);
  if (resources == nullptr) return;
  for (const Member& member : resources->members)
    if (member.value->is(NodeKind::map)) check(*member.value, concat({section, ".", member.key}));
}

}  // namespace

void check_semantics(const Loading& in, Node& model) {
  constexpr std::array<std::string_view, 3> kSources{"file", "environment", "content"};
  each_resource(model, "volumes", [&](const Node& volume, const std::string& path) {
    check_volume(in, volume, path);
  });
  each_resource(model, "configs", [&](const Node& config, const std::string& path) {
    check_sources(in, config, path, kSources);
  });
  each_resource(model, "secrets", [&](const Node& secret, const std::string& path) {
    check_sources(in, secret, path, std::span(kSources).first(2));
  });
  each_resource(model, "services", [&](const Node& service, const std::string& path) {
    check_service(in, service, path);
  });
}

}  // namespace plimsoll::parse::compose
