// The JSON of a project; expected texts are the oracle's, with their keys sorted.
#include <doctest/doctest.h>

#include "parse/compose/fixture.h"
#include "parse/compose/units.h"

namespace plimsoll::test::json_test {
namespace {

TEST_CASE("compose json: commands are always there, empty values are not") {
  const ComposeProject project = loaded(R"(
name: p
x-more: {b: [1, 1.5, null], a: "<&>"}
services:
  a:
    image: x
    privileged: false
    cap_add: []
    cpus: 0.1
    mem_limit: 512m
    scale: 0
    secrets: [{source: s, target: t, mode: 0440}]
secrets: {s: {environment: E}}
)");
  CHECK(compose::to_json(project.project()) == R"({
  "name": "p",
  "networks": {
    "default": {
      "ipam": {},
      "name": "p_default"
    }
  },
  "secrets": {
    "s": {
      "environment": "E",
      "name": "p_s"
    }
  },
  "services": {
    "a": {
      "command": null,
      "cpus": 0.1,
      "entrypoint": null,
      "image": "x",
      "mem_limit": "536870912",
      "networks": {
        "default": null
      },
      "scale": 0,
      "secrets": [
        {
          "mode": "0440",
          "source": "s",
          "target": "t"
        }
      ]
    }
  },
  "x-more": {
    "a": "\u003c\u0026\u003e",
    "b": [
      1,
      1.5,
      null
    ]
  }
})");
}

TEST_CASE("compose json: structures of Go that are never left out") {
  const ComposeProject project =
      loaded("services: {a: {image: x, network_mode: host, deploy: {replicas: 1}}}");
  const std::string json = compose::to_json(project.project());
  CHECK(json.find("\"placement\": {}") != std::string::npos);
  CHECK(json.find("\"resources\": {}") != std::string::npos);
}

TEST_CASE("compose json: what is true by default is written if it is false") {
  const ComposeProject project = loaded(R"(
services:
  a:
    image: x
    volumes:
      - "/a:/a"
      - {type: bind, source: /b, target: /b, bind: {create_host_path: false}}
)");
  const std::string json = compose::to_json(project.project());
  CHECK(json.find("\"bind\": {},\n          \"source\": \"/a\"") != std::string::npos);
  CHECK(json.find("\"create_host_path\": false") != std::string::npos);
}

TEST_CASE("compose json: numbers as Go writes them") {
  CHECK(compose::json_number(0.5F) == "0.5");
  CHECK(compose::json_number(0.1F) == "0.1");
  CHECK(compose::json_number(16777216.0F) == "16777216");
  CHECK(compose::json_number(1e21) == "1e+21");
  CHECK(compose::json_number(1e20) == "100000000000000000000");
  CHECK(compose::json_number(1e-7) == "1e-7");
  CHECK(compose::json_number(0.000001) == "0.000001");
}

}  // namespace
}  // namespace plimsoll::test::json_test
