// `extends`, `include`, profiles, and the limits of what they read.
#include <doctest/doctest.h>

#include "parse/compose/fixture.h"

namespace plimsoll::test::extends_test {
namespace {

TEST_CASE("compose extends: everything is inherited, and the service lies over it") {
  const ComposeProject project = loaded(R"(
services:
  base:
    image: x
    privileged: true
    ports: ["80:80"]
    command: [one]
    profiles: [p]
  web:
    extends: base
    image: y
)");
  CHECK(project.problem().empty());
  CHECK(project.text("services.web.image") == "y");
  CHECK(project.text("services.web.privileged") == "true");
  CHECK(project.text("services.web.profiles") == "[p]");
  CHECK(project.text("services.web.extends") == "absent");
  CHECK(project.origin("services.web.privileged") == "compose.yaml:5:17 extends compose.yaml:10");
  CHECK(project.origin("services.web.image") == "compose.yaml:11:12 overrides compose.yaml:4");
}

TEST_CASE("compose extends: paths of another file start from its folder, chains go on") {
  ComposeProject project(ComposeProject::Texts{{"/p/compose.yaml", R"(
services:
  web:
    extends: {file: sub/base.yaml, service: base}
    volumes: ["./here:/here"]
)"},
                                               {"/p/sub/base.yaml", R"(
services:
  base:
    extends: {file: ../deep/root.yaml, service: root}
    volumes: ["./there:/there"]
    image: "x:${TAG}"
)"},
                                               {"/p/deep/root.yaml", R"(
services:
  root: {image: r, privileged: true, volumes: ["./root:/root"]}
)"},
                                               {"/p/.env", "TAG=1\n"},
                                               {"/p/sub/.env", "TAG=2\n"}});
  project.load();
  CHECK(project.problem().empty());
  CHECK(project.text("services.web.image") == "x:1");
  CHECK(project.text("services.web.volumes.0.source") == "/p/deep/root");
  CHECK(project.text("services.web.volumes.1.source") == "/p/sub/there");
  CHECK(project.text("services.web.volumes.2.source") == "/p/here");
  CHECK(project.origin("services.web.privileged") ==
        "deep/root.yaml:3:32 extends compose.yaml:4 extends sub/base.yaml:4");
}

TEST_CASE("compose extends: !reset takes away from the copy of the base") {
  const ComposeProject project = loaded(R"(
services:
  base: {image: x, privileged: true, cap_add: [ALL]}
  web:
    extends: {service: base}
    privileged: !reset null
    cap_add: !override [CHOWN]
)");
  CHECK(project.problem().empty());
  CHECK(project.text("services.web.privileged") == "absent");
  CHECK(project.text("services.web.cap_add") == "[CHOWN]");
  CHECK(project.text("services.base.privileged") == "true");
}

TEST_CASE("compose extends: circles, missing files and services are refused, the rest stays") {
  const ComposeProject circle = loaded(R"(
services:
  a: {image: x, extends: b}
  b: {image: y, extends: a}
)");
  CHECK(circle.problem().find("in a circle") != std::string::npos);
  CHECK(circle.text("services.a.image") == "x");

  const ComposeProject missing = loaded("services:\n  a:\n    extends: no\n    image: x\n");
  CHECK(missing.problem() ==
        "compose.yaml:3:14 the service a extends no, which this file does not have");
  CHECK(missing.text("services.a.image") == "x");

  const ComposeProject file =
      loaded("services:\n  a:\n    image: x\n    extends: {file: no.yaml, service: b}\n");
  CHECK(file.problem() == "compose.yaml:4:21 cannot read /p/no.yaml: no such file");
}

TEST_CASE("compose include: own folder and variables, the local definition over it") {
  ComposeProject project(ComposeProject::Texts{{"/p/compose.yaml", R"(
include:
  - sub/compose.yaml
services:
  web: {image: "web:${V:-unset}", volumes: ["./data:/data"]}
  shared: {environment: {A: local}}
)"},
                                               {"/p/sub/compose.yaml", R"(
services:
  inner: {image: "inner:${V}", volumes: ["./data:/data"]}
  shared: {image: s, environment: {A: sub, B: sub}}
)"},
                                               {"/p/sub/.env", "V=fromsub\n"}});
  project.load();
  CHECK(project.problem().empty());
  CHECK(project.text("services.inner.image") == "inner:fromsub");
  CHECK(project.text("services.web.image") == "web:unset");
  CHECK(project.text("services.inner.volumes.0.source") == "/p/sub/data");
  CHECK(project.text("services.web.volumes.0.source") == "/p/data");
  CHECK(project.text("services.shared.environment.A") == "local");
  CHECK(project.text("services.shared.environment.B") == "sub");
  CHECK(project.text("include") == "absent");
  CHECK(project.origin("services.inner.image") ==
        "sub/compose.yaml:3:19 include compose.yaml:3 variable sub/.env:1");
  CHECK_FALSE(project.node("services.inner.image")->editable);
}

TEST_CASE("compose include: files over each other, a project directory, env files") {
  ComposeProject project(
      ComposeProject::Texts{{"/p/compose.yaml", R"(
include:
  - path: [sub/a.yaml, sub/b.yaml]
    project_directory: other
    env_file: [one.env, two.env]
  - {path: sub/c.yaml, env_file: /dev/null}
)"},
                            {"/p/sub/a.yaml", "services: {a: {image: \"a:${X}${Y}\"}}"},
                            {"/p/sub/b.yaml", "services: {a: {volumes: [\"./v:/v\"]}}"},
                            {"/p/sub/c.yaml", "services: {c: {image: \"c:${V:-none}\"}}"},
                            {"/p/sub/.env", "V=sub\n"},
                            {"/p/other/.env", "X=dot\n"},
                            {"/p/one.env", "X=1\nY=1\n"},
                            {"/p/two.env", "Y=2\n"}});
  project.load();
  CHECK(project.problem().empty());
  CHECK(project.text("services.a.image") == "a:12");
  CHECK(project.text("services.a.volumes.0.source") == "/p/other/v");
  CHECK(project.text("services.c.image") == "c:none");
}

TEST_CASE("compose include: a diamond is one, a circle is refused") {
  ComposeProject diamond({{"/p/compose.yaml", "include: [l.yaml, r.yaml]\n"},
                          {"/p/l.yaml", "include: [base.yaml]\nservices: {l: {image: l}}\n"},
                          {"/p/r.yaml", "include: [base.yaml]\nservices: {r: {image: r}}\n"},
                          {"/p/base.yaml", "services: {b: {image: b, ports: [\"80:80\"]}}\n"}});
  diamond.load();
  CHECK(diamond.problem().empty());
  CHECK(diamond.node("services.b.ports")->items.size() == 1);

  ComposeProject circle({{"/p/compose.yaml", "include: [a.yaml]\nservices: {w: {image: w}}\n"},
                         {"/p/a.yaml", "include: [compose.yaml]\n"}});
  circle.load();
  CHECK(circle.problem() ==
        "a.yaml:1:11 the files include each other in a circle, by way of /p/compose.yaml");
  CHECK(circle.text("services.w.image") == "w");
}

TEST_CASE("compose gaps: what is elsewhere is not opened") {
  ComposeProject project(ComposeProject::Texts{{"/p/compose.yaml", R"(
include:
  - https://github.com/a/b.git
  - oci://docker.io/a/b
  - ../out/compose.yaml
services:
  web:
    image: x
    extends: {file: /etc/passwd, service: s}
)"}});
  project.settings.root = "/p";
  project.load();
  CHECK(project.problem().empty());
  REQUIRE(project.project().gaps.size() == 4);
  CHECK(project.gap() ==
        "compose.yaml:3:5 https://github.com/a/b.git is not on this machine, and was not fetched");
  CHECK(project.project().gaps[2].message ==
        "/out/compose.yaml lies outside of /p, and was not opened");
  CHECK(project.asked() == std::vector<std::string>{"/p/compose.yaml"});
  CHECK(project.text("services.web.image") == "x");
}

TEST_CASE("compose profiles: services whose profiles are not active are left out") {
  ComposeProject project(ComposeProject::Texts{{"/p/compose.yaml", R"(
services:
  always: {image: x}
  one: {image: x, profiles: [one]}
  two: {image: x, profiles: [two, three]}
)"}});
  CHECK(project.load().text("services.one.image") == "x");
  project.settings.all_services = false;
  project.load();
  CHECK(project.text("services.one") == "absent");
  CHECK(project.project().disabled == std::vector<std::string>{"one", "two"});
  project.settings.environment = {{"COMPOSE_PROFILES", "one, three"}};
  project.load();
  CHECK(project.project().disabled.empty());
  project.settings.profiles = {"one"};
  project.load();
  CHECK(project.text("services.two") == "absent");
  project.settings.profiles = {"*"};
  CHECK(project.load().text("services.two.image") == "x");
}

TEST_CASE("compose bounds: files and copies of services are counted") {
  ComposeProject::Texts files;
  std::string main = "include:\n";
  for (int i = 0; i < 300; ++i) {
    const std::string name = "f" + std::to_string(i) + ".yaml";
    main += "  - " + name + "\n";
    files["/p/" + name] = "services: {s" + std::to_string(i) + ": {image: x}}\n";
  }
  files["/p/compose.yaml"] = main;
  ComposeProject many(files);
  many.load();
  CHECK(many.problem().find("more than 200 files") != std::string::npos);
  CHECK(many.text("services.s0.image") == "x");

  std::string copies = "services:\n  base:\n    image: x\n    environment:\n";
  for (int i = 0; i < 100; ++i) copies += "      K" + std::to_string(i) + ": v\n";
  for (int i = 0; i < 100; ++i) copies += "  s" + std::to_string(i) + ": {extends: base}\n";
  ComposeProject project({{"/p/compose.yaml", copies}});
  CHECK(project.load().problem().empty());
  CHECK(project.settings.limits.nodes == 1'000'000);
  project.settings.limits.nodes = 5'000;
  CHECK(project.load().problem().find("more than 5000 values") != std::string::npos);
}

TEST_CASE("compose files: one that is broken does not silence the others") {
  const ComposeProject project = overridden("services:\n  a: {image: x, tty: [}\n",
                                            "services: {b: {image: y, privileged: \"1\"}}\n");
  CHECK(project.project().problems.size() == 2);
  CHECK(project.text("services.b.image") == "y");
}

}  // namespace
}  // namespace plimsoll::test::extends_test
