// package.json: the texts of `scripts`, which npm gives to a shell.
#include <string_view>

#include "parse/runline/extract/yaml_text.h"
#include "parse/yaml/parse.h"

namespace plimsoll::parse::runline {

void read_package_json(Collector& to) {
  const yaml::Tree tree = yaml::parse(to.source.bytes(), to.arena);
  if (tree.documents.empty()) return;
  for (const yaml::Entry& entry : tree.documents[0]->entries) {
    if (entry.key->value != "scripts") continue;
    for (const yaml::Entry& script : entry.value->entries) {
      if (script.value->kind == yaml::NodeKind::scalar && mentions_engine(script.value->value))
        read_script(to, scalar_text(to, *script.value));
    }
  }
}

}  // namespace plimsoll::parse::runline
