// The scripts of a Dockerfile as ShellCheck should see them.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "facts/build.h"

namespace plimsoll::engine::shellcheck {

// A shebang line, `export NAME=1` for each variable of ARG and ENV that the script mentions, then
// the script.
struct Script {
  const facts::Run* run = nullptr;
  std::string text;
  std::uint32_t head_lines = 0;  // lines that are not the author's
  std::string_view body;         // a part of the run's script: what stands behind them

  // The place in the Dockerfile of what ShellCheck calls lines and columns from 1: it counts
  // characters, a tab as one. Empty if that is in the head.
  [[nodiscard]] text::Span where(std::uint32_t line, std::uint32_t column, std::uint32_t end_line,
                                 std::uint32_t end_column) const;
};

// Of each RUN whose shell ShellCheck understands, those of ONBUILD too. The exec form has none.
std::vector<Script> scripts_of(const facts::Build& build);

}  // namespace plimsoll::engine::shellcheck
