// docker-socket: the engine's socket is reached from within a build or container, which is root on
// the host.
#include <array>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::exposure {

using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;

static constexpr Alias kAliases[] = {
    {"semgrep", "dockerfile.security.dockerd-socket-mount.dockerd-socket-mount"},
    {"cis", "5.32"},
};

static std::string_view socket_in(std::string_view text) {
  constexpr std::array<std::string_view, 4> kSockets = {
      "run/docker.sock", "run/containerd/containerd.sock", "run/podman/podman.sock",
      "run/crio/crio.sock"};
  for (std::string_view socket : kSockets)
    if (text.find(socket) != std::string_view::npos) return socket.substr(socket.rfind('/') + 1);
  return {};
}

static void report(Findings& out, text::Place where, std::string_view instruction,
                   std::string_view socket) {
  out.push_back(
      {.where = where,
       .message = concat({instruction, " uses ", socket, ", which gives root on the host"})});
}

static void check_commands(const facts::Run& run, Findings& out) {
  for (const facts::Command& command : run.commands)
    for (const parse::shell::Word& word : command.words)
      if (const std::string_view socket = socket_in(word.raw); !socket.empty())
        return report(out, command.place(word.raw), "RUN", socket);
}

static void check_instruction(const facts::Build& build, const Instruction& i, Findings& out) {
  if (i.keyword == Keyword::volume)
    for (const parse::dockerfile::Word& word : i.words)
      if (const std::string_view socket = socket_in(word.text); !socket.empty())
        report(out, build.place(word.span), "VOLUME", socket);
  for (const parse::dockerfile::Mount& mount : i.mounts)
    for (const parse::dockerfile::MountOption& option : mount.options)
      if (const std::string_view socket = socket_in(option.value); !socket.empty()) {
        report(out, build.place(option.value_span), "a mount", socket);
        break;
      }
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    for (const Instruction* i : stage.instructions) check_instruction(build, *i, out);
    for (const facts::Run& run : stage.runs) check_commands(run, out);
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM docker:28-cli\nVOLUME /var/run/docker.sock\n", .flagged = true},
    {.text = "FROM docker:28-cli\nRUN chmod 666 /var/run/docker.sock\n", .flagged = true},
    {.text = "FROM docker:28-cli\nVOLUME /var/run/app\n"},
    {.text = "FROM docker:28-cli\nRUN echo docker.sock\n"},
};

extern constinit const Rule docker_socket = described({
    .name = "docker-socket",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "The engine's socket is used",
    .why = "Whoever can write to the engine's socket can start a container with the host's root "
           "folder in it: it is root on\n"
           "the host, whatever user the container runs as.",
    .remedy = "Do without; to build images, use BuildKit rootless, Buildah or Kaniko. To watch "
              "containers, put a proxy in\n"
              "between that lets only reading through.",
    .source = "CIS Docker Benchmark 1.6, 5.32",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::exposure
