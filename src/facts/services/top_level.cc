// What stands beside the services: networks, volumes, secrets and configs.
#include "facts/services/reading.h"

namespace plimsoll::facts {
namespace {

using parse::compose::Member;

// The members of a top-level section that somebody wrote.
template <class T, class Read>
void read_section(const ProjectReading& in, std::string_view key, std::vector<T>& out, Read read) {
  const Node* const section = in.given.model->find(key);
  if (section == nullptr) return;
  out.reserve(out.size() + section->members.size());
  for (const Member& member : section->members)
    if (member.value->written) out.push_back(read(member));
}

Fact<std::string_view> text_in(const ProjectReading& in, const Node& node, std::string_view key,
                               text::Place missing) {
  const Node* const found = node.find(key);
  if (!is_stated(found)) return absent_at<std::string_view>(missing);
  return fact_of<std::string_view>(in.arena, *found, in.arena.copy(text_of(*found)));
}

bool is_external(const Node& node) {
  const Node* const external = node.find("external");
  if (!is_stated(external)) return false;
  return external->is(NodeKind::map) || boolean_of(*external).value_or(false);
}

Network network_of(const ProjectReading& in, const Member& member) {
  const Node& node = *member.value;
  Network network{.name = in.arena.copy(member.key), .where = member.where};
  network.driver = text_in(in, node, "driver", member.where);
  const Node* const internal = node.find("internal");
  network.internal = is_stated(internal) && boolean_of(*internal).value_or(false);
  network.external = is_external(node);
  return network;
}

Volume volume_of(const ProjectReading& in, const Member& member) {
  const Node& node = *member.value;
  Volume volume{.name = in.arena.copy(member.key), .where = member.where};
  volume.driver = text_in(in, node, "driver", member.where);
  volume.options = variables_of(in.arena, node.find("driver_opts"), member.where);
  volume.external = is_external(node);
  return volume;
}

// Source: Compose specification, "secrets" and "configs" top-level elements.
SecretUse::From source_of(const Secret& secret, const Node& node) {
  using enum SecretUse::From;
  if (is_external(node)) return external;
  if (!secret.file.absent()) return file;
  if (!secret.environment.absent()) return environment;
  if (!secret.content.absent()) return content;
  const bool by_driver = is_stated(node.find("driver")) || is_stated(node.find("template_driver"));
  return by_driver ? driver : undefined;
}

std::string_view path_of(const ProjectReading& in, const Secret& secret) {
  if (!secret.file.known()) return {};
  return absolute_path(in.arena, in.project.directory, secret.file.value);
}

Secret secret_of(const ProjectReading& in, const Member& member, bool config) {
  const Node& node = *member.value;
  Secret secret{.name = in.arena.copy(member.key), .where = member.where};
  secret.file = text_in(in, node, "file", member.where);
  secret.environment = text_in(in, node, "environment", member.where);
  secret.content = text_in(in, node, "content", member.where);
  secret.config = config;
  secret.from = source_of(secret, node);
  secret.path = path_of(in, secret);
  return secret;
}

}  // namespace

void read_top_level(ProjectReading& in) {
  std::vector<Network> networks;
  read_section(in, "networks", networks, [&](const Member& m) { return network_of(in, m); });
  in.project.networks = in.arena.copy(networks);
  std::vector<Volume> volumes;
  read_section(in, "volumes", volumes, [&](const Member& m) { return volume_of(in, m); });
  in.project.volumes = in.arena.copy(volumes);
  std::vector<Secret> secrets;
  read_section(in, "secrets", secrets, [&](const Member& m) { return secret_of(in, m, false); });
  read_section(in, "configs", secrets, [&](const Member& m) { return secret_of(in, m, true); });
  in.project.secrets = in.arena.copy(secrets);
  for (const Secret& secret : in.project.secrets)
    (secret.config ? in.configs : in.secrets).emplace(secret.name, &secret);
}

}  // namespace plimsoll::facts
