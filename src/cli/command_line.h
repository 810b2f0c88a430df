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
  unsigned jobs = 0;
  std::string color = "auto";
  bool time = false, quiet = false, no_shellcheck = false, show_suppressed = false,
       statistics = false;
};

int check(const CheckArguments& arguments);
int explain(const std::vector<std::string>& names, const std::string& color);
int list_rules(const std::string& format);
// `what` is "tree", "shell" or "facts"; the answer is JSON on standard output.
int show(const std::string& what, const std::string& path);
// Writes what is generated from the rules: docs/rules and the schema of plimsoll.toml.
int write_documentation(const std::string& rules_folder, const std::string& schema_file);

int run(int argc, char** argv);

}  // namespace plimsoll::cli
