// Comments in a Dockerfile by which its author accepts a finding.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/verdict.h"
#include "parse/dockerfile/tree.h"
#include "text/source.h"

namespace plimsoll::engine {

// What one comment says. Views of the source.
struct Pragma {
  std::vector<std::string_view> names;  // rules' names, peers' ids
  std::string_view reason;
  std::uint32_t until = 0;  // yyyymmdd: the last day on which it holds; 0: for good
  std::uint32_t first_line = 0,
                last_line =
                    0;  // lines of the instructions or commands that it speaks of; 0, 0: the file
};

// Understood are, each with the scope that its tool gives it:
//   # plimsoll: ignore=NAME[,NAME…] [until=YYYY-MM-DD] [reason=…]   in the comment block above an
//   instruction, or above
//                                                                   a line inside a continued one
//   # plimsoll: ignore-file=NAME[,NAME…] …                          anywhere
//   # hadolint ignore=CODE[,CODE…] [# reason]                       on the line directly above an
//   instruction # hadolint global ignore=CODE[,CODE…]                           anywhere
std::vector<Pragma> find_pragmas(const text::Source& source, const parse::dockerfile::Tree& tree);

// The pragma that accepts this finding today, or null.
const Pragma* accepting(const std::vector<Pragma>& pragmas, const Judged& finding,
                        std::uint32_t line, std::uint32_t today);

}  // namespace plimsoll::engine
