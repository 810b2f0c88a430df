// Which lists have keys, and what the key of an entry is.
// Source: compose-go v2.16.2, override/uncity.go and format/volume.go.
#include "parse/compose/unicity.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/ascii.h"
#include "base/concat.h"
#include "parse/compose/loader.h"
#include "parse/compose/nodes.h"

namespace plimsoll::parse::compose {

std::optional<std::string> key_of_pair(const Node& entry, std::string& reason) {
  if (!entry.is(NodeKind::text)) {
    reason = "has to be a text";
    return std::nullopt;
  }
  return entry.text.substr(0, entry.text.find('='));
}

static std::optional<std::string> text_of(const Node& map, std::string_view key,
                                          std::string& reason) {
  const Node* value = map.find(key);
  if (value != nullptr && value->is(NodeKind::text)) return value->text;
  reason = concat({"has no ", key});
  return std::nullopt;
}

// The part of "[source:]target[:options]" that is the target, or why there is none. One letter
// before a colon is a drive of Windows, and what stands in ${} has no colons.
static std::optional<std::string> volume_target(std::string_view spec, std::string& reason) {
  if (spec.empty()) reason = "is empty";
  if (spec.empty()) return std::nullopt;
  if (spec.size() <= 2) return std::string(spec);
  std::vector<std::string> parts(1);
  std::size_t depth = 0;
  for (std::size_t i = 0; i < spec.size(); ++i) {
    const char c = spec[i];
    std::string& part = parts.back();
    const bool is_drive = c == ':' && part.size() == 1 && (is_lower(part[0]) || is_upper(part[0]));
    if (c == '$' && i + 1 < spec.size() && spec[i + 1] == '{') {
      ++depth;
    } else if (c == '}' && depth > 0) {
      --depth;
    } else if (c == ':' && depth == 0 && !is_drive) {
      if (part.empty() || parts.size() == 3) {
        reason = part.empty() ? "has nothing between two colons" : "has too many colons";
        return std::nullopt;
      }
      parts.emplace_back();
      continue;
    }
    part += c;
  }
  if (parts.back().empty()) reason = "has nothing between two colons";
  if (parts.back().empty()) return std::nullopt;
  if (depth > 0) parts.pop_back();  // a ${ that does not end: no part does
  if (parts.empty()) return std::string();
  return parts.size() == 1 ? parts[0] : parts[1];
}

static std::optional<std::string> key_of_volume(const Node& entry, std::string& reason) {
  if (entry.is(NodeKind::map)) return text_of(entry, "target", reason);
  return entry.is(NodeKind::text) ? volume_target(entry.text, reason) : std::string();
}

static std::optional<std::string> key_of_device(const Node& entry, std::string& reason) {
  if (entry.is(NodeKind::map)) return text_of(entry, "target", reason);
  if (!entry.is(NodeKind::text)) return std::string();
  const std::size_t colon = entry.text.find(':');
  if (colon == std::string::npos) return entry.text;
  return entry.text.substr(colon + 1, entry.text.find(':', colon + 1) - colon - 1);
}

static std::optional<std::string> key_of_exposed(const Node& entry, std::string& reason) {
  if (entry.is(NodeKind::text) || entry.is(NodeKind::integer)) return go_text(entry);
  reason = "has to be a port";
  return std::nullopt;
}

static std::optional<std::string> key_of_mount(const Node& entry, std::string_view directory,
                                               std::string& reason) {
  if (entry.is(NodeKind::text)) return concat({directory, "/", entry.text});
  if (!entry.is(NodeKind::map)) {
    reason = "has to be a name or a mapping";
    return std::nullopt;
  }
  if (entry.find("target") != nullptr) return text_of(entry, "target", reason);
  const Node* source = entry.find("source");
  return concat({directory, "/", source == nullptr ? "<nil>" : go_text(*source)});
}

static std::optional<std::string> key_of_secret(const Node& entry, std::string& reason) {
  return key_of_mount(entry, "/run/secrets", reason);
}

static std::optional<std::string> key_of_config(const Node& entry, std::string& reason) {
  return key_of_mount(entry, "", reason);
}

// Types count: "80" and 80 are other keys, as Go prints them.
static std::optional<std::string> key_of_port(const Node& entry, std::string& reason) {
  if (entry.is(NodeKind::integer) || entry.is(NodeKind::text)) return go_text(entry);
  if (!entry.is(NodeKind::map)) return std::string();
  const Node* target = entry.find("target");
  if (target == nullptr) {
    reason = "has no target port";
    return std::nullopt;
  }
  const auto part = [&](std::string_view key, const char* otherwise) {
    const Node* value = entry.find(key);
    return value == nullptr ? std::string(otherwise) : fingerprint(*value);
  };
  const Node host{.kind = NodeKind::text, .text = "0.0.0.0"};
  const Node protocol{.kind = NodeKind::text, .text = "tcp"};
  return concat({part("host_ip", fingerprint(host).c_str()), ":", part("published", "n"), ":",
                 fingerprint(*target), "/", part("protocol", fingerprint(protocol).c_str())});
}

static std::optional<std::string> key_of_env_file(const Node& entry, std::string& reason) {
  if (entry.is(NodeKind::text)) return entry.text;
  return entry.is(NodeKind::map) ? text_of(entry, "path", reason) : std::string();
}

namespace {

struct Keyed {
  Pattern path;
  KeyOf key_of;
};

// clang-format off
constexpr std::array kKeyed = std::to_array<Keyed>({
    {"networks.*.labels", key_of_pair},
    {"networks.*.ipam.options", key_of_pair},
    {"services.*.annotations", key_of_pair},
    {"services.*.build.args", key_of_pair},
    {"services.*.build.additional_contexts", key_of_pair},
    {"services.*.build.platform", key_of_pair},
    {"services.*.build.tags", key_of_pair},
    {"services.*.build.labels", key_of_pair},
    {"services.*.cap_add", key_of_pair},
    {"services.*.cap_drop", key_of_pair},
    {"services.*.configs", key_of_config},
    {"services.*.deploy.labels", key_of_pair},
    {"services.*.devices", key_of_device},
    {"services.*.dns", key_of_pair},
    {"services.*.dns_opt", key_of_pair},
    {"services.*.dns_search", key_of_pair},
    {"services.*.environment", key_of_pair},
    {"services.*.env_file", key_of_env_file},
    {"services.*.expose", key_of_exposed},
    {"services.*.labels", key_of_pair},
    {"services.*.links", key_of_pair},
    {"services.*.networks.*.aliases", key_of_pair},
    {"services.*.networks.*.link_local_ips", key_of_pair},
    {"services.*.ports", key_of_port},
    {"services.*.profiles", key_of_pair},
    {"services.*.secrets", key_of_secret},
    {"services.*.sysctls", key_of_pair},
    {"services.*.tmpfs", key_of_pair},
    {"services.*.volumes", key_of_volume},
});
// clang-format on

}  // namespace

std::vector<Node*> unique_items(const Loading& in, const std::vector<Node*>& items, KeyOf key_of,
                                const Path& path) {
  std::vector<Node*> unique;
  std::unordered_map<std::string, std::size_t> seen;
  unique.reserve(items.size());
  for (Node* item : items) {
    std::string reason;
    std::optional<std::string> key = key_of(*item, reason);
    if (!key) {
      in.refuse(*item, concat({"an entry of ", path.text(), " ", reason}));
      continue;
    }
    const auto [at, is_new] = seen.emplace(std::move(*key), unique.size());
    if (is_new) {
      unique.push_back(item);
      continue;
    }
    const Node& before = *unique[at->second];
    if (before.written && item->via.size() < kMaxSteps)
      item->via.push_back({Step::Kind::overrides, before.where});
    unique[at->second] = item;
  }
  return unique;
}

static Node* pair_of(const Loading& in, std::string_view key, const Node& value,
                     const Member& member) {
  Node* pair = in.make();
  pair->kind = NodeKind::text;
  pair->text = value.is(NodeKind::null) ? std::string(key) : concat({key, "=", go_text(value)});
  if (!value.raw.empty()) pair->raw = concat({key, "=", value.raw});
  pair->where = value.is(NodeKind::null) ? member.where : value.where;
  pair->written = value.written;
  pair->editable = value.editable;
  pair->via = value.via;
  pair->unknown_because = value.unknown_because;
  return pair;
}

std::vector<Node*> to_items(const Loading& in, const Node& node) {
  if (node.is(NodeKind::list)) return node.items;
  std::vector<Node*> items;
  if (node.is(NodeKind::text)) items.push_back(in.make(node));
  for (const Member& member : node.members) {
    if (!member.value->is(NodeKind::list)) {
      items.push_back(pair_of(in, member.key, *member.value, member));
      continue;
    }
    for (const Node* value : member.value->items) {
      items.push_back(pair_of(in, member.key, *value, member));
      if (value->is(NodeKind::null)) items.back()->text += "=<nil>";
    }
  }
  if (node.is(NodeKind::map)) std::ranges::stable_sort(items, {}, &Node::text);
  return items;
}

static void walk(const Loading& in, Node& node, Path& path) {
  for (const Member& member : node.members) {
    const Down down(path, member.key);
    walk(in, *member.value, path);
  }
  if (node.items.empty()) return;
  const auto* keyed =
      std::ranges::find_if(kKeyed, [&](const Keyed& entry) { return path.matches(entry.path); });
  if (keyed != kKeyed.end()) node.items = unique_items(in, node.items, keyed->key_of, path);
}

void enforce_unicity(const Loading& in, Node& model) {
  Path path;
  walk(in, model, path);
}

}  // namespace plimsoll::parse::compose
