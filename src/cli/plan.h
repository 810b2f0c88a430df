// What `check` and `fix` have in common: options and configuration become the settings of a run,
// and reports are written.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/fs.h"
#include "base/result.h"
#include "cli/command_line.h"
#include "engine/check.h"
#include "engine/snapshot.h"
#include "report/report.h"

namespace plimsoll::cli {

struct Plan {
  engine::CheckSettings settings;
  engine::Selection selection;
  std::optional<rules::Severity> threshold = rules::Severity::medium;  // none: never
  const report::Format* format = nullptr;
  std::vector<engine::InputError> config_errors{};  // a broken configuration counts as empty
  bool statistics = false;
  std::string badge;                                                   // a file; empty: none
  std::vector<std::pair<const report::Format*, std::string>> outputs;  // format, file
};

// Reads the configuration and standard input. Fails on wrong usage.
Result<void> make_plan(const CheckArguments& arguments, const Fs& fs, engine::Snapshot& snapshot,
                       Plan& plan);

std::string working_directory();

// Marks the findings that the baseline accepts. An empty path: there is none.
Result<void> accept_baseline(const std::string& path, const Fs& fs, engine::Verdict& verdict);

// What to say where nothing was found.
std::string nothing_to_judge(const CheckArguments& arguments);

// Writes the report on standard output and those of --output. False: one could not be written,
// which was told.
bool write_reports(const Plan& plan, const engine::Verdict& verdict,
                   const report::Options& options);
// Those of --output alone.
bool write_outputs(const Plan& plan, const engine::Verdict& verdict,
                   const report::Options& options);

}  // namespace plimsoll::cli
