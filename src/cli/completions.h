// `plimsoll completions`: what a shell needs to complete our command line, made of the option tree.
#pragma once
#include <string>

#include "report/report.h"

namespace CLI {  // NOLINT(readability-identifier-naming): CLI11's
class App;
}

namespace plimsoll::cli {

// The script for a shell: "bash", "zsh" or "fish". Values come from an option's type name: FORMAT,
// RULES, PRESET, THRESHOLD … of completions.cc; FILE and PATH are files. Of a positional its own
// name is taken. False: no such shell.
bool write_completions(const CLI::App& app, const std::string& shell, report::Output& output);

}  // namespace plimsoll::cli
