// `extends`: a service laid over a copy of another, of this file or of another one.
// Source: compose-go v2.16.2, loader/extends.go.
#include <algorithm>

#include "base/concat.h"
#include "parse/compose/loader.h"
#include "parse/compose/nodes.h"

namespace plimsoll::parse::compose {
namespace {

// What has been extended on the way here: it can't come again.
struct Extended {
  std::string file, service;
  friend bool operator==(const Extended&, const Extended&) = default;
};
using Trail = std::vector<Extended>;

struct Reference {
  std::string service;
  const Node* file = nullptr;  // null: the same file
};

std::optional<Reference> reference_of(const Loading& in, const Node& extends) {
  if (extends.is(NodeKind::text)) return Reference{extends.text};
  const Node* service = extends.find("service");
  const Node* file = extends.find("file");
  if (service == nullptr || !service->is(NodeKind::text)) {
    in.refuse(extends, "`extends` has to name a service");
    return std::nullopt;
  }
  if (file != nullptr && file->is(NodeKind::null)) file = nullptr;
  if (file != nullptr && !file->is(NodeKind::text)) {
    in.refuse(*file, "`extends` has to name a file");
    return std::nullopt;
  }
  return Reference{service->text, file};
}

// The services of a file, read as it stands: no includes, no extends of its own, no checks. Paths
// start from that file's folder.
ExtendsBase load_base(Call& call, const std::string& path, const std::string& directory,
                      const Node& by) {
  LoadSettings settings = call.in.settings;
  settings.resolve_paths = true;
  Call inner{call.run, {settings, call.in.files, call.project(), directory}, call.variables};
  inner.is_extended = true;
  Node* model = call.in.make({.kind = NodeKind::map});
  const std::size_t problems = call.project().problems.size();
  const std::size_t gaps = call.project().gaps.size();
  ExtendsBase base;
  base.resets = load_file(inner, path, *model, &by);
  base.services = model->find("services");
  if (base.services == nullptr || !base.services->is(NodeKind::map)) {
    base.services = nullptr;
    if (call.project().problems.size() == problems && call.project().gaps.size() == gaps)
      call.in.refuse(by, concat({path, " has no services that could be extended"}));
    return base;
  }
  follow_up(call.project(), [&] { resolve_paths(inner.in, *model); });
  return base;
}

class Extender {
 public:
  Extender(Call& call, const Resets& resets) : call_(call), in_(call.in), own_(resets) {}

  void extend_all(Node& document) {
    for (const std::string_view kind : {"services", "jobs"}) {
      Node* entries = document.find(kind);
      if (entries == nullptr) continue;
      if (!entries->is(NodeKind::map)) {
        in_.refuse(*entries, concat({"`", kind, "` has to be a mapping"}));
        continue;
      }
      for (Member& member : entries->members)
        if (Node* made = extend(member.key, *entries, own_, {})) member.value = made;
    }
  }

 private:
  // Null: the service stays as it is.
  Node* extend(const std::string& name, Node& entries, const Resets& resets, const Trail& trail) {
    Node* service = entries.find(name);
    if (service == nullptr || service->is(NodeKind::null)) return nullptr;
    if (!service->is(NodeKind::map)) {
      in_.refuse(*service, concat({"the service ", name, " has to be a mapping"}));
      return nullptr;
    }
    const Node* extends = service->find("extends");
    if (extends == nullptr) return service;
    std::optional<Reference> reference = reference_of(in_, *extends);
    if (!reference || is_too_large(call_.run)) return without_extends(*service);
    const std::string file = reference->file == nullptr ? call_.file : reference->file->text;
    if (!may_go_on({file, name}, trail, *extends)) return without_extends(*service);
    // The base, which may extend others in its turn.
    ExtendsBase other;
    if (reference->file != nullptr) {
      other = base_from(*reference->file);
      if (other.services == nullptr) return without_extends(*service);
    }
    Node& from = other.services == nullptr ? entries : *other.services;
    const Node* named = from.find(reference->service);
    if (named == nullptr) {
      in_.refuse(*extends,
                 concat({"the service ", name, " extends ", reference->service, ", which ",
                         reference->file == nullptr ? "this file" : file, " does not have"}));
      return without_extends(*service);
    }
    Trail further = trail;
    further.push_back({file, name});
    Node* base = extend(reference->service, from,
                        reference->file == nullptr ? resets : other.resets, further);
    if (base == nullptr) return named->is(NodeKind::null) ? service : without_extends(*service);
    return lay_over(name, *base, *service, resets, *extends);
  }

  // What is refused: the service is judged by what it says itself.
  static Node* without_extends(Node& service) {
    erase(service, "extends");
    return &service;
  }

  Node* lay_over(const std::string& name, const Node& base, Node& service, const Resets& resets,
                 const Node& extends) {
    const Step step{Step::Kind::extends, extends.where};
    Node* source = call_.project().pool.copy(base);
    prepend_step(*source, step);
    Node* services = in_.make({.kind = NodeKind::map});
    services->members.push_back({name, {}, source});
    Node top{.kind = NodeKind::map};
    top.members.push_back({"services", {}, services});
    Path path;
    resets.apply(top, path);
    Path x = {"services", "x"};
    Node* merged = source;
    follow_up(call_.project(), [&] { merged = merge(in_, source, &service, x); });
    erase(*merged, "extends");
    merged->where = service.where;
    return merged;
  }

  bool may_go_on(const Extended& next, const Trail& trail, const Node& extends) {
    if (std::ranges::find(trail, next) != trail.end()) {
      in_.refuse(extends,
                 concat({"the services extend each other in a circle, by way of ", next.service}));
      return false;
    }
    if (trail.size() < call_.run.settings.limits.extends_depth) return true;
    in_.refuse(extends, "services extend each other too many times");
    return false;
  }

  // The services of a file, for this use alone: a chain writes into them.
  ExtendsBase base_from(const Node& file) {
    const std::string path = is_remote(file.text) || file.text.starts_with('/')
                                 ? file.text
                                 : join(call_.base, file.text);
    const std::string folder =
        call_.run.files.is_directory(path)
            ? path
            : join(file.text.starts_with('/') ? "" : call_.base, directory_of(file.text));
    const std::string directory = relative(call_.base, folder);
    const std::string key = concat({path, "\n", directory});
    auto at = call_.bases.find(key);
    if (at == call_.bases.end())
      at = call_.bases.emplace(key, load_base(call_, path, directory, file)).first;
    ExtendsBase base = at->second;
    if (base.services != nullptr) base.services = call_.project().pool.copy(*base.services);
    return base;
  }

  Call& call_;
  const Loading& in_;
  const Resets& own_;
};

}  // namespace

void apply_extends(Call& call, Node& document, const Resets& resets) {
  Extender(call, resets).extend_all(document);
}

}  // namespace plimsoll::parse::compose
