// The YAML layer: types of scalars, anchors, merge keys, what is refused. What Compose makes of
// each case was asked of compose-go v2.16.2.
#include <doctest/doctest.h>

#include "parse/compose/fixture.h"

namespace plimsoll::test::document_test {
namespace {

TEST_CASE("compose document: plain scalars have the types that go-yaml gives them") {
  const ComposeProject project = loaded(R"(
x-types:
  - 010
  - 0o17
  - 0x1F
  - 1_000
  - 1e3
  - 1.0
  - "08"
  - 08
  - .5
  - 1e6
  - yes
  - 22:22
  - 2020-01-01
  - 2001-12-14t21:59:43.10-05:00
  - True
  - ~
  - 18446744073709551615
  - !!str 5
  - !!float 5
  - !!binary aGk=
  - !custom 5
services: {a: {image: x}}
)");
  CHECK(project.problem().empty());
  CHECK(project.text("x-types") ==
        "[8 15 31 1000 1000 1 08 8 0.5 1e+06 yes 22:22 2020-01-01 00:00:00 +0000 UTC "
        "2001-12-14 21:59:43.1 -0500 -0500 true <nil> 18446744073709551615 5 5 hi 5]");
}

TEST_CASE("compose document: a value knows its text, without quotes") {
  const ComposeProject project = loaded("services:\n  web: {image: \"nginx:1\", tty: true}\n");
  CHECK(project.bytes("services.web.image") == "nginx:1");
  CHECK(project.origin("services.web.image") == "compose.yaml:2:17");
  CHECK(project.origin("services.web.tty") == "compose.yaml:2:32");
}

TEST_CASE("compose document: merge keys are shallow, local keys win, then the first in a list") {
  const ComposeProject project = loaded(R"(
x-a: &a {image: a, labels: {one: "1"}, tty: true}
x-b: &b {image: b, stdin_open: true}
x-both: &both [*a, *b]
services:
  one:
    <<: *a
    labels: {two: "2"}
  two:
    <<: [*b, *a]
  three:
    <<: *both
    image: c
)");
  CHECK(project.problem().empty());
  CHECK(project.text("services.one.labels.one") == "absent");
  CHECK(project.text("services.two.image") == "b");
  CHECK(project.text("services.two.tty") == "true");
  CHECK(project.text("services.three.image") == "c");
  CHECK(project.origin("services.one.image") == "compose.yaml:2:17 merge_key compose.yaml:7");
  CHECK(project.origin("services.two.image") == "compose.yaml:3:17 merge_key compose.yaml:10");
  CHECK_FALSE(project.node("services.one.image")->editable);
  CHECK(project.node("services.three.image")->editable);
}

TEST_CASE("compose document: an alias is a copy that came through the anchor") {
  const ComposeProject project = loaded(R"(
services:
  one: &one
    image: x
    cap_add: &caps [NET_ADMIN]
  two: *one
  three:
    image: y
    cap_add: *caps
)");
  CHECK(project.problem().empty());
  CHECK(project.origin("services.one.image") == "compose.yaml:4:12");
  CHECK(project.origin("services.two.image") == "compose.yaml:4:12 anchor compose.yaml:6");
  CHECK(project.origin("services.three.cap_add.0") == "compose.yaml:5:21 anchor compose.yaml:9");
}

TEST_CASE("compose document: what is refused has its place, and the rest is there") {
  const ComposeProject twice =
      loaded("services:\n  a:\n    image: x\n    image: y\n    tty: true\n");
  CHECK(twice.problem() == "compose.yaml:4:5 the key \"image\" is already set on line 3");
  CHECK(twice.text("services.a.image") == "x");
  CHECK(twice.text("services.a.tty") == "true");

  const ComposeProject number = loaded("services:\n  1: {image: x}\n  b: {image: y}\n");
  CHECK(number.problem() == "compose.yaml:2:3 keys have to be texts: put this one into quotes");
  CHECK(number.text("services.b.image") == "y");

  const ComposeProject merge = loaded("services:\n  a:\n    <<: 5\n    image: x\n");
  CHECK(merge.problem() == "compose.yaml:3:9 a merge key takes a mapping, or a list of mappings");

  const ComposeProject circle = loaded("services:\n  a: &a\n    image: x\n    x-me: *a\n");
  CHECK(circle.problem().starts_with("compose.yaml:4:11 no anchor &a"));

  const ComposeProject broken = loaded("services:\n  a:\n    image: x\n    tty: [true\n  b: 1\n");
  CHECK(broken.problem().find("YAML: ") != std::string::npos);
  CHECK(broken.text("services.a.image") == "x");

  CHECK(loaded("- a\n").problem() ==
        "compose.yaml:1:3 the top level of a Compose file has to be a mapping");
  CHECK(loaded("# nothing\n").problem() == "the Compose file is empty");
}

TEST_CASE("compose document: the documents of a stream lie over each other") {
  const ComposeProject project = loaded(
      "services: {a: {image: x, tty: true}}\n---\nservices: {a: {image: y}, b: {image: z}}\n");
  CHECK(project.problem().empty());
  CHECK(project.text("services.a.image") == "y");
  CHECK(project.text("services.a.tty") == "true");
  CHECK(project.text("services.b.image") == "z");
  CHECK(project.origin("services.a.image") == "compose.yaml:3:23 overrides compose.yaml:1");
}

TEST_CASE("compose document: aliases of aliases are bounded") {
  std::string bomb = "x-0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "x-" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int j = 0; j < 10; ++j) bomb += before + ", ";
    bomb += "]\n";
  }
  const ComposeProject project = loaded(bomb + "services: {a: {image: x}}\n");
  CHECK(project.problem().find("made of aliases") != std::string::npos);

  // Enough plain values that the aliases are not too large a part.
  std::string deep = "x-plain:\n";
  for (int i = 0; i < 2000; ++i) deep += "- 1\n";
  deep += "x-0: &a0 {k: v}\n";
  for (int i = 1; i < 450; ++i)
    deep += "x-" + std::to_string(i) + ": &a" + std::to_string(i) + " {k: *a" +
            std::to_string(i - 1) + "}\n";
  CHECK(loaded(deep).problem().find("nested too deeply") != std::string::npos);

  std::string many = "x-list:\n";
  for (int i = 0; i < 1'000; ++i) many += "- 1\n";
  ComposeProject listed({{"/p/compose.yaml", many + "services: {a: {image: x}}\n"}});
  CHECK(listed.load().problem().empty());
  CHECK(listed.settings.limits.values == 100'000);
  listed.settings.limits.values = 1'000;
  CHECK(listed.load().problem() == "compose.yaml:1:1 the document has more than 1000 values");
}

}  // namespace
}  // namespace plimsoll::test::document_test
