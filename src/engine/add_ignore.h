// Writes comments that accept findings above the instruction, key or run line where they were
// found.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "engine/verdict.h"
#include "text/source.h"

namespace plimsoll::engine {

struct AddedIgnores {
  std::string text;             // of the file
  unsigned accepted = 0;        // findings
  unsigned left = 0;            // findings that no comment can accept
  std::string_view why_left{};  // "at no instruction": a clause on where they stand
};

// The source's text with a line `# plimsoll: ignore=… reason=…` above each instruction, key or run
// line that has one of `findings`, all of which are of this source. Fails if the text would then
// say something else than before.
Result<AddedIgnores> add_ignores(const text::Source& source,
                                 std::span<const Judged* const> findings, std::string_view reason);

// What is wrong with a reason that is to stand in a comment; empty: nothing.
std::string_view wrong_reason(std::string_view reason);

}  // namespace plimsoll::engine
