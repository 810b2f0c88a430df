// One document of a file as nodes, and which parts of earlier files it takes away. Private to the
// room.
#pragma once
#include <string>
#include <unordered_set>
#include <vector>

#include "parse/compose/loading.h"
#include "parse/compose/path.h"
#include "parse/yaml/tree.h"

namespace plimsoll::parse::compose {

// The paths that `!reset` and `!override` name. They are taken away from what earlier files and
// bases of services say, before this document is merged.
class Resets {
 public:
  void add(std::vector<std::string> path);
  // Takes away what the paths name, in place. `path` is where `node` stands.
  void apply(Node& node, Path& path) const;
  [[nodiscard]] bool empty() const { return paths_.empty() && stars_.empty(); }

 private:
  [[nodiscard]] bool names(const Path& path) const;

  std::unordered_set<std::string> paths_;        // joined, see reset.cc
  std::vector<std::vector<std::string>> stars_;  // with a key that is `*`: it matches any
};

struct Document {
  Node* root = nullptr;  // null: the text has no mapping at its top, which was told as a problem
  Resets resets{};
};

// The nodes of `document`, a tree of the given source: aliases and merge keys followed, types
// resolved. What is refused (a key that is there twice, a key that is no text) is told and left
// out.
Document to_nodes(const Loading& in, const yaml::Node& document, const Opened& file);

}  // namespace plimsoll::parse::compose
