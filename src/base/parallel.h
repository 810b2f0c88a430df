// Runs independent pieces of work on several threads.
#pragma once
#include <cstddef>
#include <functional>

namespace plimsoll {

// Calls work(i, worker) once for each i below `count`, on at most `jobs` threads (0: one for each
// processor), in no particular order; `worker` is below the number of threads and tells whose
// scratch memory to use. Returns when all is done. `work` must not throw. A thread costs about as
// much as a few files; where there are fewer than `least` pieces for each, there are fewer threads.
void parallel_for(std::size_t count, unsigned jobs,
                  const std::function<void(std::size_t, unsigned)>& work, std::size_t least = 8);

// How many threads parallel_for would use.
unsigned workers(std::size_t count, unsigned jobs, std::size_t least = 8);

}  // namespace plimsoll
