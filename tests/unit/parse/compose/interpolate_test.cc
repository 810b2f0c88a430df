// Variables in values, the casts that follow, and where the values came from.
#include <doctest/doctest.h>

#include "parse/compose/fixture.h"

namespace plimsoll::test::interpolate_test {
namespace {

TEST_CASE("compose variables: what is given wins over .env, and places follow") {
  ComposeProject project(ComposeProject::Texts{{"/p/compose.yaml", R"(
services:
  web:
    image: "app:${TAG}"
    user: ${WHO}
    hostname: ${HOST:-none}
)"},
                                               {"/p/.env", "TAG=1\nWHO=env\n"}});
  project.settings.environment = {{"WHO", "given"}};
  project.load();
  CHECK(project.problem().empty());
  CHECK(project.text("services.web.image") == "app:1");
  CHECK(project.text("services.web.user") == "given");
  CHECK(project.text("services.web.hostname") == "none");
  CHECK(project.origin("services.web.image") == "compose.yaml:4:13 variable .env:1");
  CHECK(project.origin("services.web.user") == "compose.yaml:5:11 variable compose.yaml:5");
  CHECK_FALSE(project.node("services.web.image")->editable);
}

TEST_CASE("compose variables: one that is not set is empty, and unknown") {
  const ComposeProject project = loaded("services: {a: {image: x, user: \"${UID}\"}}\n");
  CHECK(project.problem().empty());
  CHECK(project.text("services.a.user").empty());
  CHECK(project.node("services.a.user")->unknown_because == "variable UID is not set");
  REQUIRE(project.warnings().size() == 1);
  CHECK(project.warnings()[0].find("UID is not set") != std::string::npos);
}

TEST_CASE("compose variables: env files given instead of .env, the later wins") {
  ComposeProject project({{"/p/compose.yaml", "services: {a: {image: \"${A}-${B}\"}}"},
                          {"/p/.env", "A=dot\nB=dot\n"},
                          {"/p/1.env", "A=1\nB=1\n"},
                          {"/p/2.env", "B=2\n"}});
  project.settings.env_files = {"1.env", "2.env"};
  project.load();
  CHECK(project.text("services.a.image") == "1-2");

  project.settings.env_files.clear();
  project.settings.environment = {{"COMPOSE_DISABLE_ENV_FILE", "true"}, {"A", "a"}, {"B", "b"}};
  CHECK(project.load().text("services.a.image") == "a-b");
}

TEST_CASE("compose variables: all refusals are told, sorted by path") {
  const ComposeProject project = loaded(R"(
services:
  b: {image: "${X:?give it}"}
  a: {image: "${", privileged: "1"}
)");
  REQUIRE(project.project().problems.size() == 3);
  CHECK(project.project().problems[0].message.starts_with("services.a.image: "));
  CHECK(project.project().problems[1].message ==
        "services.a.privileged has to be true or false, not \"1\"");
  CHECK(project.project().problems[2].message ==
        "services.b.image: required variable X is missing a value: give it");
}

TEST_CASE("compose variables: keys are never expanded, and $$ is a dollar") {
  const ComposeProject project =
      loaded("services: {a: {image: x, labels: {\"${K}\": \"$$5 $1 $(id)\"}}}\n");
  CHECK(project.problem().empty());
  CHECK(project.text("services.a.labels.${K}") == "$5 $1 $(id)");
}

TEST_CASE("compose casts: texts become what the attribute wants") {
  const ComposeProject project = loaded(R"(
services:
  a:
    image: x
    read_only: yes
    privileged: "TRUE"
    cpus: "1.5"
    pids_limit: "100"
    pre_start: [{image: y, init: "no"}]
volumes: {v: {external: "off"}}
)");
  CHECK(project.problem().empty());
  CHECK(project.text("services.a.read_only") == "true");
  CHECK(project.text("services.a.privileged") == "true");
  CHECK(project.node("services.a.pids_limit")->is(compose::NodeKind::integer));
  CHECK(project.node("services.a.cpus")->is(compose::NodeKind::real));
  CHECK(project.text("services.a.pre_start.0.init") == "false");
  CHECK(project.warnings().size() == 3);
}

TEST_CASE("compose name: given, from the environment, written, the folder's") {
  ComposeProject project({{"/p/compose.yaml", "name: ${N:-One}\nservices: {a: {image: x}}\n"},
                          {"/p/over.yaml", "name: two\n"}});
  CHECK(project.load().project().name == "one");
  project.settings.files.push_back("/p/over.yaml");
  CHECK(project.load().project().name == "two");
  project.settings.environment = {{"COMPOSE_PROJECT_NAME", "three"}};
  CHECK(project.load().project().name == "three");
  project.settings.name = "four";
  CHECK(project.load().project().name == "four");
  project.settings.name = "Four";
  CHECK(project.load().problem().starts_with("the project name \"Four\""));

  ComposeProject folder(ComposeProject::Texts{
      {"/p/My.App/compose.yaml", "services: {a: {image: \"x:${COMPOSE_PROJECT_NAME}\"}}\n"}});
  folder.settings.files = {"My.App/compose.yaml"};
  folder.load();
  CHECK(folder.project().name == "myapp");
  CHECK(folder.project().directory == "/p/My.App");
  CHECK(folder.text("services.a.image") == "x:myapp");
}

}  // namespace
}  // namespace plimsoll::test::interpolate_test
