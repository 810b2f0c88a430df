// Writes comments that accept findings above the instructions where they were found.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "engine/verdict.h"
#include "text/source.h"

namespace plimsoll::engine {

struct AddedIgnores {
  std::string text;       // of the file
  unsigned accepted = 0;  // findings
  unsigned left = 0;  // findings that stand at no instruction, so that no comment can accept them
};

// The source's text with a line `# plimsoll: ignore=… reason=…` above each instruction that has one
// of `findings`, all of which are of this source. Fails if the text would then be read as other
// instructions than before.
Result<AddedIgnores> add_ignores(const text::Source& source,
                                 std::span<const Judged* const> findings, std::string_view reason);

// What is wrong with a reason that is to stand in a comment; empty: nothing.
std::string_view wrong_reason(std::string_view reason);

}  // namespace plimsoll::engine
