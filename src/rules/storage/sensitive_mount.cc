// sensitive-mount: a folder of the host that gives the host away is in the container.
#include <algorithm>

#include "base/concat.h"
#include "data/host.h"
#include "rules/hardening/_lack.h"
#include "rules/rule.h"
#include "rules/storage/_mounts.h"

namespace plimsoll::rules::storage::sensitive_mount {

static constexpr Alias kAliases[] = {
    {"kics", "1c1325ff-831d-43a1-973e-839ae57dfcc0"},
    {"compose-lint", "CL-0001"},
    {"compose-lint", "CL-0013"},
    {"compose-lint", "CL-0025"},
    {"cis", "5.6"},
};

// The engine's socket and the folders that hold it are docker-socket's.
static bool holds_socket(std::string_view path) {
  constexpr std::string_view kFolders[] = {"/run", "/run/containerd", "/run/crio", "/run/podman"};
  constexpr std::string_view kSockets[] = {"containerd.sock", "crio.sock", "docker.sock",
                                           "podman.sock"};
  if (path.starts_with("/var/run")) path.remove_prefix(4);
  return std::ranges::find(kFolders, path) != std::end(kFolders) ||
         std::ranges::find(kSockets, path.substr(path.rfind('/') + 1)) != std::end(kSockets);
}

static void check_folder(const facts::Container& c, const HostFolder& folder, Findings& out) {
  if (in_project(c, folder.path)) return;
  const std::string path = data::clean_path(folder.path);
  const data::HostPath* known = data::find_host_path(path);
  if (known == nullptr || holds_socket(path)) return;
  if (folder.read_only && !known->readable) return;
  const bool root = known->reach == data::HostReach::root && !folder.read_only;
  Finding finding{.where = folder.where};
  finding.message =
      root ? concat({path, " of the host is writable, ", known->what, ": that makes it root there"})
           : concat({path, " of the host is in the container, ", known->what});
  finding.severity = root ? Severity::critical : Severity::high;
  // To compose-lint the whole file system is the engine's socket.
  const std::string_view theirs = path == "/" ? "CL-0001" : root ? "CL-0025" : "CL-0013";
  std::uint32_t aliases = only(kAliases, {theirs, "5.6"});
  // KICS looks at what a service mounts and at the devices of volumes.
  if (folder.by != HostFolder::By::secret)
    aliases |= only(kAliases, {"1c1325ff-831d-43a1-973e-839ae57dfcc0"});
  finding.aliases = aliases & hardening::peers(c, kAliases);
  finding.related = folder.asked_for();
  out.push_back(std::move(finding));
}

static void check(const facts::Container& c, Findings& out) {
  for_each_host_folder(c, [&](const HostFolder& folder) { check_folder(c, folder, out); });
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  agent:\n    image: acme/agent:1\n    volumes:\n      - /etc:/host/etc\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  agent:\n    image: acme/agent:1\n    volumes:\n      - "
             "type: bind\n        source: /\n        target: /host\n        read_only: true\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run -v ~/.ssh:/root/.ssh:ro acme/agent:1\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  agent:\n    image: acme/agent:1\n    volumes:\n      - "
             "/etc/localtime:/etc/localtime:ro\n      - /srv/agent:/data\n"},
    {.input = Input::run_line, .text = "docker run -v /usr:/host/usr:ro acme/agent:1\n"},
};

extern constinit const Rule rule = described({
    .name = "sensitive-mount",
    .severity = Severity::critical,
    .category = Category::security,
    .summary = "Folder that gives the host away is mounted",
    .why = "Who may write to `/etc`, `/usr` or the engine's own folder becomes root on the host by "
           "a line in a cron file, a\n"
           "replaced program or another container's files. Read-only, the same folders tell "
           "passwords' hashes, keys and\n"
           "what runs on the host.",
    .remedy =
        "Mount the one file that is needed, read-only, or copy it into the image; keep data of "
        "the service's own in a\n"
        "named volume.",
    .source = "CIS Docker Benchmark 1.6, 5.6; OWASP Docker Security Cheat Sheet, rule 8",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::storage::sensitive_mount
