// What ShellCheck says of one script.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace plimsoll::engine::shellcheck {

enum class Level : std::uint8_t { error, warning, info, style };

struct Comment {
  std::uint32_t code = 0;  // 2086
  Level level = Level::error;
  std::uint32_t line = 0, column = 0, end_line = 0, end_column = 0;  // from 1, in characters
  std::string message;                                               // one line
};
using Answer = std::vector<Comment>;  // in ShellCheck's order

// Reads `-f json1` for files whose names are their indexes below `count`. Fails with `malformed` if
// that is not what it is.
Result<std::vector<Answer>> read_answers(std::string_view json, std::size_t count);

}  // namespace plimsoll::engine::shellcheck
