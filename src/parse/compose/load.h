// Loads a Compose project as compose-go v2.16.2 does: files, variables, overrides, extends,
// includes. Source: reference pages of compose-spec (2026-06-23); behaviour measured on compose-go.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/arena.h"
#include "base/result.h"
#include "parse/compose/tree.h"
#include "parse/yaml/tree.h"
#include "text/source.h"

namespace plimsoll::parse::compose {

// A file that was read for the project, under its number in the run.
struct Opened {
  std::uint32_t number = 0;
  const text::Source* source = nullptr;
};

// How the loader sees the outside world. Each path that is asked for, missing ones too, goes
// through here: that is what a cache or an editor has to watch.
struct Files {
  std::function<Result<Opened>(const std::string& path)> read;
  std::function<bool(const std::string& path)> is_file;
  std::function<bool(const std::string& path)> is_directory;
};

// Bounds of one project: more is nobody's.
struct Limits {
  std::size_t files = 200;
  std::size_t file_bytes = std::size_t{16} << 20U;
  std::size_t nodes = 1'000'000;  // of the model and all that it was made from
  std::size_t documents = 100;    // of one file: the model is checked after each
  std::size_t values = 100'000;   // of one document, as compose-go caps them
  std::size_t include_depth = 50;
  std::size_t extends_depth = 100;
};

struct LoadSettings {
  std::vector<std::string> files{};  // as given by -f, or found; the first decides the directory
  std::string project_directory{};   // empty: that of the first file
  std::string working_directory{};   // absolute: what relative paths here are relative to
  std::string name{};                // -p; empty: COMPOSE_PROJECT_NAME, `name:`, the directory's
  std::vector<std::pair<std::string, std::string>> environment{};  // wins over .env
  std::vector<std::string> env_files{};                            // --env-file; empty: `.env`
  std::vector<std::string> profiles{};                             // "*": all
  bool all_services = false;        // judge: services of every profile stay in the model
  bool resolve_paths = true;        // --no-path-resolution
  bool resolve_environment = true;  // --no-env-resolution: env_file stays as it is
  bool interpolate = true;
  bool normalize = true;
  bool check_consistency = true;
  bool bind_types = true;  // false: the raw model, not bound to types, profiles and env files
  // Not empty: a file outside of this directory (absolute) is not opened, but a gap.
  std::string root{};
  Limits limits{};
};

struct Problem {
  text::Place where{};
  bool has_place = false;  // false: nothing was read to point at, e.g. a file that is missing
  std::string message;     // our words: what Compose refuses, and why
  std::vector<Step> via{};
};

struct Project {
  Pool pool;
  // Canonical: short forms made long, merged, checked; never null. Sizes are integers of bytes,
  // times have Go's text and nanoseconds, `command` and `healthcheck.test` are lists, what may be a
  // list of K=V is a map, `extra_hosts` a map of lists. Nothing of that is sure where a problem
  // says that a value is of a wrong type.
  Node* model = nullptr;
  std::string name;
  std::string directory;                // absolute
  std::vector<std::string> disabled{};  // services and jobs that no active profile wants
  // Numbers of all files read: Compose, the main one first, then .env and env_file.
  std::vector<std::uint32_t> sources{};
  std::vector<std::uint32_t> variable_sources{};  // those that are no Compose files
  std::string dotenv{};  // absolute: the `.env` that is read, or would be; empty: no such file is
  // What is put into the Compose files: given from outside, or set by files of variables.
  std::vector<std::pair<std::string, std::string>> variables{};
  std::vector<Problem> problems{};  // not empty: Compose refuses the project
  std::vector<Problem> gaps{};      // parts that were not seen: remote includes and the like
  std::vector<Problem> remote{};    // of these the remote ones: `message` is the reference
  const Node* version = nullptr;    // the obsolete key's value, which is not in the model
  std::vector<Problem> warnings{};  // unset variables, `version`, casts, dropped profiles
};

// What the Compose files themselves say, for whoever changes them. The trees live in the arena.
struct WrittenFiles {
  struct File {
    Opened opened{};
    yaml::Tree tree{};
  };
  Arena& arena;
  std::vector<File> files{};
};

// Never fails: what Compose would refuse is a problem, and the model holds what could be loaded.
// `texts`: where the files' own trees are left; null: they go at the end.
std::unique_ptr<Project> load(const LoadSettings& settings, const Files& files,
                              WrittenFiles* texts = nullptr);

// The same JSON as `docker compose config --format json`, keys sorted, without a final newline.
std::string to_json(const Project& project);
// A part of a model as it is, whatever its attributes' types: for comparison with Compose's own.
std::string to_raw_json(const Node& node);

}  // namespace plimsoll::parse::compose
