// The table of what Compose's files may say.
#include "data/compose.h"

#include <doctest/doctest.h>

namespace plimsoll::data::compose_test {
namespace {

const ComposeShape& shape_of(std::string_view entry, std::string_view attribute) {
  const ComposeFields* fields = compose_fields(entry);
  REQUIRE(fields != nullptr);
  const ComposeAttribute* found = find_attribute(*fields, attribute);
  REQUIRE(found != nullptr);
  return *found->shape;
}

TEST_CASE("compose attributes: a service is a container and a workload") {
  // 73 of a container, 7 of a workload, 14 of its own: compose-go v2.16.2.
  CHECK(compose_fields("container")->attributes.size() == 73);
  CHECK(compose_fields("workload")->attributes.size() == 7);
  CHECK(compose_fields("service")->attributes.size() == 94);
  CHECK(find_attribute(*compose_fields("pre_start"), "ports") == nullptr);
  CHECK(compose_fields("nothing") == nullptr);
}

TEST_CASE("compose attributes: types, ranges and what values become") {
  CHECK(shape_of("service", "mem_limit").type == ComposeType::bytes);
  CHECK(shape_of("service", "mem_limit").kinds == (compose_whole | compose_number | compose_text));
  CHECK(shape_of("service", "cap_add").unique);
  CHECK(shape_of("service", "oom_score_adj").least == -1000);
  CHECK(shape_of("service", "oom_score_adj").most == 1000);
  CHECK(shape_of("service", "scale").printed == ComposePrinted::if_given);
  CHECK(shape_of("service", "networks").type == ComposeType::map);
  CHECK(shape_of("service", "networks").kinds == (compose_list | compose_map));
  CHECK(shape_of("service", "cgroup").choices.size() == 2);
  CHECK(shape_of("blkio_rate", "rate").printed == ComposePrinted::always);
  CHECK_FALSE(compose_fields("extends")->extensions);
  CHECK(compose_fields("gpu")->open);
}

}  // namespace
}  // namespace plimsoll::data::compose_test
