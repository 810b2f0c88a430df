// shared-volume: several services may write to the same named volume or folder of the host.
#include <map>
#include <string_view>

#include "base/concat.h"
#include "data/host.h"
#include "facts/project.h"
#include "rules/rule.h"

namespace plimsoll::rules::storage::shared_volume {

static constexpr Alias kAliases[] = {
    {"kics", "8c978947-0ff6-485c-b0c2-0bfca6026466"},
};

struct Use {
  const facts::Container* container;
  text::Place where;
};

// Of the host's own, such as its clock, a device or a socket, other rules speak.
static bool may_be_written(const facts::Fact<facts::Mount>& mount) {
  const facts::Mount& m = mount.value;
  if (!mount.known() || m.source.empty() || m.read_only) return false;
  if (m.kind == facts::MountKind::volume) return true;
  return m.kind == facts::MountKind::bind && !m.source.ends_with(".sock") &&
         !m.source.starts_with("/etc/") && !m.source.starts_with("/dev/") &&
         data::find_host_path(m.source) == nullptr;
}

static void check(const facts::Project& project, Findings& out) {
  std::map<std::pair<facts::MountKind, std::string_view>, Use> first;
  for (const facts::Container& c : project.containers) {
    // What runs before a service shares its volumes on purpose.
    if (c.service != nullptr && !c.service->of.empty()) continue;
    for (const facts::Fact<facts::Mount>& mount : c.mounts.items) {
      const facts::Mount& m = mount.value;
      if (!may_be_written(mount)) continue;
      const auto [at, added] = first.try_emplace({m.kind, m.source}, Use{&c, mount.where});
      if (added || at->second.container == &c) continue;
      // A folder's path would be that of the machine at hand.
      const std::string what =
          m.kind == facts::MountKind::volume ? concat({"the volume ", m.source}) : "this folder";
      out.push_back(
          {.where = mount.where,
           .message = concat({what, " is written to by ", at->second.container->name, " as well"}),
           .related = {{at->second.where, "it is mounted writable here too"}}});
    }
  }
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text =
         "services:\n  app:\n    image: acme/app:1\n    volumes: [uploads:/data]\n  worker:\n    "
         "image: acme/worker:1\n    volumes: [uploads:/data]\nvolumes:\n  uploads: {}\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  app:\n    image: acme/app:1\n    volumes: [uploads:/data]\n  web:\n    "
             "image: nginx:1.27\n    volumes: [uploads:/data:ro]\nvolumes:\n  uploads: {}\n"},
    {.input = Input::compose,
     .text = "services:\n  app:\n    image: acme/app:1\n    volumes: [\"./uploads:/data\"]\n  "
             "worker:\n    image: acme/worker:1\n    volumes: [\"./uploads:/data\"]\n",
     .flagged = true},
};

extern constinit const Rule rule = described({
    .name = "shared-volume",
    .severity = Severity::info,
    .category = Category::security,
    .preset = Preset::all,
    .summary = "Several services write to one volume or folder",
    .why = "What one of them is made to write, the other reads as its own: a way from container to "
           "container that no network\n"
           "rule sees.",
    .remedy = "Mount it `:ro` where it is only read, or give each service a volume of its own.",
    .source = "OWASP Docker Security Cheat Sheet, rule 8",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnProject{check},
});

}  // namespace plimsoll::rules::storage::shared_volume
