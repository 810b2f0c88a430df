// Reads the files that give containers variables and labels. What a service says itself wins.
// Source: compose-go v2.16.2, types/project.go (behaviour).
#include <algorithm>
#include <optional>

#include "base/concat.h"
#include "parse/compose/dotenv.h"
#include "parse/compose/loader.h"
#include "parse/compose/parts.h"

namespace plimsoll::parse::compose {
namespace {

using Texts = std::map<std::string, std::string, std::less<>>;

constexpr std::size_t kMostBytes = std::size_t{16} << 20U;

void leave_out(const Loading& in, const Node& path, std::string message) {
  in.project.gaps.push_back({path.where, true, std::move(message), path.via});
}

// The file that a path node names, if it is there and may be read; all else is told.
std::optional<Opened> open_file(const Loading& in, const Node& path, bool required,
                                std::string_view what) {
  // Paths are relative only if they were not to be made absolute.
  const std::string full = clean(
      path.text.starts_with('/') ? path.text : concat({in.project.directory, "/", path.text}));
  if (!is_within(in.settings.root, full)) {
    leave_out(in, path,
              concat({full, " lies outside of ", in.settings.root, ", and was not opened"}));
    return std::nullopt;
  }
  if (!in.files.is_file(full) && !in.files.is_directory(full)) {
    if (required) in.refuse(path, concat({what, " file ", path.text, " not found"}));
    return std::nullopt;
  }
  Result<Opened> opened = in.files.read(full);
  if (!opened) {
    in.refuse(path, std::move(opened.error().message));
    return std::nullopt;
  }
  if (opened->source->bytes().size() > kMostBytes) {
    in.refuse(path, concat({full, " is larger than 16 MB"}));
    return std::nullopt;
  }
  std::vector<std::uint32_t>& sources = in.project.sources;
  if (std::ranges::find(sources, opened->number) == sources.end())
    sources.push_back(opened->number);
  in.project.variable_sources.push_back(opened->number);
  return *opened;
}

// What files of one container have set so far.
class FileValues {
 public:
  FileValues(const Loading& in, Lookup outside, Texts known)
      : in_(in), outside_(std::move(outside)), texts_(std::move(known)) {}

  void read(const Node& path, const Opened& file, bool raw, std::string_view what) {
    const std::string_view text = file.source->bytes();
    const Dotenv read =
        raw ? parse_raw_env(text, outside_, texts_) : parse_dotenv(text, outside_, texts_);
    if (!read.fault.empty()) {
      in_.project.problems.push_back({{file.number, read.fault_at},
                                      true,
                                      concat({what, " file ", path.text, ": ", read.fault}),
                                      path.via});
    }
    for (const Assignment& each : read.assignments)
      if (each.set) add(file, each);
  }

  // Names that the container does not have itself are added to it.
  void give(Node& values) {
    MapFiller filler(values);
    for (const auto& [name, value] : found_)
      if (filler.find(name) == nullptr) filler.put(name, value.node, value.name);
  }
  [[nodiscard]] bool empty() const { return found_.empty(); }

 private:
  struct Found {
    Node* node;
    text::Place name;
  };

  void add(const Opened& file, const Assignment& assignment) {
    Node node;
    node.kind = NodeKind::text;
    node.text = assignment.value;
    node.where = {file.number, assignment.value_at};
    if (!assignment.uses.empty()) node.raw = file.source->at(assignment.value_at);
    if (assignment.inherited) node.raw = concat({"${", assignment.name, "}"});
    for (const VariableUse& use : assignment.uses) {
      if (use.is_missing()) node.unknown_because = concat({"variable ", use.name, " is not set"});
      node.via.push_back({Step::Kind::variable, {file.number, use.where}});
      node.editable = false;
    }
    if (assignment.inherited) node.editable = false;
    found_.insert_or_assign(assignment.name,
                            Found{in_.make(std::move(node)), {file.number, assignment.name_at}});
  }

