// System calls that a container has no business with.
#pragma once
#include <string_view>

namespace plimsoll::data {

struct DangerousSyscall {
  std::string_view name, allows;  // "bpf", "run programs in the kernel"
};

// Null: it is not known to be. From data/dangerous_syscalls.json.
const DangerousSyscall* find_dangerous_syscall(std::string_view name);

}  // namespace plimsoll::data
