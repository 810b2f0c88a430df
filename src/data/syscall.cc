// One look-up in a sorted table.
#include "data/syscall.h"

#include "data/lookup.h"
#include "data/tables.h"

namespace plimsoll::data {

const DangerousSyscall* find_dangerous_syscall(std::string_view name) {
  return find_row(kDangerousSyscalls, name, &DangerousSyscall::name);
}

}  // namespace plimsoll::data