  const Loading& in_;
  Lookup outside_;
  Texts texts_;
  std::map<std::string, Found, std::less<>> found_{};
};

Texts texts_of(const Node* values) {
  Texts texts;
  if (values == nullptr) return texts;
  for (const Member& member : values->members)
    if (member.value->is(NodeKind::text)) texts.emplace(member.key, member.value->text);
  return texts;
}

Node& map_of(const Loading& in, Node& container, std::string_view key) {
  Node* map = map_at(container, key);
  if (map == nullptr) {
    map = default_map(in, container);
    put(container, key, map);
  }
  return *map;
}

const std::string* find_text(const Texts& texts, std::string_view name) {
  const auto found = texts.find(name);
  return found == texts.end() ? nullptr : &found->second;
}

// Names without a value take that of the project's variables.
void look_up(Node& variables, const Environment& environment) {
  for (const Member& member : variables.members) {
    if (!member.value->is(NodeKind::null)) continue;
    const std::string* value = find_text(environment, member.key);
    if (value == nullptr) continue;
    member.value->kind = NodeKind::text;
    member.value->text = *value;
    member.value->raw = concat({"${", member.key, "}"});
    member.value->editable = false;
    member.value->via.push_back({Step::Kind::variable, member.value->where});
  }
}

void resolve_variables(const Loading& in, Node& container, const Environment& environment) {
  if (Node* own = map_at(container, "environment")) look_up(*own, environment);
  const Node* files = list_at(container, "env_file");
  if (files == nullptr) return;
  const Texts own = texts_of(map_at(container, "environment"));
  const Lookup outside = [&](std::string_view name) -> const std::string* {
    const std::string* found = find_text(environment, name);
    return found != nullptr ? found : find_text(own, name);
  };
  FileValues values(in, outside, own);
  for (const Node* each : files->items) {
    const Node* path = each->find("path");
    if (path == nullptr || !path->is(NodeKind::text)) continue;
    const Node* required = each->find("required");
    const bool is_required = required == nullptr || required->boolean;
    const std::optional<Opened> file = open_file(in, *path, is_required, "env");
    if (!file) continue;
    const std::string_view format = text_at(*each, "format");
    if (!format.empty() && format != "raw") {
      in.refuse(*each->find("format"), concat({"unsupported env_file format \"", format, "\""}));
    } else {
      values.read(*path, *file, format == "raw", "env");
    }
  }
  if (!values.empty()) values.give(map_of(in, container, "environment"));
}

void resolve_labels(const Loading& in, Node& container) {
  const Node* files = list_at(container, "label_file");
  if (files == nullptr) return;
  FileValues values(in, [](std::string_view) -> const std::string* { return nullptr; }, {});
  for (const Node* path : files->items) {
    if (!path->is(NodeKind::text)) continue;
    const std::optional<Opened> file = open_file(in, *path, true, "label");
    if (file) values.read(*path, *file, false, "label");
  }
  if (!values.empty()) values.give(map_of(in, container, "labels"));
}

// Labels are always resolved: the setting speaks of variables alone, as Compose's does.
void resolve_container(const Loading& in, Node& container, const Environment& environment) {
  if (in.settings.resolve_environment) resolve_variables(in, container, environment);
  resolve_labels(in, container);
}

}  // namespace

// Jobs keep their files as they are: Compose reads those when a job is run.
void resolve_environment(const Loading& in, Node& model, const Environment& environment) {
  const Node* services = map_at(model, "services");
  if (services == nullptr) return;
  for (const Member& member : services->members) {
    if (!member.value->is(NodeKind::map)) continue;
    resolve_container(in, *member.value, environment);
    const Node* hooks = list_at(*member.value, "pre_start");
    if (hooks == nullptr) continue;
    for (Node* hook : hooks->items) resolve_container(in, *hook, environment);
  }
}

}  // namespace plimsoll::parse::compose
