// What the schema of Compose refuses, where, and in which words.
#include <doctest/doctest.h>

#include "parse/compose/fixture.h"

namespace plimsoll::test::schema_test {
namespace {

std::string problem_of(const std::string& attributes) {
  return loaded("services:\n  a:\n    image: x\n    " + attributes + "\n").problem();
}

TEST_CASE("compose schema: an unknown key is told at the key, with the one that is near") {
  CHECK(problem_of("privilegd: true") ==
        "compose.yaml:4:5 services.a: additional properties 'privilegd' not allowed; did you mean "
        "\"privileged\"?");
  CHECK(problem_of("build: {contxt: .}") ==
        "compose.yaml:4:13 services.a.build: additional properties 'contxt' not allowed; did you "
        "mean \"context\"?");
  CHECK(loaded("web: {image: x}").problem() ==
        "compose.yaml:1:1 additional properties 'web' not allowed");
  CHECK(loaded("services: {'a b': {image: x}}").problem() ==
        "compose.yaml:1:13 services: additional properties 'a b' not allowed");
  CHECK(problem_of("x-mine: {a: 1}").empty());
}

TEST_CASE("compose schema: a value of another type is told at the value") {
  CHECK(problem_of("cap_add: ALL") == "compose.yaml:4:14 services.a.cap_add must be a list");
  CHECK(problem_of("user: 1000") == "compose.yaml:4:11 services.a.user must be a string");
  CHECK(problem_of("build: 5") == "compose.yaml:4:12 services.a.build must be a mapping or string");
  CHECK(problem_of("group_add: [true]") ==
        "compose.yaml:4:17 services.a.group_add.0 must be a number or string");
  CHECK(loaded("services: {a: }").problem().find("services.a must be a mapping") !=
        std::string::npos);
  CHECK(problem_of("use_api_socket: 'true'") ==
        "compose.yaml:4:22 services.a.use_api_socket must be a boolean");
}

TEST_CASE("compose schema: choices, ranges, patterns and lists without equals") {
  CHECK(problem_of("cgroup: x") ==
        "compose.yaml:4:13 services.a.cgroup value must be one of 'host', 'private'");
  CHECK(problem_of("cpu_count: -1") ==
        "compose.yaml:4:16 services.a.cpu_count must be greater than or equal to 0");
  CHECK(problem_of("oom_score_adj: 1001") ==
        "compose.yaml:4:20 services.a.oom_score_adj must be less than or equal to 1000");
  CHECK(problem_of("pull_policy: every_1x").find("does not match pattern") != std::string::npos);
  CHECK(problem_of("pull_policy: every_1h30m").empty());
  CHECK(problem_of("container_name: a").find("does not match pattern") != std::string::npos);
  CHECK(problem_of("security_opt: [a, a]") ==
        "compose.yaml:4:23 services.a.security_opt items at 0 and 1 are equal");
}

TEST_CASE("compose schema: what must be there") {
  CHECK(problem_of("devices: [{target: x}]") ==
        "compose.yaml:4:15 services.a.devices.0 missing property 'source'");
  CHECK(loaded("jobs: {a: {image: x}}").problem().find("missing property 'triggers'") !=
        std::string::npos);
  CHECK(loaded("jobs: {a: {image: x, triggers: {}}}").problem().find("missing property 'manual'") !=
        std::string::npos);
}

TEST_CASE("compose schema: whole numbers, be they written as reals") {
  CHECK(problem_of("cpu_percent: 50.0").empty());
  CHECK(problem_of("cpu_percent: 50.5").find("must be an integer or string") != std::string::npos);
}

TEST_CASE("compose schema: pre_start containers are whole ones, without ports") {
  CHECK(problem_of("pre_start: [{command: a, cap_add: [X], per_replica: true}]").empty());
  CHECK(problem_of("pre_start: [{command: a, ports: [80]}]") ==
        "compose.yaml:4:30 services.a.pre_start.0: additional properties 'ports' not allowed");
}

}  // namespace
}  // namespace plimsoll::test::schema_test
