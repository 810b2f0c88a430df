// Looks hadolint's codes up; most are warnings, and only the others are listed.
#include "data/peers.h"

#include "data/lookup.h"
#include "data/tables.h"

namespace plimsoll::data {

std::string_view hadolint_level(std::string_view code) {
  const HadolintLevel* row = find_row(kHadolintLevels, code, &HadolintLevel::code);
  return row == nullptr ? "warning" : row->level;
}

}  // namespace plimsoll::data
