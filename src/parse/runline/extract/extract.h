// Finds the `docker run` lines of a file that holds commands: a script, a Makefile, a README, a CI
// file, a unit.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "parse/runline/tree.h"
#include "text/source.h"

namespace plimsoll::parse::runline {

// What a file may hold lines as: by its name, or by its first bytes if it has none that says so.
// `head` may be empty; a shebang is then not seen.
Carrier carrier_of(std::string_view path, std::string_view head);

// False: no line can stand in it, and reading it is not worth while. One search for each engine.
bool mentions_engine(std::string_view bytes);

struct Extraction {
  std::span<const RunLine> lines{};  // in the order of the text
  bool complete = true;              // false: there were more than kMostLines
};

inline constexpr std::size_t kMostLines = 10'000;  // of one file

// Never fails; text that its carrier's language would refuse is read as far as it goes. `number` is
// the source's. Linear; the result lives as long as the source and the arena.
Extraction extract(const text::Source& source, std::uint32_t number, Carrier carrier, Arena& arena);

}  // namespace plimsoll::parse::runline
