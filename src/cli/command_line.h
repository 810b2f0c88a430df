// The command line: what the user asked for, and the exit status that answers.
#pragma once
#include <optional>
#include <string>
#include <vector>

namespace plimsoll::cli {

// DESIGN.md section 3. If several apply: bug, then usage, findings, incomplete.
enum ExitStatus : int { ok = 0, findings = 1, usage = 2, incomplete = 3, bug = 70 };

struct CheckArguments {
  std::vector<std::string> paths;
  std::string format = "text";
  std::vector<std::string> outputs;         // FORMAT=FILE
  std::vector<std::string> select, ignore;  // each may hold several, separated by commas
  std::string fail_on, preset, config, baseline, stdin_filename, target, today, since;
  std::string write_baseline, reason;
  std::vector<std::string> add_ignore;       // names, or "all"; empty: not asked for
  std::vector<std::string> build_arguments;  // NAME=VALUE
  std::vector<std::string> environment;      // NAME=VALUE, or NAME for the process's own
  std::vector<std::string> env_files, profiles;
  std::string run;  // a docker run line, to be judged or written anew
  bool show_hardened = false, as_compose = false;
  unsigned jobs = 0;
  std::string color = "auto";
  std::string badge;  // FILE.svg
  bool checklist_only = false;
  bool time = false, quiet = false, no_shellcheck = false, show_suppressed = false,
       statistics = false;
};

// Options of `fix` alone; what it judges and how is said as for `check`.
struct FixArguments {
  CheckArguments check{};
  bool diff = false, unsafe = false, interactive = false;
  bool prefer_cache_mounts = false;
  bool prove = false;
  unsigned prove_timeout = 60;         // seconds for a service to become healthy
  std::string prove_network = "none";  // of RUN instructions
  std::string docker_host;             // empty: as Docker's command line has it
};

int check(const CheckArguments& arguments);
int fix(const FixArguments& arguments);
int explain(const std::vector<std::string>& names, const std::string& color);
int list_rules(const std::string& format);
// `what` is "tree", "shell", "facts" or "context"; the answer is JSON on standard output.
// `dockerfile` is the one that a context is for; empty: `Dockerfile` in it.
struct ShowArguments {
  std::string what, path, dockerfile;
};
int show(const ShowArguments& arguments);
// Writes what is generated from the rules: docs/rules and the schema of plimsoll.toml.
int write_documentation(const std::string& rules_folder, const std::string& schema_file);

int run(int argc, char** argv);

}  // namespace plimsoll::cli
