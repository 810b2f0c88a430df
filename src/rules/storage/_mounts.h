// What the rules about mounts share: the folders of the host that a container gets, under whatever
// name.
#pragma once
#include <string_view>
#include <vector>

#include "facts/project.h"
#include "rules/rule.h"

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
  text::Place where{};  // what names the folder
  text::Place used{};   // the mount or secret of the service
  bool read_only = false;
  // A named volume may be a folder of the host; the file of a secret or config is one of the host.
  enum class By : std::uint8_t { short_form, long_form, volume, secret } by = By::short_form;

  // Where the service asks for it, if what names the folder stands elsewhere.
  [[nodiscard]] std::vector<Related> asked_for() const {
    const bool beside = where.source != used.source || where.span.begin < used.span.begin ||
                        where.span.end > used.span.end;
    return beside ? std::vector<Related>{{used, "the container is given it here"}}
                  : std::vector<Related>{};
  }
};

// A local volume with `device:` is a folder of the host under another name.
template <class Visit>
void for_each_device(const facts::Project& project, const facts::Fact<facts::Mount>& mount,
                     Visit visit) {
  for (const facts::Volume& volume : project.volumes) {
    if (volume.name != mount.value.source || volume.external) continue;
    if (volume.driver.known() && volume.driver.value != "local") continue;
    for (const facts::Fact<facts::Variable>& option : volume.options.items)
      if (option.known() && option.value.name == "device" && option.value.text.starts_with('/'))
        visit(HostFolder{option.value.text, option.where, mount.where, mount.value.read_only,
                         HostFolder::By::volume});
  }
}

// Calls `visit` for each folder or file of the host, secrets' and configs' files included.
template <class Visit>
void for_each_host_folder(const facts::Container& c, Visit visit) {
  for (const facts::Fact<facts::Mount>& mount : c.mounts.items) {
    if (!mount.known()) continue;
    const facts::Mount& m = mount.value;
    if (m.kind == facts::MountKind::bind && !m.source.empty())
      visit(HostFolder{m.source, m.source_where.value_or(mount.where), mount.where, m.read_only,
                       m.short_form ? HostFolder::By::short_form : HostFolder::By::long_form});
    if (m.kind == facts::MountKind::volume && !m.source.empty() && c.project != nullptr)
      for_each_device(*c.project, mount, visit);
  }
  // Compose mounts these read-only.
  for (const facts::Fact<facts::SecretUse>& secret : c.secrets.items)
    if (secret.known() &&
        (secret.value.file.starts_with('/') || secret.value.file.starts_with('~')))
      visit(HostFolder{secret.value.file, secret.value.file_where.value_or(secret.where),
                       secret.where, true, HostFolder::By::secret});
}

}  // namespace plimsoll::rules::storage
