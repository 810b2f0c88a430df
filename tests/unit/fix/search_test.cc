// Which of several fixes stand, when some of them don't.
#include "fix/search.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace search_test {

using namespace plimsoll;

// Runs a search in which the fixes of `bad` fail; returns the number of trials.
static unsigned run(fix::Search& search, const std::set<std::size_t>& bad, bool is_suspected) {
  unsigned trials = 0;
  while (const auto set = search.next()) {
    ++trials;
    fix::Failure failure{"no", {}};
    for (const std::size_t i : *set)
      if (bad.contains(i)) failure.suspects.insert(i);
    const bool fails = !failure.suspects.empty();
    if (!is_suspected) failure.suspects.clear();
    search.tried(fails ? &failure : nullptr);
  }
  return trials;
}

static std::vector<std::size_t> numbers(std::size_t count) {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(i);
  return all;
}

TEST_CASE("what stands as a whole is tried once") {
  fix::Search search(numbers(20));
  CHECK(run(search, {}, false) == 1);
  CHECK(search.proved().size() == 20);
}

TEST_CASE("one that fails is found by halves, or at once if it is suspected") {
  for (std::size_t bad = 0; bad < 32; ++bad) {
    fix::Search search(numbers(32));
    CHECK(run(search, {bad}, false) <= 11);  // two for each halving, and the first
    CHECK(search.proved().size() == 31);
    CHECK(search.dropped() == std::map<std::size_t, std::string>{{bad, "no"}});
  }
  fix::Search suspected(numbers(32));
  CHECK(run(suspected, {7}, true) == 2);
  CHECK(suspected.proved().size() == 31);
}

TEST_CASE("all that fail are dropped, and no other") {
  for (const bool is_suspected : {false, true}) {
    fix::Search search(numbers(16));
    run(search, {1, 2, 9, 15}, is_suspected);
    CHECK(search.proved().size() == 12);
    CHECK(search.dropped().size() == 4);
  }
}

TEST_CASE("two that can't stand together lose one") {
  fix::Search search(numbers(4));
  while (const auto set = search.next()) {
    const bool both = std::ranges::count(*set, 1U) > 0 && std::ranges::count(*set, 2U) > 0;
    const fix::Failure failure{"both", {}};
    search.tried(both ? &failure : nullptr);
  }
  CHECK(search.proved().size() == 3);
  CHECK(search.dropped().size() == 1);
}

}  // namespace search_test
