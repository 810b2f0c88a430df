// `plimsoll show compose`: the project that Compose would run, as JSON.
#pragma once
#include <string>
#include <vector>

namespace plimsoll::cli {

struct ComposeArguments {
  std::string path;  // a folder to look in, or a file; empty: this folder
  std::vector<std::string> files, profiles, env_files;
  std::vector<std::string> environment;  // NAME=VALUE, or a name alone for that of the process
  std::string name, project_directory;
  bool no_path_resolution = false, no_env_resolution = false;
};

// The JSON of `docker compose config --format json` on standard output. A project that Compose
// refuses is told on standard error, with places, and gives `findings`; parts that are elsewhere
// give `incomplete`.
int show_compose(const ComposeArguments& arguments);

}  // namespace plimsoll::cli
