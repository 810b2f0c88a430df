// What well-known images need once they are hardened.
#include "data/image_needs.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace image_needs_test {

using namespace plimsoll;
using data::find_image_needs;

TEST_CASE("the first row whose tag fits speaks") {
  REQUIRE(find_image_needs("postgres", "17") != nullptr);
  CHECK(find_image_needs("postgres", "17")->user == "999:999");
  CHECK(find_image_needs("docker.io/library/postgres", "17-alpine")->user == "70:70");
  // setpriv of 8 and later lowers the bounding set as well.
  const auto has_setpcap = [](const data::ImageNeeds& needs) {
    return std::ranges::find(needs.capabilities, "SETPCAP") != needs.capabilities.end();
  };
  CHECK(!has_setpcap(*find_image_needs("redis", "7.4")));
  CHECK(has_setpcap(*find_image_needs("redis", "latest")));
}

TEST_CASE("what is not known is not said") {
  CHECK(find_image_needs("registry.example.com/postgres", "17") == nullptr);
  CHECK(find_image_needs("postgres", "") == nullptr);  // a digest may be either flavour
  REQUIRE(find_image_needs("wordpress", "6-fpm") != nullptr);
  CHECK(!find_image_needs("wordpress", "6-fpm")->capabilities_known);
  CHECK(find_image_needs("wordpress", "6")->capabilities_known);
  // None is needed, which is not the same.
  CHECK(find_image_needs("grafana/grafana", "12.0.0")->capabilities_known);
  CHECK(find_image_needs("grafana/grafana", "12.0.0")->capabilities.empty());
}

TEST_CASE("an image that runs programs of others is told by what these write") {
  const data::ImageNeeds* node = find_image_needs("node", "22-alpine");
  REQUIRE(node != nullptr);
  CHECK(node->runtime);
  REQUIRE(node->scratch.size() == 1);
  CHECK(node->scratch.front() == "/tmp");
  REQUIRE(node->starters_scratch.size() == 1);
  CHECK(node->starters_scratch.front() == "~/.npm");
  REQUIRE(find_image_needs("scratch", "latest") != nullptr);
  REQUIRE(find_image_needs("python", "3-windowsservercore") != nullptr);
  CHECK(!find_image_needs("python", "3-windowsservercore")->runtime);
  REQUIRE(find_image_needs("nginx", "1.28") != nullptr);
  CHECK(!find_image_needs("nginx", "1.28")->runtime);
  CHECK(find_image_needs("nginx", "1.28")->lowered == "101");
}

}  // namespace image_needs_test
