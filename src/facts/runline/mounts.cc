// Options about storage: volumes, mounts, memory disks, devices.
// Source: docker/cli opts/mount.go, cli/compose/loader/volume.go, cli/command/container/opts.go
// (parseDevice, validateLinuxPath); Docker docs, "Bind mounts".
#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "facts/runline/reading.h"

namespace plimsoll::facts {
namespace {

bool starts_with_hole(const Word& word) {
  return !word.holes.empty() && word.holes.front().begin == 0;
}

// "$PWD", "$(pwd)/data", "${DATA_DIR}": a variable that surely or most likely holds a path.
bool holds_path(const Word& word) {
  const std::uint32_t end = word.holes.front().end;
  if (end < word.text.size()) return word.text[end] == '/';
  const std::string hole = lower(word.text.substr(0, end));
  for (const std::string_view part : {"pwd", "home", "dir", "path", "folder", "root", "workspace"})
    if (hole.find(part) != std::string::npos) return true;
  return false;
}

bool is_drive(std::string_view text) {
  return text.size() == 1 && (is_lower(text[0]) || is_upper(text[0]));
}

bool is_path(const Word& source) {
  if (starts_with_hole(source)) return holds_path(source);
  const std::string_view text = source.text;
  return text.starts_with('/') || text.starts_with('.') || text.starts_with('~') ||
         text.starts_with("\\\\") ||
         (text.size() > 1 && text[1] == ':' && is_drive(text.substr(0, 1)));
}

bool is_propagation(std::string_view text) {
  constexpr std::string_view kNames[] = {"private", "rprivate", "rshared",
                                         "rslave",  "shared",   "slave"};
  return std::ranges::binary_search(kNames, text);
}

// A single letter before a colon is a Windows drive.
std::vector<Word> join_drives(const Word& word, std::vector<Word> parts, Arena& arena) {
  std::vector<Word> joined;
  joined.reserve(parts.size());
  std::size_t at = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::size_t size = parts[i].text.size();
    const bool drive = i + 1 < parts.size() && parts[i].known() && is_drive(parts[i].text) &&
                       (parts[i + 1].text.starts_with('\\') || parts[i + 1].text.starts_with('/'));
    if (drive) size += 1 + parts[++i].text.size();
    joined.push_back(part_of(word, at, arena, size));
    at += size + 1;
  }
  return joined;
}

void read_volume_options(const Word& options, Mount& mount, Arena& arena) {
  for (const Word& field : split(options, ',', arena)) {
    if (field.text == "ro") mount.read_only = true;
    if (field.text == "rw") mount.read_only = false;
    if (is_propagation(field.text)) mount.propagation = field.text;
  }
}

// [source:]target[:options]
void read_volume(RunReading& in, const Option& option) {
  const Word& word = option.value;
  const std::vector<Word> parts = join_drives(word, split(word, ':', in.arena), in.arena);
  if (word.text.empty()) return in.refuse(option, "names no path");
  if (parts.size() > 3) return in.refuse(option, "has too many colons");
  Mount mount{.kind = MountKind::volume, .short_form = true};
  if (parts.size() == 1) {
    mount.target = word.text;  // an anonymous volume on disk, not a memory disk
    in.lists.mounts.push_back(stated(in, option, mount));
    return;
  }
  const Word& source = parts[0];
  mount.source = source.text;
  mount.target = parts[1].text;
  if (mount.source.empty() || mount.target.empty()) return in.refuse(option, "has an empty part");
  const bool path = is_path(source);
  if (path) {
    mount.kind = MountKind::bind;
    mount.create_host_path = true;
  }
  if (parts.size() == 3) read_volume_options(parts[2], mount, in.arena);
  // A path below a known folder is known well enough to be judged; a lone variable is not.
  const bool known = word.known() || (path && parts[1].known());
  in.lists.mounts.push_back(stated(in, option, mount, known));
}

std::optional<MountKind> read_kind(std::string_view text) {
  constexpr std::string_view kNames[] = {"bind", "volume", "tmpfs", "image", "npipe", "cluster"};
  const auto found = std::ranges::find(kNames, lower(text));
  if (found == std::end(kNames)) return std::nullopt;
  return static_cast<MountKind>(found - std::begin(kNames));
}

// One field of --mount; a clause if it is refused. `tmpfs` gathers what becomes its options.
std::string_view read_mount_field(const KeyValue& pair, Mount& mount, std::string& tmpfs) {
  const std::string key = lower(pair.key.text);
  const std::string_view value = pair.value.text;
  if (key == "readonly" || key == "ro" || key == "volume-nocopy" || key == "bind-create-src") {
    const std::optional<bool> truth = pair.has_value ? read_truth(value) : true;
    if (!truth) return "has a switch that is neither true nor false";
    if (key == "readonly" || key == "ro") mount.read_only = *truth;
    if (key == "bind-create-src") mount.create_host_path = *truth;
    return {};
  }
  if (!pair.has_value) return "is no list of name=value";
  if (key == "type") {
    if (!pair.value.known()) return {};
    const std::optional<MountKind> kind = read_kind(value);
    if (!kind) return "has a type that does not exist";
    mount.kind = *kind;
  } else if (key == "source" || key == "src") {
    mount.source = value;
  } else if (key == "target" || key == "dst" || key == "destination") {
    mount.target = value;
  } else if (key == "bind-propagation") {
    mount.propagation = value;
  } else if (key == "tmpfs-size" || key == "tmpfs-mode") {
    tmpfs += (tmpfs.empty() ? "" : ",") + key.substr(6) + "=" + std::string(value);
  } else {
    constexpr std::string_view kOthers[] = {"bind-nonrecursive", "bind-recursive", "consistency",
                                            "image-subpath",     "volume-driver",  "volume-label",
                                            "volume-opt",        "volume-subpath"};
    if (!std::ranges::binary_search(kOthers, key)) return "has a key that does not exist";
  }
  return {};
}

// "volume-nocopy" belongs to volumes alone, "bind-…" and "tmpfs-…" to theirs.
bool is_of_other_kind(std::string_view key, MountKind kind) {
  return (key.starts_with("volume-") && kind != MountKind::volume) ||
         (key.starts_with("bind-") && kind != MountKind::bind) ||
         (key.starts_with("tmpfs-") && kind != MountKind::tmpfs) ||
         (key.starts_with("image-") && kind != MountKind::image);
}

void read_mount(RunReading& in, const Option& option) {
  const std::optional<std::vector<Word>> fields = split_csv(option.value, in.arena);
  if (!fields) return in.refuse(option, "has a quote where none may stand");
  Mount mount;
  std::string tmpfs;
  for (const Word& field : *fields) {
    if (field.known() && field.text.find_first_of(" \t\n") == 0)
      return in.refuse(option, "has a blank before a key");
    const std::string_view problem = read_mount_field(split_key(field, in.arena), mount, tmpfs);
    if (!problem.empty()) return in.refuse(option, problem);
  }
  for (const Word& field : *fields) {
    if (is_of_other_kind(lower(split_key(field, in.arena).key.text), mount.kind))
      return in.refuse(option, "has a key of another type of mount");
  }
  mount.options = in.arena.copy(tmpfs);
  if (mount.target.empty()) return in.refuse(option, "names no target");
  if (mount.kind == MountKind::bind && mount.source.empty())
    return in.refuse(option, "names no source");
  const bool known = option.value.known() || (mount.kind == MountKind::bind &&
                                              mount.target.find('$') == std::string_view::npos);
  in.lists.mounts.push_back(stated(in, option, mount, known));
}

// path[:options]
void read_tmpfs(RunReading& in, const Option& option) {
  const std::vector<Word> parts = split(option.value, ':', in.arena);
  if (parts[0].text.empty()) return in.refuse(option, "names no path");
  Mount mount{.kind = MountKind::tmpfs, .target = parts[0].text, .short_form = true};
  if (parts.size() > 1) {
    mount.options = option.value.text.substr(parts[0].text.size() + 1);
    mount.read_only = std::ranges::any_of(split(parts[1], ',', in.arena),
                                          [](const Word& w) { return w.text == "ro"; });
  }
  in.lists.mounts.push_back(stated(in, option, mount));
}

// Each of r, w, m once at most.
bool is_device_mode(std::string_view text) {
  if (text.empty() || text.find_first_not_of("rwm") != std::string_view::npos) return false;
  return std::ranges::count(text, 'r') < 2 && std::ranges::count(text, 'w') < 2 &&
         std::ranges::count(text, 'm') < 2;
}

// path[:path][:permissions], or a CDI name: vendor/class=device
void read_device(RunReading& in, const Option& option) {
  const Word& word = option.value;
  if (!word.text.starts_with('/') && !starts_with_hole(word) &&
      word.text.find('=') != std::string_view::npos) {
    in.lists.devices.push_back(stated(in, option, Device{.source = word.text}));
    return;
  }
  const std::vector<Word> parts = split(word, ':', in.arena);
  if (parts.size() > 3 || parts[0].text.empty()) return in.refuse(option, "names no device");
  Device device{.source = parts[0].text, .target = parts[0].text, .permissions = "rwm"};
  if (parts.size() == 2 && is_device_mode(parts[1].text)) {
    device.permissions = parts[1].text;
  } else if (parts.size() >= 2) {
    device.target = parts[1].text;
  }
  if (parts.size() == 3) {
    if (parts[2].known() && !is_device_mode(parts[2].text))
      return in.refuse(option, "has permissions other than r, w and m");
    device.permissions = parts[2].text;
  }
  in.lists.devices.push_back(stated(in, option, device));
}

constexpr OptionReader kMountOptions[] = {
    {"device", read_device}, {"device-cgroup-rule", list_option<&RunLists::device_rules>},
    {"mount", read_mount},   {"tmpfs", read_tmpfs},
    {"volume", read_volume}, {"volumes-from", list_option<&RunLists::volumes_from>},
};

}  // namespace

std::span<const OptionReader> storage_options() {
  return kMountOptions;
}

}  // namespace plimsoll::facts
