// `include`: other projects, each loaded with its own folder and variables, whose resources lie
// under those of the file that includes them.
// Source: compose-go v2.16.2, loader/include.go.
#include <algorithm>

#include "base/concat.h"
#include "parse/compose/loader.h"
#include "parse/compose/nodes.h"

namespace plimsoll::parse::compose {
namespace {

struct Included {
  const Node* at = nullptr;  // the entry
  std::vector<const Node*> paths{};
  std::string project_directory{};
  std::vector<const Node*> env_files{};
};

// A text, or a list of texts.
bool read_texts(const Loading& in, const Node* value, std::vector<const Node*>& texts) {
  if (value == nullptr || value->is(NodeKind::null)) return true;
  if (value->is(NodeKind::text)) texts.push_back(value);
  if (value->is(NodeKind::text)) return true;
  bool good = value->is(NodeKind::list);
  for (const Node* item : value->items) {
    good = good && item->is(NodeKind::text);
    texts.push_back(item);
  }
  if (!good) in.refuse(*value, "`include` takes paths here: a text, or a list of texts");
  return good;
}

std::optional<Included> read_entry(const Loading& in, const Node& entry) {
  Included include{&entry};
  if (entry.is(NodeKind::text)) {
    include.paths.push_back(&entry);
    return include;
  }
  if (entry.is(NodeKind::null)) return std::nullopt;
  if (!entry.is(NodeKind::map)) {
    in.refuse(entry, "an entry of `include` has to be a path or a mapping");
    return std::nullopt;
  }
  const Node* directory = entry.find("project_directory");
  if (directory != nullptr && directory->is(NodeKind::text))
    include.project_directory = directory->text;
  else if (directory != nullptr && !directory->is(NodeKind::null))
    in.refuse(*directory, "`project_directory` has to be a path");
  if (!read_texts(in, entry.find("path"), include.paths)) return std::nullopt;
  if (!read_texts(in, entry.find("env_file"), include.env_files)) return std::nullopt;
  return include;
}

class Includer {
 public:
  Includer(Call& call, Node& document, const Resets& resets)
      : call_(call), in_(call.in), run_(call.run), document_(document), resets_(resets) {}

  void include(const Included& entry) {
    std::vector<std::string> files;
    files.reserve(entry.paths.size());
    for (const Node* path : entry.paths) files.push_back(full(path->text));
    if (files.empty() || !may_go_on(files[0], *entry.paths[0])) return;
    set_directories(entry, files[0]);
    // Its variables: those of this project win over its own.
    Bindings variables = call_.variables;
    read_variables(entry, variables);
    Node* model = load(entry, files, variables);
    if (model == nullptr) return;
    prepend_step(*model, {Step::Kind::include, entry.at->where});
    for (const std::string_view kind :
         {"services", "jobs", "volumes", "networks", "secrets", "configs", "models"})
      follow_up(call_.project(), [&] { import(kind, *model); });
  }

 private:
  [[nodiscard]] std::string full(const std::string& path) const {
    return is_remote(path) || path.starts_with('/') ? path : join(call_.base, path);
  }

  bool may_go_on(const std::string& file, const Node& at) {
    if (is_out_of_reach(run_, file, &at)) return false;
    if (std::ranges::find(call_.chain, file) != call_.chain.end()) {
      in_.refuse(at, concat({"the files include each other in a circle, by way of ", file}));
      return false;
    }
    if (call_.chain.size() < run_.settings.limits.include_depth && !is_too_large(run_)) return true;
    in_.refuse(at, "files include each other too many times");
    return false;
  }

  // `base_` is where paths of its files start from; `directory_` the same as seen from here, which
  // goes before its paths.
  void set_directories(const Included& entry, const std::string& file) {
    const std::string& wanted = entry.project_directory;
    if (wanted.starts_with('/')) {
      directory_ = wanted;
      base_ = wanted;
      return;
    }
    const std::string named = wanted.empty() ? file : join(call_.base, wanted);
    const std::string folder = run_.files.is_directory(named) ? named : directory_of(named);
    directory_ = relative(call_.base, folder);
    base_ = wanted.empty() ? directory_of(file) : from_working_directory(wanted);
  }

