// Makes files of a container long: those that its environment is read from, secrets and configs.
#include "parse/compose/canonical/canonical.h"
#include "parse/compose/parts.h"

namespace plimsoll::parse::compose {
namespace {

Node* env_file(const Loading& in, Node& file) {
  Node* result = file.is(NodeKind::text) ? lengthen_single_key(in, file, "path") : &file;
  if (result->is(NodeKind::map) && result->find("required") == nullptr)
    put(*result, "required", default_boolean(in, *result, true));
  return result;
}

}  // namespace

Node* lengthen_env_files(const Loading& in, Node& files, const std::string& path) {
  if (files.is(NodeKind::list)) {
    for (Node*& file : files.items) file = env_file(in, *file);
    return &files;
  }
  if (!files.is(NodeKind::text)) {
    refuse_type(in, files, path, "env_file");
    return &files;
  }
  Node* result = made_from(in, files, NodeKind::list);
  result->items.push_back(env_file(in, files));
  return result;
}

Node* lengthen_file_mount(const Loading& in, Node& mount, const std::string& path) {
  if (mount.is(NodeKind::text)) return lengthen_single_key(in, mount, "source");
  if (!mount.is(NodeKind::map)) refuse_type(in, mount, path, "secret or config");
  return &mount;
}

}  // namespace plimsoll::parse::compose
