// A comment by which a finding is accepted, or an entry of plimsoll.toml, and what came of it in
// this run.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/place.h"

namespace plimsoll::facts {

struct Suppression {
  text::Place where{};      // the comment, without its newline
  text::Span line{};        // what goes if the comment goes: its line with its newline
  std::string_view tool{};  // in whose words it is written: "plimsoll", "hadolint"
  std::vector<std::string_view> names{};
  // Of `names`: those that accepted nothing, though every rule of that name was asked.
  std::vector<std::string_view> idle{};
  // Of `names`, in Plimsoll's own words: those that no rule goes by; `nearest` is a rule that is
  // spelt much like the first of them.
  std::vector<std::string_view> unknown{};
  std::string_view nearest{};
  std::string_view wrong{};   // why it is not understood and accepts nothing; empty: it is
  std::uint32_t expired = 0;  // yyyymmdd: the day that it names has passed; 0: it has not
  bool in_config = false;     // no comment but an entry of plimsoll.toml
};

}  // namespace plimsoll::facts
