// Makes paths absolute: contexts, mounted directories, files that are read. What names another host
// or another builder's context stays as it is.
// Source: compose-go v2.16.2, paths/ (behaviour).
#include <algorithm>
#include <array>

#include "parse/compose/loader.h"
#include "parse/compose/parts.h"

namespace plimsoll::parse::compose {
namespace {

bool is_separator(char c) {
  return c == '/' || c == '\\';
}

// "C:\x", "\\host\share": a path of the engine's host, whatever this one is.
bool is_windows_absolute(std::string_view path) {
  if (path.size() >= 2 && path[1] == ':') return path.size() > 2 && is_separator(path[2]);
  return path.size() >= 2 && is_separator(path[0]) && is_separator(path[1]);
}

bool is_remote_context(std::string_view text) {
  constexpr std::array<std::string_view, 7> kStarts{"service:", "https://",    "http://", "git://",
                                                    "ssh://",   "github.com/", "git@"};
  return text.find("://") != std::string_view::npos ||
         std::ranges::any_of(kStarts,
                             [&](std::string_view start) { return text.starts_with(start); });
}

class Resolver {
 public:
  explicit Resolver(const Loading& in) : in_(in), directory_(in.directory) {
    for (const auto& [name, value] : in.settings.environment)
      if (name == "HOME") home_ = value;
  }

  void workload(Node& workload, bool is_service) const {
    container(workload);
    if (Node* hooks = is_service ? list_at(workload, "pre_start") : nullptr)
      for (Node* hook : hooks->items) container(*hook);
    if (Node* build = map_at(workload, "build")) {
      if (Node* context = build->find("context")) this->context(*context);
      each_text(map_at(*build, "additional_contexts"), [&](Node& node) { this->context(node); });
      each_text(map_at(*build, "ssh"), [&](Node& node) { foreign(node); });
    }
    // A remote file of an `extends` is not read at all: it has been told.
    if (Node* extends = map_at(workload, "extends"))
      if (Node* file = extends->find("file")) this->file(*file);
    if (!is_service) return;
    if (Node* develop = map_at(workload, "develop"))
      if (Node* watch = list_at(*develop, "watch"))
        for (Node* rule : watch->items)
          if (Node* path = rule->find("path")) file(*path);
  }

  void container(Node& container) const {
    if (Node* files = list_at(container, "env_file"))
      for (Node* each : files->items)
        if (Node* path = each->find("path")) file(*path);
    if (Node* files = list_at(container, "label_file"))
      for (Node* each : files->items) file(*each);
    if (Node* volumes = list_at(container, "volumes"))
      for (Node* each : volumes->items)
        if (text_at(*each, "type") == "bind") bind(*each);
  }

  // A volume of the local driver that mounts a directory.
  void volume(Node& volume) const {
    if (text_at(volume, "driver") != "local") return;
    Node* options = map_at(volume, "driver_opts");
    if (options == nullptr || text_at(*options, "o") != "bind") return;
    if (Node* device = options->find("device")) foreign(*device);
  }

  // Perhaps of another system than this one.
  void foreign(Node& node) const {
    if (!node.is(NodeKind::text) || expand(node)) return;
    if (!node.text.starts_with('/') && !is_windows_absolute(node.text))
      node.text = join(directory_, node.text);
  }

 private:
  template <class Action>
  static void each_text(Node* map, Action action) {
    if (map == nullptr) return;
    for (const Member& member : map->members)
      if (member.value->is(NodeKind::text)) action(*member.value);
  }

  void bind(Node& mount) const {
    if (Node* source = mount.find("source")) {
      foreign(*source);
    } else {
      in_.refuse(mount, R"(invalid mount config for type "bind": field Source must not be empty)");
    }
  }

  void context(Node& node) const {
    if (!is_remote_context(node.text)) file(node);
  }

  void file(Node& node) const {
    if (!node.is(NodeKind::text) || expand(node)) return;
    if (!node.text.empty() && !node.text.starts_with('/')) node.text = join(directory_, node.text);
  }

  // True: it is a path below a home directory, and nothing more is to be done. Where that is is not
  // known unless it was given; then it stays as it is.
  bool expand(Node& node) const {
    if (!node.text.starts_with('~')) return false;
    if (!home_.empty()) node.text = join(home_, node.text.substr(1));
    return true;
  }

  const Loading& in_;
  std::string_view directory_;
  std::string_view home_{};
};

}  // namespace

void resolve_paths(const Loading& in, Node& model) {
  if (!in.settings.resolve_paths) return;
  const Resolver resolver(in);
  each_workload(model, [&](Node& workload, const std::string& path) {
    resolver.workload(workload, path.starts_with("services."));
  });
  for (const std::string_view section : {"configs", "secrets"}) {
    if (Node* files = map_at(model, section))
      for (const Member& member : files->members)
        if (Node* file = member.value->find("file")) resolver.foreign(*file);
  }
  if (Node* volumes = map_at(model, "volumes"))
    for (const Member& member : volumes->members) resolver.volume(*member.value);
}

}  // namespace plimsoll::parse::compose
