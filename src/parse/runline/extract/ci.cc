// The scripts of GitHub's and GitLab's CI files.
// Source: docs.github.com, "Workflow syntax", jobs.<id>.steps[*].run; docs.gitlab.com, "CI/CD YAML
// syntax", script.
#include <string_view>

#include "parse/runline/extract/yaml_text.h"
#include "parse/yaml/parse.h"

namespace plimsoll::parse::runline {
namespace {

constexpr unsigned kDeepestNode = 100;

bool holds_script(std::string_view key, Carrier carrier) {
  if (carrier == Carrier::github) return key == "run";
  return key == "script" || key == "before_script" || key == "after_script";
}

// "${{ expression }}" is filled in before a shell sees it. It is made to look like a variable of
// the shell, of the same size.
text::Joined without_expressions(const text::Joined& script, Arena& arena) {
  std::size_t at = script.text.find("${{");
  if (at == std::string_view::npos) return script;
  const std::string_view copy = arena.copy(script.text);
  char* text = const_cast<char*>(copy.data());  // NOLINT: the copy is ours
  while (at != std::string_view::npos) {
    const std::size_t end = copy.find("}}", at);
    if (end == std::string_view::npos) break;
    for (std::size_t i = at + 2; i <= end; ++i) text[i] = '_';
    at = copy.find("${{", end);
  }
  return {copy, script.pieces};
}

void read_scalar(Collector& to, const yaml::Node& node) {
  if (!mentions_engine(node.value)) return;
  read_script(to, without_expressions(scalar_text(to, node), to.arena));
}

void read_scripts(Collector& to, const yaml::Node& node, unsigned depth) {
  if (node.kind == yaml::NodeKind::scalar) return read_scalar(to, node);
  if (node.kind != yaml::NodeKind::sequence || depth >= kDeepestNode) return;
  for (const yaml::Node* item : node.items) read_scripts(to, *item, depth + 1);
}

void walk(Collector& to, const yaml::Node& node, unsigned depth) {
  if (depth >= kDeepestNode) return;
  for (const yaml::Node* item : node.items) walk(to, *item, depth + 1);
  for (const yaml::Entry& entry : node.entries) {
    if (holds_script(entry.key->value, to.carrier) && entry.value->kind != yaml::NodeKind::mapping)
      read_scripts(to, *entry.value, depth + 1);
    else
      walk(to, *entry.value, depth + 1);
  }
}

}  // namespace

void read_ci(Collector& to) {
  to.templates = to.carrier == Carrier::github;
  const yaml::Tree tree = yaml::parse(to.source.bytes(), to.arena);
  for (const yaml::Node* document : tree.documents) walk(to, *document, 0);
}

}  // namespace plimsoll::parse::runline
