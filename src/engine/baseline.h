// Findings that a project has accepted as a whole: those of an earlier report.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "engine/verdict.h"

namespace plimsoll::engine {

// How many findings of each kind are accepted. A kind is a rule, a file and a message: lines may
// move.
class Baseline {
 public:
  // Reads what `--write-baseline` wrote, or a report made with `--format json`. Fails on what is
  // neither.
  static Result<Baseline> parse(const std::string& path, std::string_view bytes);

  // Marks the findings that the report has as suppressed, as many of a kind as it has.
  void apply(Verdict& verdict) const;

 private:
  std::map<std::string, std::uint64_t> accepted_;
};

}  // namespace plimsoll::engine
