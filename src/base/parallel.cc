// A shared counter hands out the work. Not oneTBB: loading it costs a tenth of the time that a
// small run takes, and nothing here needs more than this.
#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace plimsoll {

unsigned workers(std::size_t count, unsigned jobs, std::size_t least) {
  if (jobs == 0) jobs = std::max(1U, std::thread::hardware_concurrency());
  return static_cast<unsigned>(std::clamp<std::size_t>(count / least, 1, jobs));
}

void parallel_for(std::size_t count, unsigned jobs,
                  const std::function<void(std::size_t, unsigned)>& work, std::size_t least) {
  const unsigned threads = workers(count, jobs, least);
  std::atomic<std::size_t> next = 0;
  const auto run = [&](unsigned worker) {
    for (std::size_t i = next.fetch_add(1); i < count; i = next.fetch_add(1)) work(i, worker);
  };
  std::vector<std::jthread> others;
  for (unsigned worker = 1; worker < threads; ++worker) others.emplace_back(run, worker);
  run(0);
}

}  // namespace plimsoll
