// `plimsoll hadolint`: hadolint's command line, for pipelines that have it already.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "report/issue.h"

namespace CLI {  // NOLINT(readability-identifier-naming): CLI11's
class App;
}

namespace plimsoll::cli {

// As given; empty where nothing was.
struct HadolintArguments {
  std::vector<std::string> paths;
  std::string format, config, output, threshold, file_path_in_report;
  std::vector<std::string> error, warning, info, style, ignore;  // codes
  std::vector<std::string> trusted_registries, labels;           // labels: NAME:KIND
  std::vector<std::pair<std::string, report::Level>> levels;     // by code; the first one holds
  bool no_fail = false, no_color = false, verbose = false, strict_labels = false;
  bool disable_ignore_pragma = false, version = false;
};

// Declares hadolint's options.
void add_hadolint(CLI::App& app, HadolintArguments& arguments);

// Fills in what the environment says (HADOLINT_…, NO_COLOR) where the command line says nothing,
// and gathers `levels`.
void add_hadolint_environment(HadolintArguments& arguments);

// hadolint's exit status: 1 for findings from the threshold on, a file that can't be read, and
// wrong usage.
int hadolint(HadolintArguments arguments);
constexpr int kHadolintFailure = 1;

// Fills in what hadolint's configuration file says where neither the command line nor the
// environment says something; its levels go behind those of `levels`. False: the file that was
// asked for cannot be used, which was told.
bool add_hadolint_config(HadolintArguments& arguments);

}  // namespace plimsoll::cli
