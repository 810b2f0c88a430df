// Runs other programs, without a shell between: what is given is exactly what they get.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace plimsoll {

struct Program {
  std::vector<std::string> words;  // the program's path, then its arguments
  std::vector<std::string>
      without{};  // beginnings of the names of variables that it must not see: "GIT_"
  std::vector<std::pair<std::string, std::string>> with{};  // variables that it gets
  std::uint32_t timeout_ms = 60'000;
  std::uint64_t max_output_bytes = std::uint64_t{64} << 20;  // of each of its two outputs
};

struct Finished {
  int status = 0;  // exit status; 128 + the signal that ended it
  std::string out, err;
};

// The seam: tests put a function of their own in its place. Thread-safe.
using RunProgram = std::function<Result<Finished>(const Program&)>;

// Its standard input is empty. Fails with `not_found` if it can't be started, with `timed_out` or
// `too_large` past its limits; it and what it started are then ended.
Result<Finished> run_program(const Program& program);

// The first executable file of that name in the folders of a PATH; empty: there is none. A name
// with a slash is taken as it is. Folders that are not absolute are passed over: what lies in the
// project that is judged must not be run.
std::string find_program(std::string_view name, std::string_view path);

}  // namespace plimsoll
