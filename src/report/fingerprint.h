// Knows a finding again when lines above it come and go.
#pragma once
#include <cstdint>
#include <string>
#include <unordered_map>

#include "engine/verdict.h"

namespace plimsoll::report {

// Asked for each finding in the verdict's order. The same in every run and on every machine, as
// long as the rule's name, the line's text without blanks at its ends and the number of equal ones
// before it in the file stay the same; 16 hexadecimal digits and that number, like
// "9f0c12ab34cd56ef:1".
class Fingerprints {
 public:
  std::string next(const engine::Verdict& verdict, const engine::Judged& judged);

 private:
  std::uint32_t source_ = UINT32_MAX;
  std::unordered_map<std::uint64_t, std::uint32_t> seen_;  // in this source
};

}  // namespace plimsoll::report
