// Other bytes in the place of some files.
#include "fix/overlay.h"

#include <doctest/doctest.h>

using namespace plimsoll;

TEST_CASE("a file has its other bytes by each of its names") {
  const MemoryFs below({{"a/Dockerfile", "old"}, {"b", "b"}});
  const fix::Texts texts = {{"/p/a/Dockerfile", "newer"}};
  const fix::Overlay overlay(below, texts, "/p");
  CHECK(*overlay.read("a/Dockerfile", 100) == "newer");
  CHECK(*overlay.read("b", 100) == "b");
  CHECK(overlay.status("a/Dockerfile")->size_bytes == 5);
  CHECK(!overlay.read("a/Dockerfile", 4));
  CHECK(overlay.list("a")->size() == 1);
}
