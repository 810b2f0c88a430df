// docker-socket: the engine's socket is reached from within a build or container, which is root on
// the host.
#include <array>

#include "base/concat.h"
#include "facts/build.h"
#include "facts/project.h"
#include "rules/hardening/_lack.h"
#include "rules/rule.h"
#include "rules/storage/_mounts.h"

namespace plimsoll::rules::exposure::docker_socket {

using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;

static constexpr Alias kAliases[] = {
    {"semgrep", "dockerfile.security.dockerd-socket-mount.dockerd-socket-mount"},
    {"semgrep",
     "yaml.docker-compose.security.exposing-docker-socket-volume.exposing-docker-socket-volume"},
    {"kics", "d6355c88-1e8d-49e9-b2f2-f8a1ca12c75b"},
    {"compose-lint", "CL-0001"},
    {"cis", "5.32"},
};
static constexpr std::uint32_t kOfDockerfiles =
    only(kAliases, {"dockerfile.security.dockerd-socket-mount.dockerd-socket-mount", "5.32"});
static constexpr std::uint32_t kOfRunning =
    ~only(kAliases, {"dockerfile.security.dockerd-socket-mount.dockerd-socket-mount"});

static constexpr std::array<std::string_view, 4> kSockets = {
    "run/docker.sock", "run/containerd/containerd.sock", "run/podman/podman.sock",
    "run/crio/crio.sock"};

static std::string_view socket_in(std::string_view text) {
  for (std::string_view socket : kSockets)
    if (text.find(socket) != std::string_view::npos) return socket.substr(socket.rfind('/') + 1);
  return {};
}

static void report(Findings& out, text::Place where, std::string_view instruction,
                   std::string_view socket) {
  out.push_back(
      {.where = where,
       .message = concat({instruction, " uses ", socket, ", which gives root on the host"}),
       .aliases = kOfDockerfiles});
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

static void check_build(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    for (const Instruction* i : stage.instructions) check_instruction(build, *i, out);
    for (const facts::Run& run : stage.runs) check_commands(run, out);
  }
}

// The socket that a path of the host is, or the folder that holds it; empty: neither.
static std::string_view socket_at(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  if (path == "/run" || path == "/var/run") return "docker.sock";
  for (const std::string_view socket : kSockets) {
    const std::string_view folder = socket.substr(0, socket.rfind('/'));
    if (path.ends_with(concat({"/", socket}))) return socket.substr(socket.rfind('/') + 1);
    if (folder != "run" && path.ends_with(concat({"/", folder})))
      return socket.substr(socket.rfind('/') + 1);
  }
  return {};
}

static void report_running(Findings& out, const facts::Container& c, std::string_view socket,
                           const storage::HostFolder& folder) {
  // KICS and Semgrep read the short form of a service's own mounts.
  const std::uint32_t aliases = folder.by == storage::HostFolder::By::short_form
                                    ? kOfRunning
                                    : only(kAliases, {"CL-0001", "5.32"});
  // What a read-only mount protects is the file, not what is said through it.
  out.push_back({.where = folder.where,
                 .message = concat({socket,
                                    " of the host is in the container, which makes it root "
                                    "on the host, read-only or not"}),
                 .severity = Severity::critical,
                 .aliases = aliases & hardening::peers(c, kAliases),
                 .related = folder.asked_for()});
}

static void check_running(const facts::Container& c, Findings& out) {
  storage::for_each_host_folder(c, [&](const storage::HostFolder& folder) {
    if (const std::string_view socket = socket_at(folder.path); !socket.empty())
      report_running(out, c, socket, folder);
  });
  const facts::Fact<bool>& asked = c.engine_socket;
  if (asked.known() && asked.value)
    report_running(
        out, c, "docker.sock",
        {.where = asked.where, .used = asked.where, .by = storage::HostFolder::By::long_form});
}

static void check(const facts::Container& c, Findings& out) {
  if (c.running()) {
    check_running(c, out);
  } else if (c.build != nullptr) {
    check_build(*c.build, out);
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM docker:28-cli\nVOLUME /var/run/docker.sock\n", .flagged = true},
    {.text = "FROM docker:28-cli\nRUN chmod 666 /var/run/docker.sock\n", .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  proxy:\n    image: traefik:3.5\n    volumes:\n      - "
             "/var/run/docker.sock:/var/run/docker.sock:ro\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  proxy:\n    image: traefik:3.5\n    volumes:\n      - "
             "engine:/engine\nvolumes:\n  engine:\n    driver_opts: {type: none, o: bind, device: "
             "/run}\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  proxy:\n    image: traefik:3.5\n    use_api_socket: true\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run -v /var/run/docker.sock:/var/run/docker.sock traefik:3.5\n",
     .flagged = true},
    {.text = "FROM docker:28-cli\nVOLUME /var/run/app\n"},
    {.input = Input::compose,
     .text = "services:\n  proxy:\n    image: traefik:3.5\n    volumes:\n      - "
             "./run/app.sock:/run/app.sock\n"},
    {.input = Input::run_line, .text = "docker run -v ./run:/run/app traefik:3.5\n"},
    {.text = "FROM docker:28-cli\nRUN echo docker.sock\n"},
};

extern constinit const Rule rule = described({
    .name = "docker-socket",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "The engine's socket is used",
    .why = "Whoever can write to the engine's socket can start a container with the host's root "
           "folder in it: it is root on\n"
           "the host, whatever user the container runs as.",
    .remedy =
        "Do without; to build images, use BuildKit rootless, Buildah or Kaniko. Whoever has to "
        "ask the engine asks a\n"
        "proxy: a container of its own that has the socket, sits with the asking one in a "
        "network that nobody else is in,\n"
        "and lets only the endpoints through that are needed, say `GET /containers/json` and "
        "`GET /events` to watch;\n"
        "never `POST /containers/create` or `/exec`, by which one is root on the host again. "
        "A read-only mount of the socket\n"
        "is no help: requests are not writes to the file.",
    .source = "CIS Docker Benchmark 1.6, 5.32",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::both},
});

}  // namespace plimsoll::rules::exposure::docker_socket