  // In an included project the folder may be relative, to where the command runs.
  [[nodiscard]] std::string from_working_directory(const std::string& path) const {
    const std::string joined = join(in_.directory, path);
    return joined.starts_with('/') ? joined : join(run_.settings.working_directory, joined);
  }

  void read_variables(const Included& entry, Bindings& variables) {
    Bindings own;
    if (entry.env_files.empty()) {
      const std::string file = join(base_, ".env");
      if (run_.files.is_file(file)) read_env_file(run_, file, entry.at, call_.variables, own);
    }
    for (const Node* file : entry.env_files) {
      if (file->text == "/dev/null") continue;
      const std::string path =
          file->text.starts_with('/') ? file->text : from_working_directory(file->text);
      read_env_file(run_, path, file, call_.variables, own);
    }
    variables.insert(own.begin(), own.end());
  }

  Node* load(const Included& entry, const std::vector<std::string>& files,
             const Bindings& variables) {
    const std::string key = cache_key(files, variables);
    if (const auto at = run_.included.find(key); at != run_.included.end())
      return call_.project().pool.copy(*at->second);
    LoadSettings settings = in_.settings;
    settings.resolve_paths = true;
    Call inner{run_, {settings, in_.files, call_.project(), directory_}, variables};
    inner.base = base_;
    inner.chain = call_.chain;
    Node* model = load_model(inner, files, entry.paths[0]);
    run_.included.emplace(key, call_.project().pool.copy(*model));
    return model;
  }

  [[nodiscard]] std::string cache_key(const std::vector<std::string>& files,
                                      const Bindings& variables) const {
    std::string key;
    const auto add = [&key](std::string_view text) {
      key += concat({std::to_string(text.size()), ":", text});
    };
    for (const std::string& file : files) add(file);
    key += ';';
    add(directory_);
    add(base_);
    for (const auto& [name, variable] : variables) {
      add(name);
      add(variable.value);
    }
    return key;
  }

  // Equal resources are the same one, which came on two ways. Else the local one lies over it.
  void import(std::string_view kind, Node& model) {
    Node* from = model.find(kind);
    if (from == nullptr || !from->is(NodeKind::map)) return;
    Node* to = document_.find(kind);
    if (to == nullptr) {
      document_.members.push_back({std::string(kind), from->where, in_.make()});
      to = document_.members.back().value;
      to->kind = NodeKind::map;
      to->where = from->where;
      to->via = from->via;
    }
    if (!to->is(NodeKind::map)) {
      in_.refuse(*to, concat({"`", kind, "` has to be a mapping"}));
      return;
    }
    KeyIndex index(*to);
    for (Member& member : from->members) {
      Node** local = index.find(*to, member.key);
      if (local == nullptr) {
        index.add(member.key, to->members.size());
        to->members.push_back(member);
      } else if (!equal(*member.value, **local)) {
        take_away(kind, member);
        Path path = {kind, member.key};
        *local = merge(in_, member.value, *local, path);
      }
    }
  }

  void take_away(std::string_view kind, const Member& member) {
    if (resets_.empty()) return;
    Node* entries = in_.make({.kind = NodeKind::map});
    entries->members.push_back(member);
    Node top{.kind = NodeKind::map};
    top.members.push_back({std::string(kind), {}, entries});
    Path path;
    resets_.apply(top, path);
  }

  Call& call_;
  const Loading& in_;
  Run& run_;
  Node& document_;
  const Resets& resets_;
  std::string base_{}, directory_{};
};

}  // namespace

void apply_include(Call& call, Node& document, const Resets& resets) {
  const Node* includes = document.find("include");
  if (includes != nullptr && !includes->is(NodeKind::list) && !includes->is(NodeKind::null))
    call.in.refuse(*includes, "`include` has to be a list");
  if (includes != nullptr)
    for (const Node* item : includes->items)
      if (const std::optional<Included> entry = read_entry(call.in, *item))
        Includer(call, document, resets).include(*entry);
  erase(document, "include");
}

}  // namespace plimsoll::parse::compose
