// Which programs report on their use.
#include "data/lookup.h"
#include "data/names.h"
#include "data/tables.h"

namespace plimsoll::data {

const Telemetry* telemetry_of(std::string_view program) {
  return find_row(kTelemetry, program, &Telemetry::program);
}

}  // namespace plimsoll::data
