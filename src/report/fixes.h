// Tells what `plimsoll fix` has done.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "fix/fix.h"
#include "report/report.h"

namespace plimsoll::report {

struct FixWords {
  bool written = true;      // false: it was only shown
  std::string_view note{};  // what else is to be said; empty: nothing
};

// For people: by file what was fixed, what was dropped and why, and what would need --unsafe.
void write_fixes(const fix::Outcome& outcome, const FixWords& words, const Options& options,
                 Output& output);

struct Diff {
  std::string text;
  bool hides_secrets = false;  // "*" stands for some bytes, so that it can't be applied
};
// Of all changed files, as git writes it. Paths are made relative to the working directory.
Diff diff_of(const fix::Outcome& outcome, std::string_view working_directory);

// A path from the working directory on if it lies below that.
std::string relative(std::string_view path, std::string_view folder);

std::string_view name(fix::Status status);

// A fix's title and reason with the secrets of its file hidden.
class FixTexts {
 public:
  explicit FixTexts(const fix::Outcome& outcome);
  [[nodiscard]] std::string shown(const fix::Told& told, std::string_view words) const;

 private:
  const fix::Outcome& outcome_;
  std::map<std::string_view, std::uint32_t> before_, result_;  // numbers by path
};

}  // namespace plimsoll::report
