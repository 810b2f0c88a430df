// Which lines a .dockerignore gets, and which programs would miss what they keep out.
#include "data/ignore_line.h"

#include "data/lookup.h"
#include "data/tables.h"

namespace plimsoll::data {

std::span<const IgnoreLine> ignore_lines() {
  return kIgnoreLines;
}

bool reads_for_builds(std::string_view program) {
  return std::ranges::binary_search(kBuildReaders, program);
}

}  // namespace plimsoll::data
