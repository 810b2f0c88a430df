// The configuration that a container would run with, whatever it was read from:
// a Dockerfile stage, a Compose service, a `docker run` line, an image config or a live container.
#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "facts/fact.h"

namespace plimsoll::data {
struct BaseImage;
}

namespace plimsoll::facts {

struct Build;
struct Project;
struct Service;
struct Settings;
struct Stage;

// One environment variable, label or build argument. `text` is the value after expansion.
struct Variable {
  std::string_view name{}, text{};
  bool has_text = true;  // false: `ARG NAME` without a default
  // Outside of Dockerfiles. Before variables were put in: "${PASSWORD:-hunter2}"; empty: `text`.
  std::string_view written{};
  text::Place value{};     // the value's bytes, or more where these can't be told apart
  bool from_file = false;  // an env_file sets it
};

enum class HealthTest : std::uint8_t { shell, exec };
struct HealthCheck {
  HealthTest form = HealthTest::shell;
  std::span<const std::string_view> command{};  // exec form: the words; shell form: one text
  std::span<const std::string_view>
      written{};                          // outside of Dockerfiles: before variables were put in
  std::span<const text::Place> places{};  // outside of Dockerfiles: of each text of `command`
  std::string_view
      tool{};  // basename of the first program that it runs; empty if that can't be known
  text::Place tool_where{};
};

// CMD or ENTRYPOINT.
struct Program {
  bool exec_form = false;
  std::span<const std::string_view> words{};  // exec form: the words; shell form: one text
  // Outside of Dockerfiles: each word before variables were put in, and where it stands. Words of
  // one text have its place, all of them.
  std::span<const std::string_view> written{};
  std::span<const text::Place> places{};
};

enum class Protocol : std::uint8_t { tcp, udp, sctp };
struct Port {
  std::uint16_t first = 0, last = 0;  // equal unless a range was written
  Protocol protocol = Protocol::tcp;
};

// A capability's name as the kernel has it, without "CAP_" and in upper case; "ALL" for all of
// them. Source: capabilities(7); docker run --cap-add.
using Capability = std::string_view;

// `-p`, `ports:`. Source: Compose specification, "ports".
struct PublishedPort {
  std::string_view host_ip{};         // empty: all interfaces
  std::uint16_t first = 0, last = 0;  // on the host; 0: the engine chooses
  std::uint16_t target_first = 0, target_last = 0;
  Protocol protocol = Protocol::tcp;
};

enum class MountKind : std::uint8_t { bind, volume, tmpfs, image, npipe, cluster };
struct Mount {
  MountKind kind = MountKind::volume;
  std::string_view source{};  // bind: the host's path, as written where it can't be made absolute;
                              // volume: its name; empty: anonymous, or none is needed
  std::string_view target{};
  bool read_only = false;
  bool create_host_path = false;   // bind: a missing source becomes a folder of root's
  std::string_view propagation{};  // bind: "rshared" …; empty: not said
  std::string_view options{};      // tmpfs: as written, "size=64m,exec"
  bool short_form = false;         // "SOURCE:TARGET:OPTIONS" in one text
  // Where a text of their own says it; none: the mount's.
  std::optional<text::Place> source_where{}, propagation_where{};
};

struct Device {
  std::string_view source{}, target{};
  std::string_view permissions{};  // "rwm" unless said otherwise
};

struct Ulimit {
  std::string_view name{};
  std::int64_t soft = 0, hard = 0;  // -1: unlimited
};

struct Restart {
  enum class Policy : std::uint8_t { no, always, on_failure, unless_stopped } policy{};
  std::uint32_t attempts = 0;  // on_failure; 0: without end
};

struct Logging {
  std::string_view driver{};  // empty: the engine's default
  std::span<const Variable> options{};
};

// A secret or config that the container is given.
struct SecretUse {
  std::string_view name{};    // at the project's top level
  std::string_view target{};  // absolute path in the container
  enum class From : std::uint8_t { file, environment, content, external, driver, undefined } from{};
  std::string_view file{};                  // as written
  std::optional<text::Place> file_where{};  // at the project's top level
  std::string_view mode{};                  // in octal, "0440"; empty: not said
  bool config = false;                      // of `configs`, which hold no secrets
};

enum class ContainerKind : std::uint8_t { stage, service, job, run, image, container };

// A service that builds from a Dockerfile is the stage's container (for that target, those build
// arguments and that platform) with the service's facts laid over it.
struct Container {
  ContainerKind kind = ContainerKind::stage;
  std::string_view name{};  // of the stage or service; empty: the last stage has none
  text::Place
      where{};  // what a finding about the whole points at: the final FROM, the service's key
  const Build* build = nullptr;  // what it is built from, if that was read
  const Stage* stage = nullptr;  // the stage that is shipped
  text::Place stage_where{};     // its FROM
  const data::BaseImage* base =
      nullptr;           // facts of the image at the root of the stage's chain; null: never seen
  bool scratch = false;  // that image is `scratch`

