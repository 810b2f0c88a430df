// Wall and processor time of the passes of a run.
#pragma once
#include <ctime>

namespace plimsoll {

inline double seconds_of(clockid_t clock) {
  timespec t{};
  ::clock_gettime(clock, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

// Measures from its making on. Thread time where it is used within one thread.
class Stopwatch {
 public:
  explicit Stopwatch(clockid_t clock) : clock_(clock), start_(seconds_of(clock)) {}
  [[nodiscard]] double ms() const { return 1e3 * (seconds_of(clock_) - start_); }

 private:
  clockid_t clock_;
  double start_;
};

}  // namespace plimsoll
