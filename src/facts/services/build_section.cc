// `build:` of a service, and where its context and Dockerfile are.
#include "facts/services/reading.h"

namespace plimsoll::facts {
namespace {

// Source: BuildKit frontend/dockerui/context.go; compose-go paths/context.go.
bool is_remote(std::string_view context) {
  for (const std::string_view prefix : {"https://", "http://", "git://", "ssh://", "github.com/",
                                        "git@", "docker-image://", "oci-layout://"})
    if (context.starts_with(prefix)) return true;
  return context.find("://") != std::string_view::npos || context.starts_with("service:");
}

FactList<std::string_view> secret_names(Arena& arena, const Node* node, text::Place missing) {
  return list_of<std::string_view>(arena, node, missing, [&](const Node& item) {
    return std::optional<std::string_view>(
        arena.copy(item.is(NodeKind::map) ? text_of(item.find("source")) : text_of(item)));
  });
}

// The nodes of keys that BuildSection keeps as they are.
void read_keys(const ServiceReading& in_build, const Node& node, BuildSection& build) {
  Arena& arena = in_build.arena();
  const text::Place at = build.where;
  build.context = text_fact(in_build, node.find("context"));
  build.dockerfile = text_fact(in_build, node.find("dockerfile"));
  build.target = text_fact(in_build, node.find("target"));
  build.network = text_fact(in_build, node.find("network"));
  build.privileged = boolean_fact(in_build, node.find("privileged"));
  build.pull = boolean_fact(in_build, node.find("pull"));
  build.no_cache = boolean_fact(in_build, node.find("no_cache"));
  build.arguments = variables_of(arena, node.find("args"), at);
  build.labels = variables_of(arena, node.find("labels"), at);
  build.secrets = secret_names(arena, node.find("secrets"), at);
  build.ssh = names_of(arena, node.find("ssh"), at);
  build.entitlements = texts_of(arena, node.find("entitlements"), at);
  build.platforms = texts_of(arena, node.find("platforms"), at);
  build.extra_hosts = texts_of(arena, node.find("extra_hosts"), at);
  build.inline_text = text_fact(in_build, node.find("dockerfile_inline"));
}

}  // namespace

const BuildSection* read_build_section(const ServiceReading& reading, const Node& node) {
  Arena& arena = reading.arena();
  BuildSection& build = *arena.make(BuildSection{.where = node.where});
  // What is missing in it would be added to it, not to the service.
  ServiceReading in_build = reading;
  in_build.missing = node.where;
  read_keys(in_build, node, build);

  // Defaults that nobody wrote count here.
  const Node* const context = node.find("context");
  if (context != nullptr && context->unknown()) return &build;
  const std::string_view path =
      context == nullptr || text_of(*context).empty() ? "." : text_of(*context);
  build.remote_context = is_remote(path);
  if (build.remote_context) return &build;
  build.directory = absolute_path(arena, reading.in.project.directory, path);
  const Node* const dockerfile = node.find("dockerfile");
  if (!build.inline_text.absent() || (dockerfile != nullptr && dockerfile->unknown()))
    return &build;
  const std::string_view file = text_of(dockerfile);
  build.file = absolute_path(arena, build.directory, file.empty() ? "Dockerfile" : file);
  return &build;
}

}  // namespace plimsoll::facts
