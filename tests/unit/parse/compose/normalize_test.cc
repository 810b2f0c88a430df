// What Compose takes for granted, and what it refuses in a model as a whole.
#include <doctest/doctest.h>

#include "parse/compose/fixture.h"

namespace plimsoll::test::normalize_test {
namespace {

std::string problem_of(const std::string& attributes, const std::string& rest = "") {
  return loaded("services:\n  a:\n    image: x\n    " + attributes + "\n" + rest).problem();
}

TEST_CASE("compose normalize: the default network is there if a service is on it") {
  const ComposeProject project = loaded("name: q\nservices: {a: {image: x}}\n");
  CHECK(project.node("services.a.networks.default")->is(compose::NodeKind::null));
  CHECK_FALSE(project.node("services.a.networks")->written);
  CHECK(project.text("networks.default.name") == "q_default");
  const ComposeProject host = loaded("services: {a: {image: x, network_mode: host}}");
  CHECK(host.text("networks") == "absent");
}

TEST_CASE("compose normalize: resources are named by the project, others' by their keys") {
  const ComposeProject project =
      loaded("name: q\nservices: {}\nvolumes: {v: , w: {external: true}, x: {name: y}}\n");
  CHECK(project.text("volumes.v.name") == "q_v");
  CHECK(project.text("volumes.w.name") == "w");
  CHECK(project.text("volumes.x.name") == "y");
}

TEST_CASE("compose normalize: shared namespaces, links and volumes are dependencies") {
  const ComposeProject project = loaded(R"(
services:
  a: {image: x, network_mode: "service:b", links: ["c:d"], volumes_from: ["e:ro"]}
  b: {image: x}
  c: {image: x}
  e: {image: x}
)");
  CHECK(project.problem().empty());
  CHECK(project.text("services.a.depends_on.b.restart") == "true");
  CHECK(project.text("services.a.depends_on.c.restart") == "true");
  CHECK(project.text("services.a.depends_on.e.restart") == "false");
  CHECK(project.bytes("services.a.depends_on.c") == "c:d");
}

TEST_CASE("compose normalize: a pre_start container takes what it has not from its service") {
  const ComposeProject project = loaded(R"(
services:
  a:
    image: x
    cap_drop: [ALL]
    volumes: ["/a:/a"]
    ports: [80]
    environment: {A: "1", B: "1"}
    pre_start: [{command: run, environment: {B: "2"}}]
)");
  CHECK(project.problem().empty());
  CHECK(project.text("services.a.pre_start.0.image") == "x");
  CHECK(project.text("services.a.pre_start.0.cap_drop") == "[ALL]");
  CHECK(project.text("services.a.pre_start.0.environment.A") == "1");
  CHECK(project.text("services.a.pre_start.0.environment.B") == "2");
  CHECK(project.text("services.a.pre_start.0.volumes") == "absent");
  CHECK(project.text("services.a.pre_start.0.ports") == "absent");
}

TEST_CASE("compose env files: later files win, the service wins over all") {
  ComposeProject project({{"/p/compose.yaml",
                           "services: {a: {image: x, env_file: [a.env, b.env], "
                           "environment: {C: own}}}"},
                          {"/p/a.env", "A=1\nB=1\nC=1\n"},
                          {"/p/b.env", "B='2'\n"}});
  project.load();
  CHECK(project.problem().empty());
  CHECK(project.text("services.a.environment.A") == "1");
  CHECK(project.text("services.a.environment.B") == "2");
  CHECK(project.text("services.a.environment.C") == "own");
  CHECK(project.origin("services.a.environment.A") == "a.env:1:3");
  CHECK(project.project().sources.size() == 3);
}

TEST_CASE("compose env files: what is missing, unless it need not be there") {
  CHECK(problem_of("env_file: no.env").find("env file /p/no.env not found") != std::string::npos);
  CHECK(problem_of("env_file: [{path: no.env, required: false}]").empty());
  CHECK(problem_of("label_file: no").find("label file /p/no not found") != std::string::npos);
}

TEST_CASE("compose env files: none outside of the root is opened") {
  ComposeProject project(
      {{"/p/compose.yaml", "services: {a: {image: x, env_file: ../x.env}}"}, {"/x.env", "A=1\n"}});
  project.settings.root = "/p";
  project.load();
  CHECK(project.gap().find("/x.env lies outside of /p") != std::string::npos);
  CHECK(project.text("services.a.environment.A") == "absent");
}

TEST_CASE("compose semantics: attributes that exclude each other") {
  CHECK(loaded("services: {}\nvolumes: {v: {external: true, driver: x}}")
            .problem()
            .find("conflicting parameters \"external\" and \"driver\"") != std::string::npos);
  CHECK(loaded("services: {}\nsecrets: {s: {file: a, environment: b}}")
            .problem()
            .find("file|environment attributes are mutually exclusive") != std::string::npos);
  CHECK(loaded("services: {}\nsecrets: {s: {name: a}}")
            .problem()
            .find("one of file|environment must be set") != std::string::npos);
  CHECK(problem_of("ports: [{target: 80, host_ip: localhost}]").find("invalid ip address") !=
        std::string::npos);
}

TEST_CASE("compose consistency: what is referred to must be there") {
  CHECK(problem_of("depends_on: [b]").find("depends on undefined service \"b\"") !=
        std::string::npos);
  CHECK(problem_of("networks: [n]").find("undefined network n") != std::string::npos);
  CHECK(problem_of("volumes: [\"data:/x\"]") ==
        "compose.yaml:4:16 service \"a\" refers to undefined volume data");
  CHECK(problem_of("secrets: [s]").find("undefined secret s") != std::string::npos);
  CHECK(problem_of("network_mode: host\n    networks: [n]", "networks: {n: }\n")
            .find("mutually exclusive `network_mode` and `networks`") != std::string::npos);
  CHECK(loaded("services: {a: {}}").problem().find("neither an image nor a build context") !=
        std::string::npos);
}

TEST_CASE("compose consistency: a limit beside those of deploy must be equal") {
  CHECK(problem_of("mem_limit: 50M\n    deploy: {resources: {limits: {cpus: '1'}}}") ==
        "compose.yaml:4:16 services.a: can't set distinct values on 'mem_limit' and "
        "'deploy.resources.limits.memory'");
  CHECK(problem_of("mem_limit: 50M\n    deploy: {resources: {limits: {memory: 50M}}}").empty());
  CHECK(problem_of("mem_limit: 50M\n    deploy: {resources: {}}").empty());
  CHECK(problem_of("scale: 2\n    container_name: foo").find("container name must be unique") !=
        std::string::npos);
}

TEST_CASE("compose consistency: one target is mounted once") {
  CHECK(problem_of("tmpfs: /x\n    volumes: [\"/a:/x/\"]")
            .find("target /x already mounted as services.a.tmpfs[0]") != std::string::npos);
}

TEST_CASE("compose consistency: services that wait for each other") {
  CHECK(loaded("services: {a: {image: x, depends_on: [b]}, b: {image: x, depends_on: [a]}}")
            .problem()
            .find("dependency cycle detected: a -> b -> a") != std::string::npos);
}

TEST_CASE("compose consistency: a service that no profile has is missed if it is required") {
  const auto problem = [](const std::string& required) {
    ComposeProject project({{"/p/compose.yaml",
                             "services: {a: {image: x, depends_on: {b: {condition: "
                             "service_started, required: " +
                                 required + "}}}, b: {image: x, profiles: [p]}}"}});
    project.settings.all_services = false;
    return project.load().problem();
  };
  CHECK(problem("true").find("depends on undefined service \"b\"") != std::string::npos);
  CHECK(problem("false").empty());
}

}  // namespace
}  // namespace plimsoll::test::normalize_test
