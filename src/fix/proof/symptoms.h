// What a program's last words say of why it does not work: which error of the kernel, and at which
// path.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::fix::proof {

enum class Ailment : std::uint8_t {
  read_only_file_system,  // EROFS
  not_permitted,          // EPERM
  permission_denied,      // EACCES
  no_space,               // ENOSPC: a tmpfs that is too small
  no_memory,              // ENOMEM
  no_process,             // EAGAIN of fork
};

struct Symptom {
  Ailment ailment{};
  std::string line{};  // fit for a message: one line, bounded, no control characters
  std::string path{};  // absolute; empty: the line names none
};

// In their order, each line once.
std::vector<Symptom> find_symptoms(std::string_view log);

// The capability that a line about EPERM asks for, by what the program was doing: "CHOWN". Empty:
// it can't be told.
std::string_view capability_for(std::string_view line);

}  // namespace plimsoll::fix::proof
