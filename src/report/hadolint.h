// Tells a verdict as hadolint tells its own: its codes, levels and formats, so that what reads
// hadolint's output reads ours.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "report/issue.h"

namespace plimsoll::report::hadolint {

// The hadolint whose output is meant.
inline constexpr std::string_view kVersion = "2.15.1";
// Of a file that could not be parsed. It has no level that could be changed.
inline constexpr std::string_view kParseError = "DL1000";

struct Settings {
  std::vector<std::pair<std::string, Level>> levels;  // by code; the first one holds
  std::vector<std::string> ignored;                   // codes
  bool with_pragmas = true;                           // comments that accept a finding count
};

// The findings that hadolint would have too, by its codes, with each file in the order of `paths`:
// on the first line of the instruction, in column 1, one for each line and code. Of a file that
// Docker would refuse only that is told, as by hadolint.
IssueFiles failures(const engine::Verdict& verdict, const std::vector<std::string>& paths,
                    const Settings& settings);

struct Format {
  std::string_view name;
  IssueWriter write;
  bool path_is_replaced = false;  // does --file-path-in-report count?
  // Findings leave the exit status 0: the services that start a linter for this format ask for it.
  bool always_succeeds = false;
};
// Every format, in the order of hadolint's help; the first is the default. "tty" has no colours
// here.
std::span<const Format> formats();
void write_coloured_tty(const IssueFiles& files, const Speaker& speaker, Output& output);

Speaker speaker();

}  // namespace plimsoll::report::hadolint