  Fact<std::string_view> image{};  // reference of the base image, after expansion
  Fact<std::string_view> user{};   // as USER says, after expansion: name, uid, either with ":group"
  Fact<std::string_view> workdir{};  // absolute
  Fact<Program> entrypoint{}, command{};
  Fact<HealthCheck> health_check{};
  FactList<Variable> environment{};  // ENV, base images' included where known
  FactList<Variable> labels{};
  FactList<Port> ports{};  // EXPOSE
  FactList<std::string_view> volumes{};
  Fact<std::string_view> stop_signal{};

  // What only a container that is started has: a service's, a job's, a run line's, a live one's.
  const Project* project = nullptr;    // the Compose project that it is part of
  const Service* service = nullptr;    // what only Compose says of it
  std::uint32_t today = 0;             // yyyymmdd; 0: the build says it
  const Settings* settings = nullptr;  // what the project's configuration tells; null: nothing
  // What a finding points at that is about the image and stands in no text of its own.
  [[nodiscard]] text::Place image_where() const { return stage != nullptr ? stage_where : where; }
  [[nodiscard]] bool running() const {
    return kind != ContainerKind::stage && kind != ContainerKind::image;
  }

  Fact<bool> privileged{}, read_only{}, init{}, oom_kill_disable{}, terminal{}, open_input{};
  FactList<Capability> added_capabilities{}, dropped_capabilities{};
  // As written: "no-new-privileges:true", "seccomp=unconfined". See security.h for what they mean.
  FactList<std::string_view> security_options{};
  FactList<std::string_view> groups{};  // group_add
  FactList<PublishedPort> published_ports{};
  bool publishes_all = false;  // -P
  FactList<Mount> mounts{};    // volumes, tmpfs, --mount; not those of secrets
  FactList<Device> devices{};
  FactList<std::string_view> device_rules{};  // device_cgroup_rules
  Fact<std::string_view> gpus{};              // "all", or how many
  FactList<Variable> sysctls{}, annotations{};
  FactList<Ulimit> ulimits{};
  FactList<SecretUse> secrets{};
  FactList<std::string_view> env_files{};  // paths as written
  FactList<std::string_view> networks{};   // names
  FactList<std::string_view> links{}, extra_hosts{}, volumes_from{};

  // "host", "none", "container:NAME", "service:NAME", or a name.
  Fact<std::string_view> network_mode{}, pid_mode{}, ipc_mode{}, uts_mode{}, user_namespace{},
      cgroup_namespace{}, cgroup_parent{}, runtime{}, isolation{}, platform{}, pull_policy{},
      container_name{}, host_name{};
  Fact<std::int64_t> memory_bytes{}, memory_swap_bytes{}, pids{};  // 0 or less is no limit
  Fact<double> cpus{};  // --cpus, cpu_quota/cpu_period; shares and sets are no limit
  Fact<std::int64_t> oom_score_adjustment{};
  Fact<Restart> restart{};
  Fact<Logging> logging{};
  Fact<bool> removed_at_end{};  // --rm
  Fact<bool> engine_socket{};   // use_api_socket
};

}  // namespace plimsoll::facts
