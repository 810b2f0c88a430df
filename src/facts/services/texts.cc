// Finds the mapping of a service in the trees of its files, and which parts of those stand for
// several.
#include <algorithm>

#include "facts/services/reading.h"
#include "parse/yaml/tree.h"

namespace plimsoll::facts {
namespace {

using YamlNode = parse::yaml::Node;
using YamlKind = parse::yaml::NodeKind;

const YamlNode* value_of(const YamlNode& mapping, std::string_view key) {
  for (const parse::yaml::Entry& entry : mapping.entries)
    if (entry.key->kind == YamlKind::scalar && entry.key->value == key) return entry.value;
  return nullptr;
}

// What a service of the same file is extended by; empty: none is, or that is in another file.
std::string_view extended_by(const YamlNode& service) {
  const YamlNode* extends = value_of(service, "extends");
  if (extends == nullptr) return {};
  if (extends->kind == YamlKind::scalar) return extends->value;
  const YamlNode* name = value_of(*extends, "service");
  if (name == nullptr || value_of(*extends, "file") != nullptr) return {};
  return name->value;
}

// The parser bounds the depth.
void add_targets(const YamlNode& node, std::vector<const YamlNode*>& out) {
  if (node.kind == YamlKind::alias && node.target != nullptr) out.push_back(node.target);
  for (const YamlNode* item : node.items) add_targets(*item, out);
  for (const parse::yaml::Entry& entry : node.entries) {
    add_targets(*entry.key, out);
    add_targets(*entry.value, out);
  }
}

}  // namespace

WrittenServices::WrittenServices(const parse::compose::WrittenFiles* texts) {
  if (texts == nullptr) return;
  for (const parse::compose::WrittenFiles::File& file : texts->files) {
    const bool has_aliases = file.opened.source->bytes().find('*') != std::string_view::npos;
    for (const YamlNode* document : file.tree.documents) {
      if (has_aliases) add_targets(*document, shared_);
      for (const std::string_view section : {"services", "jobs"})
        if (const YamlNode* all = value_of(*document, section))
          read_services(file.opened, *document, *all);
    }
  }
  std::ranges::sort(shared_);
  const auto again = std::ranges::unique(shared_);
  shared_.erase(again.begin(), again.end());
}

void WrittenServices::read_services(const parse::compose::Opened& file, const YamlNode& document,
                                    const YamlNode& all) {
  for (const parse::yaml::Entry& entry : all.entries) {
    if (entry.value->kind != YamlKind::mapping) continue;
    by_place_.try_emplace({file.number, entry.value->span.begin},
                          ServiceText{file.source, entry.value, &document});
    if (const std::string_view name = extended_by(*entry.value); !name.empty())
      extended_.emplace(file.number, name);
  }
}

ServiceText WrittenServices::at(const text::Place& body, std::string_view name) const {
  const auto found = by_place_.find({body.source, body.span.begin});
  if (found == by_place_.end()) return {};
  ServiceText text = found->second;
  text.extended = extended_.contains({body.source, name});
  return text;
}

}  // namespace plimsoll::facts
