// A Compose project: its services and jobs as containers, and what only Compose says.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "facts/container.h"
#include "facts/fact.h"
#include "parse/ignorefile/dockerignore.h"

namespace plimsoll::parse::yaml {
struct Node;
}
namespace plimsoll::text {
class Source;
}

namespace plimsoll::facts {

// `build:` of a service.
struct BuildSection {
  text::Place where{};
  Fact<std::string_view> context{};     // as written; unknown: a variable that is not set
  Fact<std::string_view> dockerfile{};  // as written
  Fact<std::string_view> target{}, network{};
  FactList<Variable> arguments{}, labels{};
  FactList<std::string_view> secrets{}, ssh{}, entitlements{}, platforms{}, extra_hosts{};
  Fact<bool> privileged{}, pull{}, no_cache{};
  bool remote_context = false;           // a URL or git reference
  std::string_view directory{}, file{};  // absolute paths where both are known; empty: unknown
  Fact<std::string_view> inline_text{};  // dockerfile_inline
};

// A command that is run in a container that already runs: `post_start`, `pre_stop`.
struct Hook {
  text::Place where{};
  enum class Kind : std::uint8_t { post_start, pre_stop } kind{};
  Fact<std::string_view> user{};
  Fact<bool> privileged{};
  Program command{};
};

struct Dependency {
  std::string_view service{};
  std::string_view condition{};  // "service_healthy" …
  bool required = true;
};

// A limit that a service and its `deploy` state differently: Compose refuses it.
struct LimitConflict {
  std::string_view key{}, in_deploy{};  // "mem_limit", "limits.memory"
  text::Place other{};  // what `deploy` says; where it says nothing of it, its section
};

// A service's mapping as it stands in the file that has its key, for whoever adds to it.
struct ServiceText {
  const text::Source* source = nullptr;
  const parse::yaml::Node* mapping = nullptr;   // null: its text is not at hand
  const parse::yaml::Node* document = nullptr;  // the top level of that file
  bool extended = false;  // another service of the file extends it, and would change with it
};

// What only Compose says of a service, job or `pre_start` container.
struct Service {
  const BuildSection* build = nullptr;  // null: it uses an image
  Fact<std::string_view> image_name{};  // with `build`: `image`, the name that the result gets
  std::string_view of{};                // pre_start: the service that it stands in
  text::Place key{};                    // the service's name
  text::Place body{};                   // its mapping: where a key would be added
  ServiceText text{};
  std::span<const Fact<std::string_view>> profiles{};
  FactList<Dependency> depends_on{};
  std::span<const Hook> hooks{};
  Fact<std::string_view> provider{};  // `provider: {type}`: the program of the host that is run
  Fact<std::int64_t> replicas{};      // scale, deploy.replicas
  FactList<std::string_view> swarm_only{};  // keys of `deploy` that `docker compose up` ignores
  bool limits_in_deploy = false;  // there is deploy.resources.limits: a limit belongs there
  // What the engine refuses beside a limit that is too low, or beside `cpus`.
  bool reserves_memory = false, divides_processors = false;
  FactList<std::string_view> external_links{};
  FactList<LimitConflict> limit_conflicts{};
};

struct Network {
  std::string_view name{};
  text::Place where{};
  Fact<std::string_view> driver{};
  bool internal = false, external = false;
};

struct Volume {
  std::string_view name{};
  text::Place where{};
  Fact<std::string_view> driver{};
  FactList<Variable> options{};  // driver_opts: {type: none, device: /var/run/docker.sock, o: bind}
  bool external = false;
};

// A secret or config at the top level.
struct Secret {
  std::string_view name{};
  text::Place where{};
  SecretUse::From from{};
  Fact<std::string_view> file{};         // as written
  std::string_view path{};               // absolute where known
  Fact<std::string_view> environment{};  // the variable's name
  Fact<std::string_view> content{};
  bool config = false;
};

// Part of a stack that was not seen, or why Compose refuses it.
struct ProjectProblem {
  text::Place where{};
  std::string_view message{};
};

// A folder that services are built from, and what its ignore file keeps out of the build.
struct ContextFolder {
  std::string_view directory{};    // absolute
  std::string_view service{};      // one that is built from it
  std::string_view ignore_file{};  // absolute: the one in force, or the one that would be
  std::span<const parse::ignorefile::DockerPattern> ignore_patterns{};
};

// The `.env` that Compose takes variables from.
struct VariablesFile {
  std::string_view path{};  // absolute, whether it is there or not; empty: none is read
  // Absolute: the .gitignore that has to name it, or git would track it. Empty: git knows already,
  // there is no repository, or nobody has asked.
  std::string_view ignore_file{};
  std::span<const Variable> variables{};  // all that are set, from outside too; sorted
};

struct Project {
  std::string_view name{};
  std::string_view directory{};              // absolute
  text::Place where{};                       // the first file's top level
  std::span<const std::uint32_t> sources{};  // numbers of its files, the first one decides
  std::span<const Container> containers{};   // services, jobs and pre_start containers
  std::span<const Network> networks{};
  std::span<const Volume> volumes{};
  std::span<const Secret> secrets{};  // and configs
  Fact<std::string_view> version{};   // the obsolete key
  Fact<std::string_view> stated_name{};
  std::span<const ContextFolder> contexts{};  // those that could be looked at
  VariablesFile variables_file{};
  FactList<std::string_view> remote{};  // includes and extends of git, OCI or HTTP
  std::span<const ProjectProblem> problems{}, gaps{};
  // What aliases of its files stand for, sorted by address: a change there is one in several
  // places.
  std::span<const parse::yaml::Node* const> shared{};
  std::string_view unjudged{};  // why nothing is said of it (see unjudged.h); empty: it is judged
};

}  // namespace plimsoll::facts
