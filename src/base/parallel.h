// Runs independent pieces of work on several threads.
#pragma once
#include <cstddef>
#include <functional>

namespace plimsoll {

// Calls work(i, worker) once for each i below `count`, on at most `jobs` threads (0: one for each
// processor), in no particular order; `worker` is below the number of threads and tells whose
// scratch memory to use. Returns when all is done. `work` must not throw.
void parallel_for(std::size_t count, unsigned jobs,
                  const std::function<void(std::size_t, unsigned)>& work);

// How many threads parallel_for would use.
unsigned workers(std::size_t count, unsigned jobs);

}  // namespace plimsoll
