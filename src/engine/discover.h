// Finds the files to judge.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fs.h"
#include "engine/snapshot.h"
#include "engine/verdict.h"

namespace plimsoll::engine {

struct DiscoverySettings {
  std::vector<std::string> dockerfiles;  // further globs for names or paths, from the configuration
  std::vector<std::string> exclude;      // globs for paths that are left out
  std::string working_directory;  // absolute; where .gitignore files above are looked for. Empty:
                                  // they are not
};

// What a file is judged as, by its name; its content may show that it is nothing of the kind.
enum class InputKind : std::uint8_t {
  dockerfile,
  compose,
  carrier,  // of `docker run` lines: a script, a CI file, a text for people
  daemon,   // daemon.json, seccomp and AppArmor profiles
};

struct FoundFile {
  std::string path;
  bool named = false;  // the user named it: judged whatever it is called
  InputKind kind = InputKind::dockerfile;
};

struct Discovered {
  std::vector<FoundFile> files;  // sorted by path, no file twice
  std::vector<InputError> errors;
};

// Files named are taken as they are; folders are searched, leaving out what git ignores, folders of
// version control and vendored code. Links to folders are not followed; one that leads back to a
// folder above is an error.
Discovered discover(const std::vector<std::string>& paths, const DiscoverySettings& settings,
                    const Fs& fs, Snapshot& snapshot);

// By its name alone: Dockerfile, Dockerfile.*, *.Dockerfile, *.dockerfile, Containerfile*; never an
// ignore file.
bool is_dockerfile_name(std::string_view name);

// compose.yaml, docker-compose.prod.yml, app.compose.yaml, docker-stack.yml, stack.yml.
bool is_compose_name(std::string_view name);

// By its name; none: it is nothing to judge. A file that the user named has one in any case.
std::optional<InputKind> kind_of(std::string_view path);

// `dockerfile.go` may be a parser of Dockerfiles, `Dockerfile.go` the Go service's Dockerfile: with
// such an ending only the content tells.
bool may_be_source_code(std::string_view name);

}  // namespace plimsoll::engine
