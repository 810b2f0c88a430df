// Overrides: the rule of each attribute, lists with keys, what a file takes away.
#include <doctest/doctest.h>

#include "parse/compose/fixture.h"

namespace plimsoll::test::merge_test {
namespace {

TEST_CASE("compose merge: scalars are replaced, lists appended, equal entries not twice") {
  const ComposeProject project = overridden(R"(
services:
  a:
    image: x
    privileged: true
    security_opt: ["no-new-privileges:false"]
    group_add: [one, two]
)",
                                            R"(
services:
  a:
    privileged: false
    security_opt: ["no-new-privileges:true"]
    group_add: [two, three]
    image:
)");
  CHECK(project.problem().empty());
  CHECK(project.text("services.a.privileged") == "false");
  CHECK(project.origin("services.a.privileged") == "over.yaml:4:17 overrides compose.yaml:5");
  CHECK(project.text("services.a.security_opt") ==
        "[no-new-privileges:false no-new-privileges:true]");
  CHECK(project.text("services.a.group_add") == "[one two three]");
  CHECK(project.text("services.a.image") == "x");
}

TEST_CASE("compose merge: commands and tests are replaced, even by nothing") {
  const ComposeProject project = overridden(R"(
services:
  a:
    image: x
    command: [one, two]
    entrypoint: [run]
    healthcheck: {test: [CMD, "true"], retries: 3}
)",
                                            R"(
services:
  a:
    command: [three]
    entrypoint:
    healthcheck: {test: [CMD, "false"]}
)");
  CHECK(project.problem().empty());
  CHECK(project.text("services.a.command") == "[three]");
  CHECK(project.text("services.a.entrypoint") == "<nil>");
  CHECK(project.text("services.a.healthcheck.test") == "[CMD false]");
  CHECK(project.text("services.a.healthcheck.retries") == "3");
}

TEST_CASE("compose merge: names become keys") {
  const ComposeProject project = overridden(R"(
services:
  a: {image: x, depends_on: [b], networks: [one]}
  b: {image: x}
  c: {image: x}
networks: {one: {}, two: {}}
)",
                                            R"(
services:
  a:
    depends_on: {c: {condition: service_healthy}}
    networks: {two: {aliases: [z]}}
)");
  CHECK(project.problem().empty());
  CHECK(project.text("services.a.depends_on.b.condition") == "service_started");
  CHECK(project.text("services.a.depends_on.c.condition") == "service_healthy");
  CHECK(project.text("services.a.networks.one") == "<nil>");
  CHECK(project.text("services.a.networks.two.aliases") == "[z]");
}

TEST_CASE("compose merge: builds, logging and limits") {
  const ComposeProject project = overridden(R"(
services:
  a: {build: ./dir, logging: {driver: one, options: {k: v}}, ulimits: {nofile: 5}}
  b: {image: x, logging: {driver: one, options: {k: v}}, ulimits: {nofile: {soft: 1, hard: 2}}}
)",
                                            R"(
services:
  a: {build: {target: t}, logging: {driver: two}, ulimits: {nofile: 6}}
  b: {logging: {options: {l: w}}, ulimits: {nofile: {hard: 3}}}
)");
  CHECK(project.problem().empty());
  CHECK(project.text("services.a.build.target") == "t");
  CHECK(project.text("services.a.logging.options") == "absent");
  CHECK(project.text("services.b.logging.options.l") == "w");
  CHECK(project.text("services.b.logging.options.k") == "v");
  CHECK(project.text("services.b.ulimits.nofile.soft") == "1");
  CHECK(project.text("services.b.ulimits.nofile.hard") == "3");
}

TEST_CASE("compose merge: pairs by key, the value at its own text") {
  const ComposeProject project = overridden(
      "services:\n  a:\n    image: x\n    environment: {A: 1, B: 2}\n    labels: [one=1]\n",
      "services:\n  a:\n    environment:\n      - B=3\n    labels: {two: 2}\n");
  CHECK(project.problem().empty());
  CHECK(project.text("services.a.environment.A") == "1");
  CHECK(project.text("services.a.environment.B") == "3");
  CHECK(project.origin("services.a.environment.A") == "compose.yaml:4:22");
  CHECK(project.origin("services.a.environment.B") == "over.yaml:4:11 overrides compose.yaml:4");
  CHECK(project.text("services.a.labels.one") == "1");
  CHECK(project.text("services.a.labels.two") == "2");
}

TEST_CASE("compose merge: types that clash are refused at the override") {
  const ComposeProject project = overridden("services: {a: {image: x, cap_add: [ALL]}}\n",
                                            "services:\n  a:\n    cap_add: {x: y}\n");
  CHECK(project.problem() ==
        "over.yaml:3:14 services.a.cap_add is a list elsewhere, and this can't be laid over it");
}

TEST_CASE("compose unicity: ports of other addresses stay both, volumes of a target do not") {
  const ComposeProject project = overridden(R"(
services:
  a:
    image: x
    ports: ["80:80", "81:81"]
    volumes: ["one:/data", "/src:/app"]
    cap_add: [NET_ADMIN, ALL]
)",
                                            R"(
services:
  a:
    ports: ["127.0.0.1:80:80", "81:81"]
    volumes: ["two:/data"]
    cap_add: [CAP_NET_ADMIN, ALL]
volumes: {one: {}, two: {}}
)");
  CHECK(project.problem().empty());
  CHECK(project.node("services.a.ports")->items.size() == 3);
  CHECK(project.node("services.a.volumes")->items.size() == 2);
  CHECK(project.text("services.a.volumes.0.source") == "two");
  CHECK(project.text("services.a.cap_add") == "[NET_ADMIN ALL CAP_NET_ADMIN]");
}

TEST_CASE("compose reset: takes away what earlier files say, and override replaces it") {
  const ComposeProject project = overridden(R"(
services:
  a:
    image: x
    privileged: true
    ports: ["80:80"]
    environment: {A: 1, B: 2}
  b: {image: y}
)",
                                            R"(
services:
  a:
    privileged: !reset null
    ports: !override ["127.0.0.1:80:80"]
    environment: {A: !reset null}
  b: !reset null
)");
  CHECK(project.problem().empty());
  CHECK(project.text("services.a.privileged") == "absent");
  REQUIRE(project.node("services.a.ports")->items.size() == 1);
  CHECK(project.text("services.a.ports.0.host_ip") == "127.0.0.1");
  CHECK(project.text("services.a.environment.A") == "absent");
  CHECK(project.text("services.a.environment.B") == "2");
  CHECK(project.text("services.b") == "absent");
}

TEST_CASE("compose reset: goes through anchors and merge keys") {
  const ComposeProject project = overridden(
      "services: {a: {image: x, tty: true, init: true}, b: {image: x, tty: true}}\n",
      "x-no: &no {tty: !reset null}\nservices:\n  a: {<<: *no, init: false}\n  b: *no\n");
  CHECK(project.problem().empty());
  CHECK(project.text("services.a.tty") == "absent");
  CHECK(project.text("services.a.init") == "false");
  CHECK(project.text("services.b.tty") == "absent");
}

TEST_CASE("compose aliases: x-develop is develop, and the attribute wins") {
  const ComposeProject project = loaded(R"(
services:
  a:
    image: x
    build: .
    x-develop: {watch: [{path: ., action: rebuild}]}
)");
  CHECK(project.text("services.a.develop.watch.0.action") == "rebuild");
  CHECK(project.text("services.a.x-develop") == "absent");
}

}  // namespace
}  // namespace plimsoll::test::merge_test
