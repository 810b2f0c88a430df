// Splits the one line of CSV that `RUN --mount` and `RUN --device` take as their value.
#pragma once
#include <string_view>
#include <vector>

#include "base/arena.h"

namespace plimsoll::parse::dockerfile {

struct CsvFields {
  std::vector<std::string_view>
      fields;  // views of the line, or of the arena where a doubled quote was in the way
  std::string_view error;  // empty: none
};

CsvFields split_csv(std::string_view line, Arena& arena);

}  // namespace plimsoll::parse::dockerfile
