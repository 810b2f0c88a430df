// Refuses two mounts at one target, be they volumes or tmpfs.
#include <unordered_map>

#include "base/concat.h"
#include "parse/compose/consistency.h"
#include "parse/compose/parts.h"

namespace plimsoll::parse::compose {

void check_mounts(const Loading& in, const std::string& name, const Node& service) {
  std::unordered_map<std::string, std::string> mounted;  // target -> where it is said
  const auto add = [&](const Node& at, std::string_view target, const std::string& location) {
    const auto [found, added] = mounted.emplace(std::string(target), location);
    if (added) return;
    in.refuse(at, concat({location, ": target ", target, " already mounted as ", found->second}));
  };
  const auto location = [&](std::string_view key, std::size_t i) {
    return concat({"services.", name, ".", key, "[", std::to_string(i), "]"});
  };
  if (const Node* tmpfs = list_at(service, "tmpfs")) {
    for (std::size_t i = 0; i < tmpfs->items.size(); ++i)
      add(*tmpfs->items[i], cut(tmpfs->items[i]->text, ':').key, location("tmpfs", i));
  }
  if (const Node* volumes = list_at(service, "volumes")) {
    for (std::size_t i = 0; i < volumes->items.size(); ++i) {
      const Node& mount = *volumes->items[i];
      const Node* target = mount.find("target");
      add(target == nullptr ? mount : *target, text_at(mount, "target"), location("volumes", i));
    }
  }
}

}  // namespace plimsoll::parse::compose
