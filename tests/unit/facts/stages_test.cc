// Stages, their graph, variables and what their containers have.
#include <doctest/doctest.h>

#include "data/base_image.h"
#include "lowered.h"

namespace stages_test {

using namespace plimsoll;
using namespace plimsoll::facts;

TEST_CASE("FROM takes global arguments, their defaults and --build-arg") {
  const std::string text = "ARG TAG=3.20\nARG IMAGE=alpine:${TAG}\nFROM $IMAGE AS base\n";
  const Lowered plain(text);
  CHECK(plain.stage(0).base.reference.value == "alpine:3.20");
  CHECK(plain.stage(0).base.parts.repository == "alpine");
  CHECK(plain.stage(0).base.parts.tag == "3.20");
  CHECK(plain.stage(0).base.uses_variable);
  CHECK(plain.stage(0).name == "base");
  CHECK(plain.at(plain.stage(0).name_span) == "base");
  CHECK(plain.at(plain.stage(0).base.span) == "$IMAGE");
  CHECK(plain.build().global_arguments.items.size() == 2);

  const Variable given[] = {{"TAG", "edge"}};
  const Lowered other(text, {.arguments = given});
  CHECK(other.stage(0).base.reference.value == "alpine:edge");

  const Lowered unset("ARG X\nFROM $X\n");
  CHECK(unset.stage(0).base.reference.unknown());
  CHECK(unset.stage(0).base.reference.unknown_because == "variable X is not set");
  const Lowered platform("FROM alpine-$TARGETARCH\n");
  CHECK(platform.stage(0).base.reference.unknown_because ==
        "variable TARGETARCH is not known here");
}

TEST_CASE("the graph of stages") {
  const Lowered d(
      "FROM alpine AS Base\n"
      "FROM golang AS unused\n"
      "FROM golang AS tool\nRUN --mount=type=bind,from=mounted,target=/x make\n"
      "FROM base AS final\nCOPY --from=TOOL /a /a\nCOPY --from=1 /b /b\nCOPY --from=nginx:1 /c "
      "/c\n");
  CHECK(d.stage(3).base.stage == &d.stage(0));
  CHECK(d.stage(3).root == &d.stage(0).base);
  CHECK(d.stage(0).shipped);
  CHECK(d.stage(3).shipped);
  CHECK_FALSE(d.stage(2).shipped);
  CHECK(d.stage(2).used);
  CHECK(d.last().copies[0].from_stage == &d.stage(2));
  CHECK(d.last().copies[1].from_stage == &d.stage(1));
  CHECK(d.last().copies[2].from_stage == nullptr);
  CHECK(d.build().target == &d.stage(3));

  const Lowered mounts("FROM a AS one\nFROM b AS two\nRUN --mount=from=one,target=/x y\n");
  CHECK(mounts.stage(0).used);
  const Lowered target("FROM a AS one\nFROM b AS two\nFROM c\n", {.target = "TWO"});
  CHECK(target.build().target == &target.stage(1));
  CHECK_FALSE(target.stage(2).used);
  CHECK(Lowered("FROM a\n", {.target = "nope"}).build().target == nullptr);
  CHECK(Lowered("FROM a\nFROM b\n", {.target = "0"}).build().target->index == 0);
  CHECK(Lowered("# nothing\n").build().target == nullptr);
  // The last earlier stage of a name.
  const Lowered twice("FROM a AS x\nFROM b AS x\nFROM x\n");
  CHECK(twice.stage(2).base.stage == &twice.stage(1));
}

TEST_CASE("USER points at its value") {
  const Lowered d("FROM scratch\nUSER \\\n  app:app\n");
  CHECK(d.last().user.value == "app:app");
  CHECK(d.at(d.last().user.where) == "app:app");
  CHECK(d.last().user.where.source == 7);
  const Lowered none("FROM scratch\n");
  CHECK(none.last().user.absent());
  CHECK(none.at(none.last().user.where) == "scratch");
  const Lowered never("FROM example.test/never/seen:1\n");
  CHECK(never.last().user.unknown());
  const Lowered variable("FROM example.test/never/seen:1\nUSER $APP_USER\n");
  CHECK(variable.last().user.unknown());
  CHECK(variable.last().user.unknown_because == "variable APP_USER is not set");
  CHECK(Lowered("FROM scratch\nARG UID=1000\nUSER ${UID}\n").last().user.value == "1000");
  CHECK(Lowered("FROM scratch\nUSER ${UID:-1001}\n").last().user.value == "1001");
}

TEST_CASE("ENV beats ARG, and a stage inherits both from its parent") {
  const Lowered d(
      "ARG G=global\nFROM scratch AS a\nARG A=1\nENV A=2\nARG B=3\nENV E=$A$B N=$G\n"
      "FROM a AS b\nARG G\nENV F=$A$B$E$G\n");
  CHECK(d.stage(0).environment.items[1].value.text == "23");
  CHECK(d.stage(0).environment.items[2].unknown());  // a global ARG needs one in the stage
  CHECK(d.stage(0).environment.items[2].value.name == "N");
  CHECK(d.stage(1).environment.items[3].value.text == "2323global");
  CHECK(d.stage(1).arguments.items.size() == 3);
  CHECK(d.at(d.stage(1).environment.items[3].where) == "F=$A$B$E$G");
  const Lowered old("FROM scratch\nENV A=1\nENV A=2 B=$A\n");
  CHECK(old.last().environment.items[2].value.text == "1");
  CHECK(old.last().environment.complete);
  CHECK_FALSE(Lowered("FROM example.test/x\n").last().environment.complete);
  const Lowered argument("FROM scratch\nARG NPM_TOKEN\nLABEL a=\"b c\"\n");
  CHECK(argument.last().arguments.items[0].known());
  CHECK_FALSE(argument.last().arguments.items[0].value.has_text);
  CHECK(argument.last().labels.items[0].value.text == "b c");
  const Lowered chained("FROM scratch\nENV A=$X\nUSER $A\n");
  CHECK(chained.last().user.unknown_because == "variable X is not set");
  const Variable proxy[] = {{"HTTP_PROXY", "p"}};
  CHECK(Lowered("FROM scratch\nENV A=$HTTP_PROXY\n", {.arguments = proxy})
            .last()
            .environment.items[0]
            .value.text == "p");
}

TEST_CASE("uses of variables that nothing has set") {
  const Lowered d(
      "ARG G=1\nFROM acme/base AS a\nARG A\nENV B=1 C=${B}x$A\nWORKDIR $PATH/$G\n"
      "COPY --from=$F --chown=$O \"$S\" /x\nFROM a\n"
      "RUN --mount=type=cache,target=/c/$M echo $R\nCMD echo $R\n"
      "LABEL l=\\$E s='$E' d=${D:-x} t=${T:+x} \\\n  u=$U$U\nUSER $A$B$HTTP_PROXY\n");
  const auto names = [](const Stage& stage) {
    std::string result;
    for (const UnsetUse& use : stage.unset_uses) result += use.name;
    return result;
  };
  CHECK(names(d.stage(0)) == "BGOS");
  CHECK(names(d.stage(1)) == "MU");
  CHECK(d.at(d.stage(0).unset_uses[0].where) == "${B}");
  CHECK(d.stage(0).unset_uses[0].pair->key == "C");
  CHECK(d.at(d.stage(0).unset_uses[1].where) == "$G");
  CHECK(d.at(d.stage(1).unset_uses[1].where) == "$U");
  CHECK(d.stage(1).unset_uses[1].instruction->keyword == parse::dockerfile::Keyword::label);
  CHECK(names(Lowered("FROM scratch\nENV A=${B:-$C} D=$1$@$$ E=${F:?no}\n").last()) == "C");
}

TEST_CASE("WORKDIR chains and is cleaned") {
  CHECK(Lowered("FROM scratch\nWORKDIR /a//b/../c/\nWORKDIR d\nWORKDIR ./e/.\n")
            .last()
            .workdir.value == "/a/c/d/e");
  CHECK(Lowered("FROM scratch\nWORKDIR app\n").last().workdir.value == "/app");
  CHECK(Lowered("FROM scratch\nWORKDIR ../..\n").last().workdir.value == "/");
  CHECK(Lowered("FROM example.test/x\nWORKDIR app\n").last().workdir.unknown());
  CHECK(Lowered("FROM scratch AS a\nWORKDIR /a\nFROM a\nWORKDIR b\n").last().workdir.value ==
        "/a/b");
  CHECK(Lowered("# escape=`\nFROM scratch\nWORKDIR C:\\app\n").last().workdir.value == "C:\\app");
}

TEST_CASE("SHELL and pipefail") {
  for (const char* words :
       {R"("/bin/bash", "-o", "pipefail", "-c")", R"("/bin/bash", "-eo", "pipefail", "-c")",
        R"("/usr/bin/env", "bash", "-euxo", "pipefail", "-c")"}) {
    CAPTURE(words);
    const Lowered d(std::string("FROM scratch AS a\nSHELL [") + words + "]\nFROM a\nRUN a | b\n");
    CHECK(d.last().shell.pipefail);
    CHECK(d.run().shell.kind == ShellKind::bash);
    CHECK(d.run().shell.set_by != nullptr);
  }
  CHECK_FALSE(Lowered("FROM scratch\nSHELL [\"/bin/bash\", \"-c\"]\n").last().shell.pipefail);
  CHECK(Lowered("FROM scratch\nSHELL [\"pwsh.exe\", \"-Command\"]\nRUN dir\n").run().script ==
        nullptr);
  CHECK(Lowered("FROM scratch\n").last().shell.kind == ShellKind::posix);
}

TEST_CASE("HEALTHCHECK and its tool") {
  const auto tool = [](const std::string& instruction) {
    const Lowered d("FROM scratch\nHEALTHCHECK " + instruction + "\n");
    const Fact<HealthCheck>& fact = d.last().health_check;
    if (!fact.value.tool.empty())
      CHECK(d.at(fact.value.tool_where).find(fact.value.tool) != std::string_view::npos);
    return std::string(fact.value.tool);
  };
  CHECK(tool("--interval=5s CMD curl -f http://localhost/ || exit 1") == "curl");
  CHECK(tool("CMD [\"/usr/bin/wget\", \"-q\", \"http://localhost\"]") == "wget");
  CHECK(tool("CMD [\"sh\", \"-c\", \"nc -z localhost 80\"]") == "nc");
  CHECK(tool("CMD sh -c 'pg_isready -U x'") == "pg_isready");
  CHECK(tool("CMD test \"$(curl -s localhost)\" = ok") == "curl");
  CHECK(tool("CMD $TOOL") == "");
  CHECK(
      Lowered("FROM scratch\nHEALTHCHECK CMD x\nHEALTHCHECK NONE\n").last().health_check.presence ==
      Presence::removed);
  CHECK(Lowered("FROM scratch\n").last().health_check.absent());
  CHECK(Lowered("FROM example.test/x\n").last().health_check.unknown());
}

TEST_CASE("CMD, ENTRYPOINT, EXPOSE, VOLUME, STOPSIGNAL") {
  const Lowered d(
      "FROM scratch AS a\nCMD [\"a\", \"b\"]\nEXPOSE 80 443/udp 8000-8010/tcp x\nVOLUME [\"/v\", "
      "\"/w\"]\nSTOPSIGNAL SIGINT\n"
      "FROM a\nENTRYPOINT run it\nEXPOSE 9000\n");
  CHECK(d.stage(0).command.value.exec_form);
  CHECK(d.stage(0).command.value.words[1] == "b");
  CHECK(d.last().command.presence ==
        Presence::removed);  // an ENTRYPOINT takes an inherited CMD away
  CHECK_FALSE(d.last().entrypoint.value.exec_form);
  CHECK(d.last().entrypoint.value.words[0] == "run it");
  CHECK(d.at(d.last().entrypoint.where) == "run it");
  const auto ports = d.last().ports.items;
  REQUIRE(ports.size() == 5);
  CHECK(ports[1].value.protocol == Protocol::udp);
  CHECK(ports[2].value.first == 8000);
  CHECK(ports[2].value.last == 8010);
  CHECK(ports[3].unknown());
  CHECK(d.at(ports[4].where) == "9000");
  CHECK(d.stage(0).volumes.items.size() == 2);
  CHECK(d.at(d.stage(0).volumes.items[1].where) == "/w");
  CHECK(d.last().stop_signal.value == "SIGINT");
}

TEST_CASE("COPY and ADD") {
  const Lowered d(
      "FROM scratch\nARG V=1\nADD --chown=a:b --chmod=777 https://x.test/y.tar.gz "
      "git@github.com:a/b.git app-$V.tgz /opt/\n"
      "COPY <<EOF /etc/motd\nhello\nEOF\nONBUILD COPY . /app\nCOPY --from=img a $W\n");
  const Copy& add = d.last().copies[0];
  CHECK(add.add);
  CHECK(add.chown.value == "a:b");
  CHECK(add.chmod.value == "777");
  CHECK(d.at(add.chmod.where) == "777");
  REQUIRE(add.sources.size() == 3);
  CHECK(add.sources[0].url);
  CHECK(add.sources[0].archive);
  CHECK(add.sources[1].git);
  CHECK_FALSE(add.sources[1].url);
  CHECK(add.sources[2].path.value == "app-1.tgz");
  CHECK(add.sources[2].archive);
  CHECK(add.destination.value == "/opt/");
  CHECK(d.last().copies[1].sources[0].heredoc);
  CHECK(d.last().copies[1].sources[0].path.value == "EOF");
  CHECK(d.last().copies[2].trigger);
  CHECK(d.last().copies[2].chown.absent());
  CHECK(d.last().copies[3].from.value == "img");
  CHECK(d.last().copies[3].destination.unknown());
}

TEST_CASE("the container of a build") {
  Lowered d("FROM scratch AS base\nUSER 1000\nENV A=b\nFROM base AS app\nEXPOSE 80\n");
  const Container container = d.container();
  CHECK(container.name == "app");
  CHECK(d.at(container.where) == "FROM base AS app");
  CHECK(container.scratch);
  CHECK(container.image.value == "scratch");
  CHECK(container.user.value == "1000");
  CHECK(container.environment.items.size() == 1);
  CHECK(d.at(container.workdir.where) == "base");
  CHECK(container.health_check.absent());
  CHECK(Lowered("\n").container().stage == nullptr);
}

TEST_CASE("what is known of the base image") {
  const data::BaseImage* facts = data::find_base_image("alpine", "3.20");
  if (facts == nullptr || !facts->user_known) return;
  const Lowered d("FROM alpine:3.20\n");
  CHECK(d.last().base.facts == facts);
  CHECK(d.last().user.origin == Origin::base_image);
  CHECK((d.last().user.known() || d.last().user.absent()));
  CHECK(d.at(d.last().user.where) == "alpine:3.20");
  CHECK_FALSE(d.last().health_check.unknown());
}

TEST_CASE("broken files give facts as far as they go") {
  for (const char* text :
       {"FROM\n", "RUN x\n", "FROM a AS\n",
        "FROM a\nCOPY\nADD x\nUSER\nENV\nHEALTHCHECK\nEXPOSE\nRUN\nSHELL x\nWORKDIR\n",
        "FROM a\nRUN [\"\"]\nRUN []\nRUN <<EOF\nEOF\n", "FROM a\nONBUILD\nONBUILD RUN\n",
        "FROM ${\nUSER ${\n", "FROM a\nRUN <<EOF\n"}) {
    CAPTURE(text);
    Lowered d(text);
    CHECK(d.container().build != nullptr);
  }
}

TEST_CASE("FROM without --build-arg, and its variables that no ARG declares") {
  const Variable given{.name = "TAG", .text = "9"};
  const Lowered build(
      "ARG TAG\nARG NAME=node\nARG FULL=${NAME}:22\n"
      "FROM alpine:${TAG}\n"
      "FROM ${FULL}\n"
      "FROM --platform=$WHERE ${OTHER:-debian}:13\n"
      "FROM tool-$TARGETARCH\n",
      {.arguments = {&given, 1}});
  CHECK(build.stage(0).base.reference.value == "alpine:9");
  CHECK(build.stage(0).base.by_default.value == "alpine:");
  CHECK(build.stage(0).base.undeclared.empty());
  CHECK(build.stage(1).base.by_default.value == "node:22");
  CHECK(build.stage(2).base.by_default.value == "debian:13");
  REQUIRE(build.stage(2).base.undeclared.size() == 2);
  CHECK(build.stage(2).base.undeclared[0] == "OTHER");
  CHECK(build.stage(2).base.undeclared[1] == "WHERE");
  CHECK(build.stage(3).base.by_default.unknown());
  CHECK(build.stage(3).base.undeclared.empty());
}

}  // namespace stages_test
