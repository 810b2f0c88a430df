// hadolint's levels: a few that its README states, and what stands for all others.
#include "data/peers.h"

#include <doctest/doctest.h>

namespace peers_test {

using namespace plimsoll::data;

TEST_CASE("hadolint's levels") {
  CHECK(hadolint_level("DL3004") == "error");
  CHECK(hadolint_level("DL3008") == "warning");
  CHECK(hadolint_level("DL3015") == "info");
  CHECK(hadolint_level("DL3048") == "style");
  CHECK(hadolint_level("DL3057") == "ignore");
  CHECK(hadolint_level("SC2006") == "style");
  CHECK(hadolint_level("DL9999") == "warning");
}

}  // namespace peers_test
