// What the rules about mounts share: the folders of the host that a container gets, under whatever
// name.
#pragma once
#include <string_view>

#include "facts/project.h"

namespace plimsoll::rules::storage {

// Does the folder belong to the project itself? `./config` is, wherever the project lies.
inline bool in_project(const facts::Container& c, std::string_view path) {
  if (c.project == nullptr) return path.starts_with("./");
  const std::string_view folder = c.project->directory;
  return folder.size() > 1 && path.starts_with(folder) &&
         (path.size() == folder.size() || path[folder.size()] == '/');
}

struct HostFolder {
  std::string_view path{};
  text::Place where{};
  bool read_only = false;
  bool by_volume = false;  // a named volume that is a folder of the host
};

// A local volume with `device:` is a folder of the host under another name.
template <class Visit>
void for_each_device(const facts::Project& project, const facts::Mount& mount, Visit visit) {
  for (const facts::Volume& volume : project.volumes) {
    if (volume.name != mount.source || volume.external) continue;
    if (volume.driver.known() && volume.driver.value != "local") continue;
    for (const facts::Fact<facts::Variable>& option : volume.options.items)
      if (option.known() && option.value.name == "device" && option.value.text.starts_with('/'))
        visit(HostFolder{option.value.text, option.where, mount.read_only, true});
  }
}

// Calls `visit` for each folder or file of the host, secrets' and configs' files included.
template <class Visit>
void for_each_host_folder(const facts::Container& c, Visit visit) {
  for (const facts::Fact<facts::Mount>& mount : c.mounts.items) {
    if (!mount.known()) continue;
    const facts::Mount& m = mount.value;
    if (m.kind == facts::MountKind::bind && !m.source.empty())
      visit(HostFolder{m.source, mount.where, m.read_only, false});
    if (m.kind == facts::MountKind::volume && !m.source.empty() && c.project != nullptr)
      for_each_device(*c.project, m, visit);
  }
  // Compose mounts these read-only.
  for (const facts::Fact<facts::SecretUse>& secret : c.secrets.items)
    if (secret.known() &&
        (secret.value.file.starts_with('/') || secret.value.file.starts_with('~')))
      visit(HostFolder{secret.value.file, secret.where, true, false});
}

}  // namespace plimsoll::rules::storage
