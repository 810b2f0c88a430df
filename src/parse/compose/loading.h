// What the steps of loading one project share, and the steps themselves in their order. Private to
// the room.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "parse/compose/load.h"

namespace plimsoll::parse::compose {

using Environment = std::map<std::string, std::string, std::less<>>;

struct Loading {
  const LoadSettings& settings;
  const Files& files;
  Project& project;  // `problems`, `gaps` and `warnings` are appended to
  // What relative paths are relative to: the project's directory; that of an included project or of
  // the file of an `extends` while such is loaded, which may be relative to the project's.
  std::string directory{};

  Node* make(Node node = {}) const { return project.pool.make(std::move(node)); }
  void refuse(const Node& at, std::string message) const;  // adds a problem at the node
  void warn(const Node& at, std::string message) const;
};

// --- documents, variables, merging ---------------------------------------------------------------

// document.cc: YAML trees to nodes with aliases and merge keys followed, types resolved, !reset and
// !override recorded; one node a document.
// interpolate.cc: variables, then the types that the attributes want.
// merge.cc: an override over a base, by the rules of each path; unicity.
// extends.cc, include.cc, reset.cc; environment.cc: .env files, precedence, project name.

// --- the model that is merged --------------------------------------------------------------------

// schema.cc: what the schema refuses, with compose-go's reason in our words. Called on the merged
// model after each file, before `version` goes.
void check_schema(const Loading& in, Node& model);
// canonical.cc and its folder: short forms to long ones (ports, volumes, secrets, build, ...).
// Called on each file's model before it is merged where the merge needs it, and on the whole.
void canonicalize(const Loading& in, Node& model);
// defaults.cc
void set_defaults(const Loading& in, Node& model);
// semantics.cc: what is refused though the schema allows it (limits that disagree, names, paths).
void check_semantics(const Loading& in, Node& model);
// paths.cc: absolute paths, if the settings want them.
void resolve_paths(const Loading& in, Node& model);
// normalize.cc: default network, build defaults, implicit dependencies, resource names.
void normalize(const Loading& in, Node& model, const Environment& environment);
// bind.cc: gives values the types of their attributes, as Compose's Go structures have them: "512m"
// is a number of bytes, a command a list of words, an environment always a map. See data/compose.h.
void bind_types(const Loading& in, Node& model);
// consistency.cc: undefined networks, volumes, secrets, dependencies; cycles.
void check_consistency(const Loading& in, Node& model);
// env_files.cc: env_file and label_file to environment and labels, if the settings want it.
void resolve_environment(const Loading& in, Node& model, const Environment& environment);

}  // namespace plimsoll::parse::compose
