// A service over the stage that it builds.
#include "facts/join.h"

#include <doctest/doctest.h>

#include "facts/composed.h"
#include "facts/lowered.h"

namespace plimsoll::facts::join_test {
namespace {

std::string names(const FactList<Variable>& list) {
  std::string result;
  for (const Fact<Variable>& item : list.items) {
    if (!result.empty()) result += ' ';
    result += std::string(item.value.name) + "=" + std::string(item.value.text);
  }
  return result;
}

constexpr std::string_view kDockerfile =
    "FROM node:22-alpine\n"
    "WORKDIR /app\n"
    "ENV MODE=development PORT=3000\n"
    "LABEL tier=front owner=web\n"
    "EXPOSE 3000\n"
    "VOLUME /data\n"
    "STOPSIGNAL SIGINT\n"
    "USER node\n"
    "ENTRYPOINT [\"/entry\"]\n"
    "CMD [\"serve\"]\n"
    "HEALTHCHECK CMD wget -q localhost\n";

struct Joined {
  Lowered dockerfile{std::string(kDockerfile)};
  Composed compose;
  Container container;

  explicit Joined(const std::string& keys)
      : compose("services:\n  web:\n    build:\n      context: .\n" + keys),
        container(join(compose.web(), dockerfile.container(), compose.arena())) {}
};

TEST_CASE("join: the stage's word where the service is silent") {
  const Joined joined("");
  const Container& c = joined.container;
  CHECK(c.kind == ContainerKind::service);
  CHECK(c.name == "web");
  CHECK(c.stage == joined.dockerfile.build().target);
  CHECK(c.build == &joined.dockerfile.build());
  REQUIRE(c.base != nullptr);
  CHECK(c.image.value == "node:22-alpine");
  CHECK(c.user.value == "node");
  CHECK(joined.dockerfile.at(c.user.where) == "node");
  CHECK(c.workdir.value == "/app");
  CHECK(c.stop_signal.value == "SIGINT");
  CHECK(c.entrypoint.value.words[0] == "/entry");
  CHECK(c.command.value.words[0] == "serve");
  CHECK(c.health_check.value.tool == "wget");
  CHECK(names(c.environment) == "MODE=development PORT=3000");
  CHECK(c.ports.items.size() == 1);
  CHECK(c.volumes.items.size() == 1);
  CHECK(c.service != nullptr);
}

TEST_CASE("join: the service's word wins") {
  const Joined joined(
      "    user: \"10001\"\n"
      "    working_dir: /srv\n"
      "    stop_signal: SIGTERM\n"
      "    environment:\n      MODE: production\n      EXTRA: \"1\"\n"
      "    labels:\n      tier: back\n"
      "    expose: [\"9000\"]\n"
      "    read_only: true\n");
  const Container& c = joined.container;
  CHECK(c.user.value == "10001");
  CHECK(joined.compose.at(c.user.where) == "10001");
  CHECK(c.workdir.value == "/srv");
  CHECK(c.stop_signal.value == "SIGTERM");
  CHECK(names(c.environment) == "PORT=3000 MODE=production EXTRA=1");
  CHECK(names(c.labels) == "owner=web tier=back");
  REQUIRE(c.ports.items.size() == 2);
  CHECK(c.ports.items[0].value.first == 3000);
  CHECK(c.ports.items[1].value.first == 9000);
  CHECK(c.read_only.value);
}

TEST_CASE("join: programs") {
  const struct {
    const char* keys;
    const char *entrypoint, *command;  // null: removed
  } table[] = {
      {"", "/entry", "serve"},
      {"    command: [run]\n", "/entry", "run"},
      {"    entrypoint: [/own]\n", "/own", nullptr},
      {"    entrypoint: [/own]\n    command: [run]\n", "/own", "run"},
      {"    entrypoint: []\n", nullptr, "serve"},
      {"    entrypoint: []\n    command: [run]\n", nullptr, "run"},
      {"    command: []\n", "/entry", "serve"},
  };
  for (const auto& row : table) {
    CAPTURE(row.keys);
    const Joined joined(row.keys);
    const auto check = [](const Fact<Program>& fact, const char* expected) {
      if (expected == nullptr) {
        CHECK(fact.presence == Presence::removed);
      } else {
        REQUIRE(fact.known());
        CHECK(fact.value.words[0] == expected);
      }
    };
    check(joined.container.entrypoint, row.entrypoint);
    check(joined.container.command, row.command);
  }
}

TEST_CASE("join: health checks") {
  CHECK(Joined("    healthcheck:\n      disable: true\n").container.health_check.presence ==
        Presence::removed);
  // Its times alone leave the stage's test.
  CHECK(Joined("    healthcheck:\n      interval: 5s\n").container.health_check.value.tool ==
        "wget");
  CHECK(
      Joined("    healthcheck:\n      test: [CMD, curl, x]\n").container.health_check.value.tool ==
      "curl");
}

TEST_CASE("join: an image that is known, for a run line") {
  Arena arena;
  Container c{.kind = ContainerKind::run, .where = {3, {0, 10}}};
  c.user.where = {3, {11, 14}};
  c.image = {.presence = Presence::known,
             .value = "gcr.io/distroless/static:nonroot",
             .where = {3, {20, 30}}};
  lay_over_image(c);
  REQUIRE(c.base != nullptr);
  REQUIRE(c.user.known());
  CHECK(c.user.origin == Origin::base_image);
  CHECK(c.user.where.span.begin == 20);
  CHECK(c.health_check.absent());
  CHECK(c.health_check.where.span.begin == 11);
}

}  // namespace
}  // namespace plimsoll::facts::join_test
