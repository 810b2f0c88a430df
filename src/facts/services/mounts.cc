// What a service's container sees of the host and of volumes: `volumes`, `tmpfs`, secrets, configs.
#include <charconv>

#include "base/concat.h"
#include "facts/services/reading.h"

namespace plimsoll::facts {
namespace {

std::optional<MountKind> mount_kind(std::string_view type) {
  if (type == "bind") return MountKind::bind;
  if (type == "volume") return MountKind::volume;
  if (type == "tmpfs") return MountKind::tmpfs;
  if (type == "image") return MountKind::image;
  if (type == "npipe") return MountKind::npipe;
  if (type == "cluster") return MountKind::cluster;
  return std::nullopt;
}

// "size=67108864,mode=1777", as `tmpfs:` in its short form would say it.
std::string_view tmpfs_options(Arena& arena, const Node& tmpfs) {
  std::string text;
  if (const Node* size = tmpfs.find("size"); is_stated(size))
    text = concat({"size=", text_of(*size)});
  if (const Node* mode = tmpfs.find("mode"); is_stated(mode))
    text += concat({text.empty() ? "" : ",", "mode=", text_of(*mode)});
  return arena.copy(text);
}

bool is_true(const Node* node) {
  return is_stated(node) && boolean_of(*node).value_or(false);
}

// Its place is its own even if the rest of the mount is not known; a text that is unknown says
// nothing.
void read_propagation(Arena& arena, const Node* node, Mount& mount) {
  if (!is_stated(node) || unknown_part(*node) != nullptr) return;
  mount.propagation = arena.copy(text_of(*node));
  mount.propagation_where = node->where;
}

std::optional<Mount> mount_of(Arena& arena, const Node& item) {
  const std::optional<MountKind> kind = mount_kind(text_of(item.find("type")));
  const Node* const target = item.find("target");
  if (!kind || target == nullptr) return std::nullopt;
  Mount mount{.kind = *kind};
  mount.source = arena.copy(text_of(item.find("source")));
  if (const Node* source = item.find("source"); is_stated(source))
    mount.source_where = source->where;
  mount.target = arena.copy(text_of(*target));
  mount.read_only = is_true(item.find("read_only"));
  // The long form says the kind itself; in the short one the whole text does.
  mount.short_form = item.find("type")->where == item.where;
  mount.create_host_path = *kind == MountKind::bind;
  if (const Node* bind = item.find("bind")) {
    read_propagation(arena, bind->find("propagation"), mount);
    const Node* const create = bind->find("create_host_path");
    if (create != nullptr && !boolean_of(*create).value_or(true)) mount.create_host_path = false;
  }
  if (const Node* tmpfs = item.find("tmpfs")) mount.options = tmpfs_options(arena, *tmpfs);
  return mount;
}

// "/run:size=64m,exec".
std::optional<Mount> tmpfs_of(Arena& arena, const Node& item) {
  const std::string_view text = arena.copy(text_of(item));
  if (text.empty()) return std::nullopt;
  const std::size_t colon = text.find(':');
  Mount mount{.kind = MountKind::tmpfs, .short_form = true};
  mount.target = text.substr(0, colon);
  if (colon != std::string_view::npos) mount.options = text.substr(colon + 1);
  return mount;
}

void read_volumes(const ServiceReading& reading) {
  Arena& arena = reading.arena();
  const FactList<Mount> volumes =
      list_of<Mount>(arena, reading.find("volumes"), reading.missing,
                     [&](const Node& item) { return mount_of(arena, item); });
  const FactList<Mount> tmpfs =
      list_of<Mount>(arena, reading.find("tmpfs"), reading.missing,
                     [&](const Node& item) { return tmpfs_of(arena, item); });
  std::vector<Fact<Mount>> items(volumes.items.begin(), volumes.items.end());
  items.insert(items.end(), tmpfs.items.begin(), tmpfs.items.end());
  reading.container.mounts = {.items = arena.copy(items),
                              .where = volumes.where,
                              .complete = volumes.complete && tmpfs.complete};
}

// Source: Compose specification, "secrets" and "configs" of a service.
std::string_view target_of(Arena& arena, std::string_view target, std::string_view name,
                           bool config) {
  if (target.starts_with('/')) return target;
  return arena.copy(concat({config ? "/" : "/run/secrets/", target.empty() ? name : target}));
}

// In octal, as it is mostly written: Compose has made it a number by now.
std::string_view mode_of(Arena& arena, const Node* mode) {
  const std::optional<std::int64_t> bits = is_stated(mode) ? integer_of(*mode) : std::nullopt;
  if (!bits || *bits < 0) return {};
  char text[24] = "0";
  const std::to_chars_result end = std::to_chars(text + 1, text + sizeof text, *bits, 8);
  return arena.copy(std::string_view(text, static_cast<std::size_t>(end.ptr - text)));
}

std::optional<SecretUse> secret_use(Arena& arena, const Node& item, const SecretsByName& secrets,
                                    bool config) {
  SecretUse use{.config = config};
  use.from = SecretUse::From::undefined;
  use.name = arena.copy(item.is(NodeKind::map) ? text_of(item.find("source")) : text_of(item));
  if (use.name.empty()) return std::nullopt;
  use.target = target_of(arena, arena.copy(text_of(item.find("target"))), use.name, config);
  use.mode = mode_of(arena, item.find("mode"));
  if (const auto found = secrets.find(use.name); found != secrets.end()) {
    use.from = found->second->from;
    use.file = found->second->file.value;
    if (!found->second->file.absent()) use.file_where = found->second->file.where;
  }
  return use;
}

void read_secrets(const ServiceReading& reading) {
  Arena& arena = reading.arena();
  const auto read = [&](std::string_view key, bool config) {
    const SecretsByName& secrets = config ? reading.in.configs : reading.in.secrets;
    return list_of<SecretUse>(arena, reading.find(key), reading.missing, [&](const Node& item) {
      return secret_use(arena, item, secrets, config);
    });
  };
  FactList<SecretUse>& list = reading.container.secrets;
  list = read("secrets", false);
  const FactList<SecretUse> configs = read("configs", true);
  if (configs.items.empty()) return;
  std::vector<Fact<SecretUse>> items(list.items.begin(), list.items.end());
  items.insert(items.end(), configs.items.begin(), configs.items.end());
  list.items = arena.copy(items);
}

}  // namespace

void read_mounts(const ServiceReading& reading) {
  read_volumes(reading);
  read_secrets(reading);
}

}  // namespace plimsoll::facts
